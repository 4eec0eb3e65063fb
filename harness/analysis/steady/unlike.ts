/**
 * Is what MSER-5 cut off really unlike the rest?
 *
 *   |h − r| > t(1 − α/2m, k−d−1) · s · √(1/d + 1/(k−d))      and      |h/r − 1| > 5 %
 *
 * h, r: mean of the d means of five before the cut, and of the k−d after it; s: standard deviation of those after it; t: Student's
 * quantile, with Bonferroni's correction for the m = ⌊k/2⌋ cuts among which MSER chose; α = 1 %. Student's test with the variance of the
 * rest alone, since a warm-up has a spread of its own.
 * The second condition asks that the difference matters: with thousands of requests a second every difference is significant.
 *
 * Assumes that means of five seconds are nearly independent. Of simulated steady minutes with a spread of a tenth from second to second,
 * 0.4 % are called unlike where seconds are independent, 1 % at lag-1 correlation 0.5, 3 % at 0.8; of five minutes at 0.9, 12 %.
 * Refuses (null) a rest of fewer than two means, or without a ratio (r = 0).
 */
import { studentQuantile } from '../distribution.js';

const alpha = 0.01;
/** Smaller differences do not matter. */
export const leastOff = 0.05;

/** h/r − 1 where the first `d` of `means` are unlike the rest, else null. `scale`: whether the means are of values or of their natural logarithm. */
export function unlikeHead(means: readonly number[], d: number, scale: 'value' | 'log'): number | null {
  const [head, rest] = [means.slice(0, d), means.slice(d)];
  if (head.length === 0 || rest.length < 2) return null;
  const [h, r] = [mean(head), mean(rest)];
  if (scale === 'value' && r === 0) return null;
  const off = scale === 'log' ? Math.exp(h - r) - 1 : h / r - 1;
  const variance = rest.reduce((sum, y) => sum + (y - r) ** 2, 0) / (rest.length - 1);
  const t = studentQuantile(1 - alpha / 2 / Math.floor(means.length / 2), rest.length - 1);
  const noise = t * Math.sqrt(variance * (1 / head.length + 1 / rest.length));
  return Math.abs(h - r) > noise && Math.abs(off) > leastOff ? off : null;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
