/**
 * Intervals of one run's numbers.
 *
 * - Percentile: order statistics. With B ~ Bin(n, p), l = Q_B(α/2) and u = Q_B(1−α/2) + 1 are ranks, and [x(l), x(u)] covers the
 *   true quantile with at least 1−α whatever the distribution (Hahn & Meeker 1991, §5.2). It is finite when both tails of
 *   the binomial beyond the sample are ≤ α/2: pⁿ ≤ α/2 and (1−p)ⁿ ≤ α/2; at 95 % that takes n ≥ 72 for p95, 368 for p99.
 * - Share: Wilson's score interval (Wilson 1927; Brown, Cai & DasGupta 2001).
 * - Mean: x̄ ± t·s/√n (Student).
 * - Count of a rate: (√k ± z/2)², the variance-stabilised Poisson interval.
 *
 * Assumes independent values. Requests of one run are not: they share batches, queues and bad seconds, so these intervals are
 * of *sampling only* and too narrow for "would another run say the same?" (docs/metrics.md).
 * Refuses a percentile below the needed n (`too-few`, with that n) and anything of no values (`no-answer`).
 */
import type { Estimate, Finding } from '../model/analysis.js';
import { valueAtRank, type Histogram } from '../model/histogram.js';
import { nearestRank } from '../model/rank.js';
import { binomialQuantile, normalQuantile, studentQuantile } from './distribution.js';

/** 1-based ranks of the interval of the p-quantile of n values; null where the sample does not reach that far. */
export function intervalRanks(n: number, p: number, confidence: number): { low: number | null; high: number | null } {
  if (n === 0) return { low: null, high: null };
  const alpha = 1 - confidence;
  const low = binomialQuantile(alpha / 2, n, p);
  const high = binomialQuantile(1 - alpha / 2, n, p) + 1;
  return { low: low < 1 ? null : low, high: high > n ? null : high };
}

/** How many values the p-quantile needs for a finite two-sided interval. */
export function valuesNeeded(p: number, confidence: number): number {
  return Math.ceil(Math.log((1 - confidence) / 2) / Math.log(Math.max(p, 1 - p)));
}

/** The p-quantile of successful answers in ms with its interval, or why there is none. */
export function percentileFinding(histogram: Histogram, p: number, confidence: number): Finding<Estimate> {
  const { n } = histogram;
  if (n === 0) return { kind: 'absent', why: 'no-answer' };
  const needed = valuesNeeded(p, confidence);
  if (n < needed) return { kind: 'absent', why: 'too-few', needed };
  const ranks = intervalRanks(n, p, confidence);
  const ms = (rank: number | null): number | null => (rank === null ? null : valueAtRank(histogram, rank) / 1000);
  return {
    kind: 'found',
    value: { value: valueAtRank(histogram, nearestRank(p, n)) / 1000, low: ms(ranks.low), high: ms(ranks.high), confidence, method: 'order-statistics', n },
  };
}

/** The share k/n by Wilson. */
export function shareFinding(k: number, n: number, confidence: number): Finding<Estimate> {
  if (n === 0) return { kind: 'absent', why: 'no-answer' };
  const z = normalQuantile(1 - (1 - confidence) / 2);
  const share = k / n;
  const centre = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = ((z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n)));
  // The bounds touch 0 and 1 exactly when nothing or everything was counted; rounding must not push them past the value.
  const low = k === 0 ? 0 : Math.min(share, centre - half);
  const high = k === n ? 1 : Math.max(share, centre + half);
  return { kind: 'found', value: { value: share, low, high, confidence, method: 'wilson', n } };
}

/** Mean ± t·s/√n of values given by count, mean and sample variance; no bounds for fewer than two values. */
export function meanEstimate(mean: number, variance: number, n: number, confidence: number, method: string): Estimate {
  if (n < 2) return { value: mean, low: null, high: null, confidence, method, n };
  const half = studentQuantile(1 - (1 - confidence) / 2, n - 1) * Math.sqrt(variance / n);
  return { value: mean, low: mean - half, high: mean + half, confidence, method, n };
}

/** k events in `durationS` as a rate a second. */
export function poissonRate(k: number, durationS: number, confidence: number): Estimate {
  const half = normalQuantile(1 - (1 - confidence) / 2) / 2;
  const low = Math.max(0, Math.sqrt(k) - half) ** 2;
  return { value: k / durationS, low: low / durationS, high: (Math.sqrt(k) + half) ** 2 / durationS, confidence, method: 'poisson', n: k };
}

/** A number that was counted or read, not estimated: its interval is itself. */
export function observed(value: number, n: number, confidence: number): Estimate {
  return { value, low: value, high: value, confidence, method: 'observed', n };
}
