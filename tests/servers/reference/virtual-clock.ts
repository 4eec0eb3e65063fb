import type { Clock } from '../../../servers/reference/batching/clock.js';

/** Lets everything happen that needs no time. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export interface VirtualClock extends Clock {
  /** Jumps: whatever is due by then is called at once, at the new time. */
  jump(ms: number): void;
  /** Lets time pass in one piece: timers fire in order, each at its moment. */
  pass(ms: number): void;
  /** Lets time pass in small pieces, with a turn of the event loop after each. */
  run(ms: number, stepMs?: number): Promise<void>;
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
        await turn();
      }
    },
    jump: (ms) => {
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
