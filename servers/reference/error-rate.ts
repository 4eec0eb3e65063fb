/** The share of answers that were the server's own fault (5xx) during the last minute. */
export interface ErrorRate {
  add(failed: boolean): void;
  /** Null when nothing was answered in that time. */
  lastMinute(): number | null;
}

const slots = 60;

/** A ring of seconds: constant memory, no timer. `nowMs` must not go back. */
export const createErrorRate = (nowMs: () => number): ErrorRate => {
  const ring = Array.from({ length: slots }, () => ({ second: -1, answered: 0, failed: 0 }));
  const now = (): number => Math.floor(nowMs() / 1000);
  return {
    add: (failed) => {
      const second = now();
      const slot = ring[second % slots];
      if (slot === undefined) return;
      if (slot.second !== second) Object.assign(slot, { second, answered: 0, failed: 0 });
      slot.answered += 1;
      if (failed) slot.failed += 1;
    },
    lastMinute: () => {
      const oldest = now() - slots + 1;
      let answered = 0;
      let failed = 0;
      for (const slot of ring) {
        if (slot.second < oldest) continue;
        answered += slot.answered;
        failed += slot.failed;
      }
      return answered === 0 ? null : failed / answered;
    },
  };
};
