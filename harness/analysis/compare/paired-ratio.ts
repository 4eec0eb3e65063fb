/**
 * The ratio of two arms from interleaved pairs.
 *
 *   d_i = ln b_i − ln a_i,   ratio = exp(d̄),   interval = exp(d̄ ± t_{1−α/2, n−1} · s_d / √n)
 *   minimum detectable effect = exp((t_{1−α/2, n−1} + t_{0.8, n−1}) · s_d / √n) − 1: what pairs as noisy as these would find in four of five comparisons
 *   (Bloom 1995, Minimum detectable effects)
 *
 * Reference: Student (1908) on differences; log-ratios because performance varies by shares (Fleming & Wallace 1986). The *run* is
 * the unit: requests of one run share its seconds, so they are no replication (docs/metrics.md).
 * Assumes pairs that are independent and log-ratios near normal. Refuses (null) no pair, and values that are not positive; with
 * one pair there is a ratio but no interval.
 */
import { studentQuantile } from '../distribution.js';

export interface PairedRatio {
  value: number;
  low: number | null;
  high: number | null;
  /** Minimum detectable effect at a power of 80 %, as a share; null with one pair. */
  detectable: number | null;
}

/** How often an effect of the detectable size is found. */
const power = 0.8;

/** Of [first, second] values; `confidence` of the interval, two-sided. */
export function pairedRatio(pairs: readonly (readonly [number, number])[], confidence: number): PairedRatio | null {
  if (pairs.length === 0 || pairs.some(([a, b]) => !(a > 0 && b > 0))) return null;
  const logs = pairs.map(([a, b]) => Math.log(b / a));
  const n = logs.length;
  const mean = logs.reduce((sum, d) => sum + d, 0) / n;
  if (n === 1) return { value: Math.exp(mean), low: null, high: null, detectable: null };
  const variance = logs.reduce((sum, d) => sum + (d - mean) ** 2, 0) / (n - 1);
  const error = Math.sqrt(variance / n);
  const half = studentQuantile(1 - (1 - confidence) / 2, n - 1) * error;
  return { value: Math.exp(mean), low: Math.exp(mean - half), high: Math.exp(mean + half), detectable: Math.expm1(half + studentQuantile(power, n - 1) * error) };
}
