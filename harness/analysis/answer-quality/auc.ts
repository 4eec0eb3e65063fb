/**
 * Area under the ROC curve with its interval.
 *
 *   θ̂ = P(score of a positive > score of a negative) + ½ P(equal), by rank sums (model/rank.ts)
 *   V(θ) = θ(1−θ) · (1 + N(1−θ)/(2−θ) + Nθ/(1+θ)) / (m·n),  N = (m+n)/2 − 1
 *   the interval holds every θ with |θ − θ̂| ≤ z·√V(θ)
 *
 * V is the variance of Hanley & McNeil (1982) under their exponential model, made symmetric; the interval is method 5 of Newcombe
 * (2006, Statistics in Medicine 25:559–573): the variance is taken at θ, not at θ̂, so that a perfect AUC of few pairs has a lower bound
 * below 1, where Hanley–McNeil's own and DeLong's interval have no width at all.
 * Assumes independent pairs. Refuses below ten pairs on either side (`too-few-pairs`, with the number in all that takes).
 */
import type { Finding } from '../../model/analysis.js';
import type { AucEstimate } from '../../model/answer-quality.js';
import { auc } from '../../model/rank.js';
import { normalQuantile } from '../distribution.js';

/** With fewer than this many on either side an AUC says little. */
export const leastForAuc = 10;

/** Variance of an AUC of θ with m positives and n negatives. */
export function aucVariance(theta: number, m: number, n: number): number {
  const more = (m + n) / 2 - 1;
  return (theta * (1 - theta) * (1 + (more * (1 - theta)) / (2 - theta) + (more * theta) / (1 + theta))) / (m * n);
}

/** The interval of an observed AUC. */
export function aucInterval(observed: number, m: number, n: number, confidence: number): { low: number; high: number } {
  const z = normalQuantile(1 - (1 - confidence) / 2);
  const outside = (theta: number): boolean => Math.abs(theta - observed) > z * Math.sqrt(aucVariance(theta, m, n));
  return { low: edge(0, observed, outside), high: edge(1, observed, outside) };
}

/** Between a value that may be outside and one that is inside: the border, by bisection. */
function edge(far: number, inside: number, outside: (theta: number) => boolean): number {
  if (!outside(far)) return far;
  let [out, within] = [far, inside];
  for (let i = 0; i < 60; i += 1) {
    const middle = (out + within) / 2;
    if (outside(middle)) out = middle;
    else within = middle;
  }
  return within;
}

/** AUC of two sides of scores. */
export function aucFinding(positives: readonly number[], negatives: readonly number[], confidence: number): Finding<AucEstimate> {
  const [m, n] = [positives.length, negatives.length];
  const value = auc(positives, negatives);
  if (value === null || Math.min(m, n) < leastForAuc) return { kind: 'absent', why: 'too-few-pairs', needed: 2 * leastForAuc };
  return { kind: 'found', value: { value, ...aucInterval(value, m, n, confidence), confidence, method: 'newcombe', n: m + n, positives: m, negatives: n } };
}
