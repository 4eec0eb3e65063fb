/**
 * The window that the parts of a mix have in common. It opens for each part when its engine has warmed up, and closes for all when every lot of pairs among them
 * has been answered, at the latest when its time is over: what comes behind the last lot would be measured without it.
 */
export interface CommonWindow {
  /** A lot of pairs has ended, at this moment of the run, ms. */
  lotEnded(stage: number, atMs: number): void;
  /** When the window closed for all, ms since the run started; null while lots are left, and where there are none. */
  closedAtMs(): number | null;
}

/** `lots`: indexes of the offline stages among the parts. */
export function createCommonWindow(lots: readonly number[]): CommonWindow {
  const ended = new Map<number, number>();
  return {
    lotEnded: (stage, atMs) => {
      if (lots.includes(stage) && !ended.has(stage)) ended.set(stage, atMs);
    },
    closedAtMs: () => (lots.length > 0 && ended.size === lots.length ? Math.max(...ended.values()) : null),
  };
}
