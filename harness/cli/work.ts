import { createProgress } from './progress/index.js';
import type { Surroundings } from './dataset/flags.js';

/** Long work as people see it: a bar on the terminal, and an end when they ask for it. */
export interface Work {
  /**
   * So much is done. Called often it costs a look at the clock; now and then it gives signals their turn, which arrive only while the event loop
   * runs. Rejects with the signal's reason once it aborts.
   */
  at(done: number): Promise<void>;
  /** Takes the bar away. */
  end(): void;
}

/** What is over sooner needs no bar. */
const quietMs = 1000;
const redrawMs = 200;
const turnMs = 50;

/** @param total what `at` counts up to; null where nobody knows */
export function createWork(what: string, total: number | null, { host, signal, io }: Surroundings): Work {
  const startMs = host.clock.nowMs();
  const sinceStartMs = (): number => host.clock.nowMs() - startMs;
  const progress = createProgress(io.live ? 'auto' : 'none', io, sinceStartMs);
  let turnedMs = 0;
  let drawnMs = quietMs - redrawMs;
  return {
    at: async (done) => {
      signal.throwIfAborted();
      const nowMs = sinceStartMs();
      if (nowMs - turnedMs < turnMs) return;
      turnedMs = nowMs;
      if (nowMs - drawnMs >= redrawMs) {
        drawnMs = nowMs;
        progress.onEvent({ kind: 'progress', phase: 'dataset', what, done, total });
      }
      await host.clock.sleep(0, signal);
    },
    end: () => {
      progress.end();
    },
  };
}
