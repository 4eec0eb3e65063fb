/**
 * Latencies of answered requests as they come, nine bytes each: exact, for the percentiles of the stage, of each class and of
 * each second, and for the heat map. Chunks are never copied, so memory grows in steps of 600 kB and no faster than the data.
 */
import { histogramOf, type Histogram } from '../model/histogram.js';

const chunkRows = 65_536;
/** Second of a request that ended after the window. */
const noSecond = 2 ** 32 - 1;
/** Set in the class byte when the request started in the window. */
const inWindowBit = 128;

export interface LatencyStore {
  /** `second`: of the window in which it ended, or null; `classIndex` below 128; `inWindow`: it started in the window. */
  add(latencyUs: number, second: number | null, classIndex: number, inWindow: boolean): void;
  /** All that started in the window, or those of one class. */
  histogram(classIndex?: number): Histogram;
  /** Latencies by the second in which they ended, ascending, µs; seconds 0..count-1. */
  bySecond(count: number): Uint32Array[];
}

interface Chunk {
  latencies: Uint32Array;
  seconds: Uint32Array;
  classes: Uint8Array;
}

/** An empty store. */
export function createLatencyStore(): LatencyStore {
  const chunks: Chunk[] = [];
  let n = 0;
  const each = (visit: (latencyUs: number, second: number, tag: number) => void): void => {
    for (let i = 0; i < n; i += 1) {
      const chunk = chunks[Math.floor(i / chunkRows)] as Chunk;
      const at = i % chunkRows;
      visit(chunk.latencies[at] as number, chunk.seconds[at] as number, chunk.classes[at] as number);
    }
  };
  return {
    add: (latencyUs, second, classIndex, inWindow) => {
      const at = n % chunkRows;
      if (at === 0) chunks.push({ latencies: new Uint32Array(chunkRows), seconds: new Uint32Array(chunkRows), classes: new Uint8Array(chunkRows) });
      const chunk = chunks[chunks.length - 1] as Chunk;
      chunk.latencies[at] = latencyUs;
      chunk.seconds[at] = second === null ? noSecond : Math.min(second, noSecond - 1);
      chunk.classes[at] = classIndex | (inWindow ? inWindowBit : 0);
      n += 1;
    },
    histogram: (classIndex) => {
      const wanted = (tag: number): boolean => (tag & inWindowBit) !== 0 && (classIndex === undefined || (tag & 127) === classIndex);
      let count = 0;
      each((_, __, tag) => {
        if (wanted(tag)) count += 1;
      });
      const values = new Uint32Array(count);
      let at = 0;
      each((latencyUs, _, tag) => {
        if (wanted(tag)) values[at++] = latencyUs;
      });
      return histogramOf(values);
    },
    bySecond: (count) => {
      const sizes = new Uint32Array(count);
      each((_, second) => {
        if (second < count) sizes[second] = (sizes[second] as number) + 1;
      });
      const seconds = Array.from(sizes, (size) => new Uint32Array(size));
      const filled = new Uint32Array(count);
      each((latencyUs, second) => {
        if (second >= count) return;
        const place = filled[second] as number;
        (seconds[second] as Uint32Array)[place] = latencyUs;
        filled[second] = place + 1;
      });
      for (const second of seconds) second.sort();
      return seconds;
    },
  };
}
