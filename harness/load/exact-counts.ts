/**
 * Latencies as exact counts, in memory that does not grow with their number: values come into a chunk, and a full chunk is sorted and merged into what is
 * held, one entry a distinct value (at most two million, then rounded by 0.05 %: model/histogram.ts). Takes about 10 ms in 131,072 values.
 */
import { histogramOf, mergeHistograms, type Histogram } from '../model/histogram.js';

const chunkSize = 131_072;
/** Most stages have few requests, and a class of its own each. */
const firstSize = 4096;

export interface ExactCounts {
  /** Whole microseconds below 2³². */
  add(us: number): void;
  histogram(): Histogram;
}

export function createExactCounts(): ExactCounts {
  let held: Histogram | null = null;
  let chunk = new Uint32Array(firstSize);
  let n = 0;
  const fold = (): Histogram => {
    const fresh = histogramOf(chunk.subarray(0, n));
    n = 0;
    return (held = held === null ? fresh : mergeHistograms([held, fresh]));
  };
  return {
    add: (us) => {
      if (n === chunk.length) {
        if (n < chunkSize) {
          const larger = new Uint32Array(2 * n);
          larger.set(chunk);
          chunk = larger;
        } else fold();
      }
      chunk[n] = us;
      n += 1;
    },
    histogram: () => (n === 0 && held !== null ? held : fold()),
  };
}
