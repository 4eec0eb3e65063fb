import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from './types.js';

/** The machine's clocks. */
export function createClock(): Clock {
  return {
    nowMs: () => performance.now(),
    epochMs: () => Date.now(),
    sleep: async (ms, signal) => {
      try {
        await delay(Math.max(0, ms), undefined, signal === undefined ? {} : { signal });
      } catch (error) {
        throw signal?.aborted ? signal.reason : error;
      }
    },
    every: (ms, tick) => {
      const timer = setInterval(tick, ms);
      return () => {
        clearInterval(timer);
      };
    },
  };
}
