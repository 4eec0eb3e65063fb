/**
 * CPU, waiting and memory of a process tree, from the kernel's counters as sampled.
 *
 * CPU, cores = (c(t₂) − c(t₁)) / (t₂ − t₁), c = cumulative CPU seconds, [t₁, t₂] = the window, c at its edges by linear interpolation
 * between the samples on either side; waiting for a core likewise, from cumulative run-queue seconds, and being held back by a quota, from throttled
 * seconds. A gap inside the window costs nothing, the counter went on; a gap at an edge (bracket wider than a tenth of the window; of a short window than
 * 0.6 s, but never three tenths) moves that edge to the sample inside the window.
 * RSS peak, MiB = highest `rssPeakMiB` (the kernel's own high-water mark, VmHWM), else highest sample of `rssMiB`, in a span of time.
 *
 * Assumes that a source's counter only rises. Refuses (null) where it fell inside the window (a process of the tree ended or was
 * started again), where less than 90 % of the window is covered, and where there is no sample.
 */
import type { Series } from '../model/series.js';

const leastCover = 0.9;
const widestBracket = { share: 0.1, ms: 600, mostShare: 0.3 };

interface Point { t: number; v: number }

/** Mean cores in use by `source` from `fromMs` to `toMs`. */
export function coresInUse(series: readonly Series[], source: string, fromMs: number, toMs: number): number | null {
  return rateOfRise(series, source, 'cpuS', fromMs, toMs);
}

/** Seconds a second that runnable threads of `source` waited for a core, as a share of one core. */
export function runQueueWait(series: readonly Series[], source: string, fromMs: number, toMs: number): number | null {
  return rateOfRise(series, source, 'runQueueWaitS', fromMs, toMs);
}

/**
 * Seconds a second that a CPU quota held back, its cores added up, as a share of the window: of `machine` the run's own programs, of `server` a server that
 * has a quota for itself. Null in records from before it was read, and where there is none.
 */
export function throttledShare(series: readonly Series[], source: 'machine' | 'server', fromMs: number, toMs: number): number | null {
  return rateOfRise(series, source, 'throttledS', fromMs, toMs);
}

function rateOfRise(series: readonly Series[], source: string, metric: string, fromMs: number, toMs: number): number | null {
  for (const one of series) {
    if (one.source !== source || one.metric !== metric || toMs <= fromMs) continue;
    const rate = rateOf(one, fromMs, toMs);
    if (rate !== null) return rate;
  }
  return null;
}

function rateOf(series: Series, fromMs: number, toMs: number): number | null {
  const inside: Point[] = [];
  let before: Point | null = null;
  let after: Point | null = null;
  for (let i = 0; i < series.t.length && after === null; i += 1) {
    const t = series.t[i];
    const v = series.v[i];
    if (t === undefined || v === undefined || v === null) continue;
    if (t < fromMs) before = { t, v };
    else if (t > toMs) after = { t, v };
    else inside.push({ t, v });
  }
  const windowMs = toMs - fromMs;
  const widest = Math.min(windowMs * widestBracket.mostShare, Math.max(windowMs * widestBracket.share, widestBracket.ms));
  const first = inside[0] ?? after;
  const last = inside.at(-1) ?? before;
  const start = before && first && first.t - before.t <= widest && first.v >= before.v ? between(before, first, fromMs) : inside[0];
  const end = after && last && after.t - last.t <= widest && after.v >= last.v ? between(last, after, toMs) : inside.at(-1);
  if (!start || !end || end.t - start.t < leastCover * (toMs - fromMs)) return null;
  for (let i = 1; i < inside.length; i += 1) {
    const [earlier, later] = [inside[i - 1], inside[i]];
    if (earlier && later && later.v < earlier.v) return null;
  }
  return ((end.v - start.v) * 1000) / (end.t - start.t);
}

function between(a: Point, b: Point, t: number): Point {
  return { t, v: a.v + ((b.v - a.v) * (t - a.t)) / (b.t - a.t) };
}

/** Highest resident memory of `source` in [fromMs, toMs], MiB. */
export function rssPeakMiB(series: readonly Series[], source: string, fromMs: number, toMs: number): number | null {
  return highest(series, source, 'rssPeakMiB', fromMs, toMs) ?? highest(series, source, 'rssMiB', fromMs, toMs);
}

/** Highest sample of a metric in [fromMs, toMs]; null where there is none. */
export function highest(series: readonly Series[], source: string, metric: string, fromMs: number, toMs: number): number | null {
  const values = samplesIn(series, source, metric, fromMs, toMs);
  return values.length === 0 ? null : values.reduce((most, v) => Math.max(most, v), -Infinity);
}

/** The samples of a metric in [fromMs, toMs], in order of time, gaps left out. */
export function samplesIn(series: readonly Series[], source: string, metric: string, fromMs: number, toMs: number): number[] {
  const values: number[] = [];
  for (const one of series) {
    if (one.source !== source || one.metric !== metric) continue;
    one.t.forEach((t, i) => {
      const v = one.v[i];
      if (t >= fromMs && t <= toMs && v !== null && v !== undefined) values.push(v);
    });
  }
  return values;
}

/** Median by the lower of two middle values, of a list in any order; null of an empty one. */
export function medianOf(values: readonly number[]): number | null {
  return values.toSorted((x, y) => x - y)[Math.floor((values.length - 1) / 2)] ?? null;
}
