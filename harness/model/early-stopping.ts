/**
 * Is the share of bad requests small enough, too large, or not yet known? One run decides, or says how many requests are missing.
 *
 *   t bad among n, allowed share d, B ~ Bin(n, d)
 *   pass  ⟺ P(B ≤ t) ≤ 1 − c      were the true share d or more, so few would come about with chance 1 − c at most
 *   fail  ⟺ P(B ≥ t) ≤ 1 − c      were it d or less, so many would
 *   else undecided
 *
 * "p95 below 800 ms" is the question with d = 5 % and, as bad, every request that took 800 ms or longer, failed or never ended.
 *
 * Reference: early stopping of MLPerf LoadGen (loadgen/early_stopping.cc: I_p(n − t, t + 1) ≤ 1 − c, which is P(B ≤ t), tolerance 0,
 * c = 99 %); the mirrored tail is the one-sided test of Clopper & Pearson (1934).
 * Assumes independent requests. Those of one run share queues and bad seconds, so a probe is wrong more often than 1 − c near the
 * limit; whoever rests something on a pass repeats it.
 * Refuses (RangeError): counts that are no counts, an allowed share or a confidence outside (0, 1). No request: undecided.
 */

import { logGamma } from './log-gamma.js';

/** What is known of a share against its limit. */
export type ShareState = 'pass' | 'fail' | 'undecided';

/** The confidence of LoadGen's rule. */
export const stoppingConfidence = 0.99;

/** Judges `bad` of `n` requests against an allowed share 0..1. */
export function decideShare(bad: number, n: number, allowed: number, confidence = stoppingConfidence): ShareState {
  check(bad, n, allowed, confidence);
  if (n === 0) return 'undecided';
  if (atMost(bad, n, allowed) <= 1 - confidence) return 'pass';
  return bad > 0 && 1 - atMost(bad - 1, n, allowed) <= 1 - confidence ? 'fail' : 'undecided';
}

/** The fewest requests among which `bad` bad ones still pass. */
export function requestsToPass(bad: number, allowed: number, confidence = stoppingConfidence): number {
  check(bad, bad, allowed, confidence);
  return fewest(Math.max(1, bad), (n) => atMost(bad, n, allowed) <= 1 - confidence);
}

/** The fewest requests that would decide were the share of bad ones as it was seen; null where more than `most` would not do. */
export function requestsToDecide(bad: number, n: number, allowed: number, confidence = stoppingConfidence, most = 10_000_000): number | null {
  check(bad, n, allowed, confidence);
  if (n === 0) return requestsToPass(0, allowed, confidence);
  const decided = (size: number): boolean => decideShare(Math.round((bad * size) / n), size, allowed, confidence) !== 'undecided';
  return decided(most) ? fewest(1, decided) : null;
}

/** Doubles until `enough`, then halves the gap; rounding of shares makes it exact to a few requests. */
function fewest(from: number, enough: (n: number) => boolean): number {
  let high = from;
  while (!enough(high)) high *= 2;
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * P(B ≤ k), B ~ Bin(n, p): the terms of the tail that does not hold the mean, one from the other, from k outwards until they no longer count: some
 * standard deviations of terms, however large n is.
 */
function atMost(k: number, n: number, p: number): number {
  if (k >= n) return 1;
  const below = k <= n * p;
  const from = below ? k : k + 1;
  let term = Math.exp(logGamma(n + 1) - logGamma(from + 1) - logGamma(n - from + 1) + from * Math.log(p) + (n - from) * Math.log1p(-p));
  let sum = 0;
  for (let i = from; term > sum * 1e-17 && i >= 0 && i <= n;) {
    sum += term;
    term *= below ? (i * (1 - p)) / ((n - i + 1) * p) : ((n - i) * p) / ((i + 1) * (1 - p));
    i += below ? -1 : 1;
  }
  return Math.min(1, Math.max(0, below ? sum : 1 - sum));
}

function check(bad: number, n: number, allowed: number, confidence: number): void {
  const sound = Number.isInteger(bad) && Number.isInteger(n) && bad >= 0 && bad <= n && allowed > 0 && allowed < 1 && confidence > 0 && confidence < 1;
  if (!sound) throw new RangeError(`${String(bad)} bad of ${String(n)} requests against ${String(allowed)} at confidence ${String(confidence)}`);
}
