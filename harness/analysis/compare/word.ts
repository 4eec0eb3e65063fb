/**
 * What a ratio with its interval says, given a band [1/(1+δ), 1+δ] in which two arms count as alike.
 *
 *   equivalent     the whole interval lies in the band
 *   better, worse  the interval excludes 1 and the ratio itself lies outside of the band
 *   inconclusive   anything else: not enough pairs for this much noise
 *
 * Reference: two one-sided tests for equivalence (Schuirmann 1987), with the materiality rule that a difference nobody would act
 * on is not reported as one. "No difference" is never said: its absence can only be bounded.
 * Assumes an interval at the look's own confidence. Refuses nothing.
 */
import type { ComparedMetric, ComparisonWord } from '../../model/comparison.js';
import type { PairedRatio } from './paired-ratio.js';

/** More throughput is better; less of everything else is. */
export function moreIsBetter(metric: ComparedMetric): boolean {
  return metric === 'rps' || metric === 'pairs';
}

/**
 * Better, worse or equivalent, when interval and value say so; `inconclusive` where there is no interval, or it reaches over a bound. `equivalence`:
 * the ratio may lie within 1 / (1 + e) and 1 + e.
 */
export function wordFor({ value, low, high }: PairedRatio, metric: ComparedMetric, equivalence: number): ComparisonWord {
  if (low === null || high === null) return 'inconclusive';
  const [least, most] = [1 / (1 + equivalence), 1 + equivalence];
  if (low >= least && high <= most) return 'equivalent';
  const larger = low > 1 && value > most;
  const smaller = high < 1 && value < least;
  if (!larger && !smaller) return 'inconclusive';
  return larger === moreIsBetter(metric) ? 'better' : 'worse';
}
