/**
 * Where in the distribution two arms differ: the shift function.
 *
 *   shift_k = mean over the pairs of (Q_k of the second arm − Q_k of the first), Q_k the k-th decile of one run's latencies (percentile.ts)
 *   interval: paired-difference.ts, each decile by itself
 *
 * Reference: Doksum (1974); Wilcox (1995) on deciles. Both take the requests as the sample; here the run is the unit, because requests of one
 * run share its seconds. Assumes at least ten answers a run, so that nine deciles are nine ranks. Refuses (null) where no pair has deciles on both sides.
 */
import type { DecileShifts } from '../../model/comparison.js';
import type { Histogram } from '../../model/histogram.js';
import { percentileUs } from '../percentile.js';
import { pairedDifference } from './paired-difference.js';

const fewestAnswers = 10;
const tenths = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/** The nine deciles of one run's latencies, ms; null of fewer than ten answers. */
export function decilesOf(latency: Histogram): number[] | null {
  if (latency.n < fewestAnswers) return null;
  return tenths.map((tenth) => (percentileUs(latency, tenth / 10) ?? 0) / 1000);
}

/** Of the deciles of every pair, [first arm, second arm]. */
export function decileShifts(stage: string, pairs: readonly (readonly [readonly number[], readonly number[]])[], confidence: number): DecileShifts | null {
  if (pairs.length === 0) return null;
  const rows = tenths.map((decile, i) => {
    const both = pairs.map(([a, b]) => [a[i] ?? 0, b[i] ?? 0] as const);
    const mean = (side: 0 | 1): number => both.reduce((sum, pair) => sum + pair[side], 0) / both.length;
    const { value, low, high } = pairedDifference(both.map(([a, b]) => b - a), confidence);
    return { decile, first: mean(0), second: mean(1), shift: value ?? 0, low, high };
  });
  return { stage, pairs: pairs.length, rows };
}
