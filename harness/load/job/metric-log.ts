/** The figures of a job over time, in bounded memory however long it prints. */
import type { JobMetric } from '../../model/job.js';

export interface MetricLog {
  /** The numeric fields of one line, read `tMs` after the run started; moments do not go back. */
  add(tMs: number, values: readonly (readonly [string, number | null])[]): void;
  /** Name and last value of the figures that came in the last line. */
  latest(): readonly (readonly [string, number | null])[];
  /** In the order in which they first came. */
  finish(): { metrics: JobMetric[]; unkept: number };
}

/** Names that are kept; a program that makes up a new one for each line must not grow our memory. */
const mostMetrics = 100;
/** Points of one figure: above, every second one is let go. */
const mostPoints = 1000;

interface Column {
  metric: JobMetric;
  /** Lines with this field so far. */
  seen: number;
  lastMs: number;
  lastValue: number | null;
}

/** Counts, ends and extremes are exact; only the points of a long series are thinned, evenly. */
export function createMetricLog(): MetricLog {
  const columns = new Map<string, Column>();
  let latest: readonly (readonly [string, number | null])[] = [];
  let unkept = 0;
  return {
    add: (tMs, values) => {
      latest = values;
      for (const [name, value] of values) {
        let column = columns.get(name);
        if (column === undefined) {
          if (columns.size >= mostMetrics) {
            unkept += 1;
            continue;
          }
          column = { metric: { name, n: 0, notFinite: 0, first: null, last: null, min: null, max: null, spanMs: null, longestGapMs: null, every: 1, t: [], v: [] }, seen: 0, lastMs: tMs, lastValue: null };
          columns.set(name, column);
        }
        put(column, tMs, value);
      }
    },
    latest: () => latest,
    finish: () => ({ metrics: [...columns.values()].map(closed), unkept }),
  };
}

function put(column: Column, tMs: number, value: number | null): void {
  const { metric } = column;
  if (value === null) metric.notFinite += 1;
  else {
    metric.n += 1;
    metric.first ??= value;
    metric.min = Math.min(metric.min ?? value, value);
    metric.max = Math.max(metric.max ?? value, value);
  }
  metric.last = value;
  if (column.seen > 0) {
    const gapMs = tMs - column.lastMs;
    metric.spanMs = (metric.spanMs ?? 0) + gapMs;
    metric.longestGapMs = Math.max(metric.longestGapMs ?? 0, gapMs);
  }
  if (column.seen % metric.every === 0) {
    if (metric.t.length >= mostPoints) thin(metric);
    // After thinning this one may no longer be due.
    if (column.seen % metric.every === 0) {
      metric.t.push(tMs);
      metric.v.push(value);
    }
  }
  column.seen += 1;
  column.lastMs = tMs;
  column.lastValue = value;
}

function thin(metric: JobMetric): void {
  metric.every *= 2;
  metric.t = metric.t.filter((_, i) => i % 2 === 0);
  metric.v = metric.v.filter((_, i) => i % 2 === 0);
}

/** With its last point, rounded to whole microseconds: the moment of reading is no more exact. */
function closed({ metric, lastMs, lastValue }: Column): JobMetric {
  const round = (ms: number): number => Math.round(ms * 1000) / 1000;
  const whole = metric.t.at(-1) === lastMs;
  return {
    ...metric,
    spanMs: metric.spanMs === null ? null : round(metric.spanMs),
    longestGapMs: metric.longestGapMs === null ? null : round(metric.longestGapMs),
    t: [...metric.t, ...(whole ? [] : [lastMs])].map(round),
    v: [...metric.v, ...(whole ? [] : [lastValue])],
  };
}
