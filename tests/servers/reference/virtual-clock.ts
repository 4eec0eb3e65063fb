import type { Clock } from '../../../servers/reference/batching/clock.js';

/** Lets everything happen that needs no time. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export interface VirtualClock extends Clock {
  /** Jumps: whatever is due by then is called at once, at the new time. */
  pass(ms: number): void;
  /** Goes from timer to timer, and at each lets happen what needs no time. */
  advance(ms: number): Promise<void>;
}

/** Time passes only when told to. */
export const createVirtualClock = (): VirtualClock => {
  let now = 0;
  let timers: { atMs: number; action: () => void }[] = [];
  const fireDue = (): void => {
    const due = timers.filter((timer) => timer.atMs <= now);
    timers = timers.filter((timer) => timer.atMs > now);
    for (const timer of due) timer.action();
  };
  return {
    nowMs: () => now,
    after: (delayMs, action) => {
      const timer = { atMs: now + delayMs, action };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    pass: (ms) => {
      now += ms;
      fireDue();
    },
    advance: async (ms) => {
      const endMs = now + ms;
      await turn();
      for (;;) {
        const next = timers.reduce((least, { atMs }) => Math.min(least, atMs), Infinity);
        if (next > endMs) break;
        now = next;
        fireDue();
        await turn();
      }
      now = endMs;
    },
  };
};
