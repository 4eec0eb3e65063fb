import type { Clock } from '../../../servers/reference/batching/clock.js';

export interface VirtualClock extends Clock {
  /** Lets time pass in one piece: timers fire in order, each at its moment. */
  pass(ms: number): void;
  /** Lets time pass in small pieces, with a turn of the event loop after each. */
  run(ms: number, stepMs?: number): Promise<void>;
}

/** Time passes only when told to. */
export const createVirtualClock = (): VirtualClock => {
  let now = 0;
  let timers: { atMs: number; action: () => void }[] = [];
  const pass = (ms: number): void => {
    const endMs = now + ms;
    for (;;) {
      const next = timers.filter((timer) => timer.atMs <= endMs).sort((left, right) => left.atMs - right.atMs)[0];
      if (next === undefined) break;
      timers = timers.filter((timer) => timer !== next);
      now = Math.max(now, next.atMs);
      next.action();
    }
    now = endMs;
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
    pass,
    run: async (ms, stepMs = 10) => {
      for (let done = 0; done < ms; done += stepMs) {
        pass(Math.min(stepMs, ms - done));
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
};
