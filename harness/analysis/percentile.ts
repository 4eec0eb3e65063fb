/**
 * Percentiles by nearest rank: the p-quantile of n values is the ⌈p·n⌉-th smallest (1-based), always a value that was seen.
 *
 * Reference: Hyndman & Fan (1996), definition 1. One definition for every engine and every view.
 * With failures: the f requests that failed, timed out or were never seen to end stand behind all answers as +∞, so n counts
 * them, and a percentile whose rank falls among them is infinite. Gates use this; what is displayed is of successful answers.
 * Refuses (null) when there is no value at all. Whether there are enough values is asked in interval.ts.
 */
import { valueAtRank, type Histogram } from '../model/histogram.js';
import { nearestRank } from '../model/rank.js';

/** The p-quantile in µs; null of an empty histogram. */
export function percentileUs(histogram: Histogram, p: number): number | null {
  return histogram.n === 0 ? null : valueAtRank(histogram, nearestRank(p, histogram.n));
}

/** The p-quantile in µs with `beyond` further values of +∞; null where there is no value at all. */
export function percentileWithFailuresUs(histogram: Histogram, beyond: number, p: number): number | 'infinite' | null {
  const n = histogram.n + beyond;
  if (n === 0) return null;
  const rank = nearestRank(p, n);
  return rank > histogram.n ? 'infinite' : valueAtRank(histogram, rank);
}
