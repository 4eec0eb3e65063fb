/** The share of inferences that failed lately. */
export interface FailureWindow {
  add(failed: boolean): void;
  /** Null where too few were seen to say. */
  share(): number | null;
  clear(): void;
}

export interface WindowLimits {
  /** Inferences of the last so many ms are looked at … */
  windowMs: number;
  /** … and where these are fewer than so many, older ones too; below it there is no share. */
  leastSeen: number;
  /** But none that is older than this. */
  oldestMs: number;
}

/** Inferences of one slot count as if they had come at once. */
const slotMs = 100;

/** Counts in slots of 100 ms, newest last: constant memory, no timer. `nowMs` must not go back. */
export const createFailureWindow = (limits: WindowLimits, nowMs: () => number): FailureWindow => {
  let slots: { slot: number; seen: number; failed: number }[] = [];
  const slotOf = (ms: number): number => Math.floor(ms / slotMs);
  const forget = (): void => {
    const oldest = slotOf(nowMs() - limits.oldestMs);
    while (slots[0] !== undefined && slots[0].slot < oldest) slots.shift();
  };
  return {
    add: (failed) => {
      forget();
      const slot = slotOf(nowMs());
      let last = slots.at(-1);
      if (last?.slot !== slot) {
        last = { slot, seen: 0, failed: 0 };
        slots.push(last);
      }
      last.seen += 1;
      if (failed) last.failed += 1;
    },
    share: () => {
      forget();
      const from = slotOf(nowMs() - limits.windowMs);
      let seen = 0;
      let failed = 0;
      for (const slot of slots.toReversed()) {
        if (slot.slot <= from && seen >= limits.leastSeen) break;
        seen += slot.seen;
        failed += slot.failed;
      }
      return seen < limits.leastSeen ? null : failed / seen;
    },
    clear: () => {
      slots = [];
    },
  };
};
