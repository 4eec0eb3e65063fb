/**
 * The mean of paired differences with its interval.
 *
 *   d̄ ± t_{1−α/2, n−1} · s_d / √n
 *
 * Reference: Student (1908). The run is the unit, as in paired-ratio.ts. Assumes pairs that are independent and differences near normal.
 * No pair has no value; one pair has no interval.
 */
import { studentQuantile } from '../distribution.js';

/** Of the differences of all pairs; `confidence` of the interval, two-sided. */
export function pairedDifference(values: readonly number[], confidence: number): { value: number | null; low: number | null; high: number | null } {
  const n = values.length;
  if (n === 0) return { value: null, low: null, high: null };
  const mean = values.reduce((sum, d) => sum + d, 0) / n;
  if (n === 1) return { value: mean, low: null, high: null };
  const half = studentQuantile((1 + confidence) / 2, n - 1) * Math.sqrt(values.reduce((sum, d) => sum + (d - mean) ** 2, 0) / (n - 1) / n);
  return { value: mean, low: mean - half, high: mean + half };
}
