/**
 * Distribution functions the intervals need.
 *
 * - ln Γ(x): model/log-gamma.ts.
 * - I_x(a, b), regularised incomplete beta: continued fraction by the modified Lentz method (Abramowitz & Stegun 26.5.8).
 * - Binomial: P(B ≤ k) = I_{1−p}(n−k, k+1) (A&S 26.5.24). Student t: A&S 26.5.27. Normal: Marsaglia's series
 *   Φ(z) = ½ + φ(z)·(z + z³/3 + z⁵/(3·5) + …) (J. Stat. Software 11(4), 2004), exact to rounding for |z| < 7.
 *
 * Assumes finite arguments in their domain; anything else throws RangeError. Quantiles are found by bisection on the
 * distribution function, so they are as exact as it is.
 */

import { logGamma } from '../model/log-gamma.js';

/** I_x(a, b) for a, b > 0 and 0 ≤ x ≤ 1. */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (!(x >= 0 && x <= 1 && a > 0 && b > 0)) throw new RangeError(`I_${String(x)}(${String(a)}, ${String(b)})`);
  if (x === 0 || x === 1) return x;
  // The fraction converges quickly left of the mean; right of it the mirrored one does.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const logFront = logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x);
  return Math.min(1, (Math.exp(logFront) / a) * betaFraction(x, a, b));
}

function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const guard = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / guard(1 - ((a + b) * x) / (a + 1));
  let value = d;
  // Near the mean about √max(a, b) steps are needed.
  const steps = 200 + 20 * Math.sqrt(Math.max(a, b));
  for (let m = 1; m <= steps; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / guard(1 + even * d);
    c = guard(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / guard(1 + odd * d);
    c = guard(1 + odd / c);
    const change = d * c;
    value *= change;
    if (Math.abs(change - 1) < 1e-15) break;
  }
  return value;
}

/** P(B ≤ k) for B ~ Bin(n, p), 0 < p < 1. */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  return k >= n ? 1 : incompleteBeta(1 - p, n - k, k + 1);
}

/** The smallest k with P(B ≤ k) ≥ q, 0 < q < 1. */
export function binomialQuantile(q: number, n: number, p: number): number {
  let low = -1;
  let high = n;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (binomialCdf(middle, n, p) >= q) high = middle;
    else low = middle;
  }
  return high;
}

/** Φ(z). */
export function normalCdf(z: number): number {
  if (z < -7) return 0;
  if (z > 7) return 1;
  let term = z;
  let sum = z;
  for (let i = 3; sum + term !== sum; i += 2) {
    term *= (z * z) / i;
    sum += term;
  }
  return 0.5 + (sum * Math.exp(-0.5 * z * z)) / Math.sqrt(2 * Math.PI);
}

/** z with Φ(z) = q, 0 < q < 1 (within ±7). */
export function normalQuantile(q: number): number {
  return bisect((z) => normalCdf(z), q, -7, 7);
}

/** P(T ≤ t) for Student's t with `df` degrees of freedom. */
export function studentCdf(t: number, df: number): number {
  const tail = 0.5 * incompleteBeta(df / (df + t * t), df / 2, 0.5);
  return t > 0 ? 1 - tail : tail;
}

/** t with P(T ≤ t) = q, 0 < q < 1. */
export function studentQuantile(q: number, df: number): number {
  let bound = 2;
  while (studentCdf(bound, df) < Math.max(q, 1 - q)) bound *= 2;
  return bisect((t) => studentCdf(t, df), q, -bound, bound);
}

function bisect(cdf: (x: number) => number, q: number, from: number, to: number): number {
  if (!(q > 0 && q < 1)) throw new RangeError(`quantile of ${String(q)}`);
  let low = from;
  let high = to;
  for (let i = 0; i < 200; i += 1) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (cdf(middle) < q) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
