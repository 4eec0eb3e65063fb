/**
 * Do more of the same pay? Arms of n₁ < n₂ < … replicas, run in interleaved pairs.
 *
 *   speed-up_i   = T_i / T_1                             efficiency_i = speed-up_i · n_1 / n_i
 *   added_i      = (T_i / T_{i−1} − 1) / (n_i / n_{i−1} − 1)
 *
 * T: throughput; of a time, its inverse. `added` is what each new one does as a share of what each of the arm before did: 1 = as much, 0 = nothing,
 * below 0 = the others do less for it. A step is worth it where the whole interval of `added` is at least `worth`, not where all of it is below.
 *
 * Reference: speed-up and efficiency as in Eager, Zahorjan and Lazowska (1989), "Speedup versus efficiency in parallel systems"; ratios and intervals of
 * paired-ratio.ts, whose ends the monotone formulas above carry over exactly. Assumes a load that takes what it can get, sent by a machine with room
 * left for it. Refuses (undefined) arms that were sent other traffic; a step without an interval is open.
 */
import type { ArmComparison, ComparisonDesign, ScalingStep } from '../../model/comparison.js';
import type { ArmRounds } from './round.js';
import { moreIsBetter } from './word.js';

type Ratio = NonNullable<ScalingStep['speedUp']>;

/** A step for every arm but the first. `compare` compares the second of two arms with the first. */
export function scalingOf(
  { arms, comparisons, design }: { arms: readonly ArmRounds[]; comparisons: readonly ArmComparison[]; design: Pick<ComparisonDesign, 'metric' | 'by' | 'replicas' | 'worth' | 'aa'> },
  compare: (first: ArmRounds, second: ArmRounds) => ArmComparison,
): ScalingStep[] | undefined {
  const { by, replicas = [], worth = 1, metric, aa } = design;
  const least = replicas[0];
  if (by !== 'replicas' || aa || least === undefined || comparisons.some(({ traffic }) => traffic.length > 0)) return undefined;
  return comparisons.flatMap((comparison, i): ScalingStep[] => {
    const [before, own] = [arms[i], arms[i + 1]];
    const [fewer, more] = [replicas[i], replicas[i + 1]];
    if (before === undefined || own === undefined || fewer === undefined || more === undefined) return [];
    const speedUp = gain(comparison, metric);
    // The first step is the first comparison, pair for pair.
    const step = i === 0 ? speedUp : gain(compare(before, own), metric);
    const added = step === null ? null : mapped(step, (ratio) => (ratio - 1) / (more / fewer - 1));
    return [{ arm: own.name, replicas: more, speedUp, efficiency: speedUp === null ? null : mapped(speedUp, (ratio) => (ratio * least) / more), added, word: wordOf(added, worth) }];
  });
}

/** How much more the second arm does. */
function gain({ deciding, rows }: ArmComparison, metric: ComparisonDesign['metric']): Ratio | null {
  const ratio = (deciding === null ? undefined : rows[deciding])?.ratio ?? null;
  if (ratio === null || moreIsBetter(metric)) return ratio;
  const inverse = (value: number | null): number | null => (value === null ? null : 1 / value);
  return { value: 1 / ratio.value, low: inverse(ratio.high), high: inverse(ratio.low) };
}

/** Through a function that rises. */
function mapped({ value, low, high }: Ratio, through: (ratio: number) => number): Ratio {
  const end = (one: number | null): number | null => (one === null ? null : through(one));
  return { value: through(value), low: end(low), high: end(high) };
}

function wordOf(added: Ratio | null, worth: number): ScalingStep['word'] {
  if (added === null || added.low === null || added.high === null) return 'open';
  return added.low >= worth ? 'worth' : added.high < worth ? 'not-worth' : 'open';
}
