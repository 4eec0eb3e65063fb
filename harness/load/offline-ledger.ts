/**
 * Offline load: the window opens with the first request and closes when the last one has ended, at the latest when its time is over. Latency counts from the
 * sending.
 *
 * Workers take the next request as soon as they are free, so while any are left one that has ended has begun another: that one is open until its row is
 * there. Once all are taken, no more are open than rows are missing.
 */
import { workersOf, type Stage } from '../model/stage.js';
import { createBuckets } from './bucket.js';
import type { Ledger } from './ledger.js';

/** `startMs`: when the load began, on the engine's clock; `requests`: how many there are, with tickets from 0. */
export function createOfflineLedger(stage: Stage, requests: number, startMs: number): Ledger {
  const workers = workersOf(stage.arrival);
  const fromMs = startMs + stage.warmupS * 1000;
  let toMs = fromMs + stage.durationS * 1000;
  const seen = new Uint8Array(requests);
  let missing = requests;
  /** The earliest moment at which the worker's next request can have begun. */
  const next = new Float64Array(workers).fill(fromMs);
  const openStartsMs = (): number[] => Array.from(next).filter((moment) => moment < toMs).sort((x, y) => y - x).slice(0, missing);
  return {
    window: {
      fromMs,
      get toMs() {
        return toMs;
      },
      closeAt: (ms) => {
        if (ms < toMs) toMs = Math.max(ms, fromMs);
      },
      settled: () => missing === 0 || next.every((moment) => moment >= toMs),
      openStartsMs,
    },
    lag: createBuckets(),
    place: (row) => {
      row.dueMs = row.startMs;
    },
    book: (row) => {
      if (seen[row.ticket] === 0) {
        seen[row.ticket] = 1;
        missing -= 1;
      }
      next[row.user] = row.endMs + row.pauseMs;
      return row.startMs < toMs ? 'in' : 'after';
    },
    thinkMeanMs: () => null,
    schedule: () => null,
  };
}
