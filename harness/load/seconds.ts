/**
 * Second by second through the window, and the heat map. `started` counts by start moment; `completed`, `failed`, the percentiles
 * and the heat map go by end moment and take in requests that started in the warm-up, so the first second has no dip that the
 * server did not have. The last second may be cut short by the window's end.
 */
import { nearestRank } from '../model/rank.js';
import type { StageResult, Timeline } from '../model/record.js';
import type { LatencyStore } from './latency-store.js';

export interface Seconds {
  /** One ended request, moments in ms since the window opened; the part of it inside the window counts as in flight. */
  add(startMs: number, endMs: number, windowMs: number, completed: boolean): void;
  /** One request that never ended, open until the window's close. */
  addOpen(startMs: number, windowMs: number): void;
  /** The second of the window in which `endMs` falls, or null outside it. */
  secondOf(endMs: number, windowMs: number): number | null;
  save(windowMs: number, store: LatencyStore): { timeline: Timeline; heatmap: StageResult['heatmap']; inFlightMean: number | null };
}

/** `longestMs`: the longest the window can be. */
export function createSeconds(longestMs: number): Seconds {
  const size = Math.ceil(longestMs / 1000);
  const started = new Float64Array(size);
  const completed = new Float64Array(size);
  const failed = new Float64Array(size);
  /** Milliseconds of requests in flight, by second. */
  const busyMs = new Float64Array(size);
  const bump = (column: Float64Array, ms: number): void => {
    const second = Math.floor(ms / 1000);
    if (second >= 0 && second < size) column[second] = (column[second] as number) + 1;
  };
  const occupy = (fromMs: number, toMs: number): void => {
    const to = Math.min(toMs, longestMs);
    for (let at = Math.max(fromMs, 0); at < to;) {
      const second = Math.floor(at / 1000);
      const until = Math.min(to, (second + 1) * 1000);
      busyMs[second] = (busyMs[second] as number) + until - at;
      at = until;
    }
  };
  return {
    secondOf: (endMs, windowMs) => (endMs >= 0 && endMs < windowMs ? Math.floor(endMs / 1000) : null),
    add: (startMs, endMs, windowMs, wasCompleted) => {
      bump(started, startMs);
      if (endMs < windowMs) bump(wasCompleted ? completed : failed, endMs);
      occupy(startMs, Math.min(endMs, windowMs));
    },
    addOpen: (startMs, windowMs) => {
      bump(started, startMs);
      occupy(startMs, windowMs);
    },
    save: (windowMs, store) => {
      // A window of whole seconds on a float clock may be longer by a rounding error.
      const count = Math.ceil(windowMs / 1000 - 1e-6);
      const sorted = store.bySecond(count);
      const percentiles = (share: number): (number | null)[] => sorted.map((second) => rankedMs(second, share));
      const column = (values: Float64Array): number[] => Array.from(values.subarray(0, count));
      const busy = column(busyMs);
      return {
        timeline: {
          t: Array.from({ length: count }, (_, second) => second),
          started: column(started),
          completed: column(completed),
          failed: column(failed),
          p50Ms: percentiles(0.5),
          p95Ms: percentiles(0.95),
          p99Ms: percentiles(0.99),
          inFlight: busy.map((ms, second) => ms / (Math.min(windowMs, (second + 1) * 1000) - second * 1000)),
        },
        heatmap: heatmapOf(sorted),
        inFlightMean: windowMs > 0 ? busy.reduce((sum, ms) => sum + ms, 0) / windowMs : null,
      };
    },
  };
}

/** Nearest rank of ascending µs values, in ms. */
function rankedMs(sorted: Uint32Array, share: number): number | null {
  return sorted.length === 0 ? null : (sorted[nearestRank(share, sorted.length) - 1] as number) / 1000;
}

/** Twelve steps a decade (the E12 series): equal widths to the eye on a log axis. */
const decade = [1, 1.2, 1.5, 1.8, 2.2, 2.7, 3.3, 3.9, 4.7, 5.6, 6.8, 8.2] as const;
const mostTimeBins = 120;

function heatmapOf(sorted: readonly Uint32Array[]): StageResult['heatmap'] {
  const binS = Math.max(1, Math.ceil(sorted.length / mostTimeBins));
  const filled = sorted.filter((second) => second.length > 0);
  if (filled.length === 0) return { binS, edgesMs: [], counts: [] };
  const leastMs = filled.reduce((least, second) => Math.min(least, (second[0] as number) / 1000), Infinity);
  const mostMs = filled.reduce((most, second) => Math.max(most, (second[second.length - 1] as number) / 1000), 0);
  const edgesMs = edgesAround(leastMs, mostMs);
  const counts = Array.from({ length: Math.ceil(sorted.length / binS) }, () => new Array<number>(edgesMs.length - 1).fill(0));
  sorted.forEach((second, index) => {
    const row = counts[Math.floor(index / binS)] as number[];
    let column = 0;
    for (const us of second) {
      while (us / 1000 >= (edgesMs[column + 1] as number)) column += 1;
      row[column] = (row[column] as number) + 1;
    }
  });
  return { binS, edgesMs, counts };
}

function edgesAround(leastMs: number, mostMs: number): number[] {
  const edges: number[] = [];
  const from = Math.floor(Math.log10(Math.max(leastMs, 0.01)));
  for (let power = from; ; power += 1) {
    for (const step of decade) {
      const edge = Number((step * 10 ** power).toPrecision(2));
      // Only the last edge at or below the least value is kept.
      if (edge <= leastMs) edges.length = 0;
      edges.push(edge);
      if (edge > mostMs) return edges[0] !== undefined && edges[0] > leastMs ? [0, ...edges] : edges;
    }
  }
}
