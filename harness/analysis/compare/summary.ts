/**
 * What one arm's runs say together: the geometric mean of each figure over the runs, with the interval of the mean.
 *
 *   m = exp(x̄), x = ln value;   interval = exp(x̄ ± t_{1−α/2, n−1} · s / √n)
 *
 * Reference: Student (1908), on logarithms as in paired-ratio.ts. The run is the unit, so this interval speaks of "another run",
 * which the interval within one run cannot. Assumes independent runs. One run has no interval; no run, no row.
 */
import type { ArmSummary, ComparedMetric } from '../../model/comparison.js';
import { comparedMetrics } from '../../model/comparison.js';
import { pairedRatio } from './paired-ratio.js';
import type { ArmRounds } from './round.js';
import { unitOf } from './unit.js';
import { meanWork } from './work.js';

/**
 * One arm by itself: of each stage, and of the whole run, every figure's values by round with their geometric mean and its t interval at
 * `confidence`. Rounds that brought nothing (null) are counted and hold no value.
 */
export function summariseArm({ name, rounds }: ArmRounds, confidence: number): ArmSummary {
  const valid = rounds.filter((round) => round !== null);
  const stages = [...new Set(valid.flatMap((round) => round.stages.map((stage) => stage.name)))];
  const rowOf = (stage: string | null, metric: ComparedMetric): ArmSummary['rows'] => {
    const values = valid.flatMap((round) => (stage === null ? round.run : round.stages.find((one) => one.name === stage)?.figures ?? {})[metric] ?? []);
    const mean = pairedRatio(values.map((value) => [1, value]), confidence);
    return mean === null ? [] : [{ stage, metric, unit: unitOf[metric], values, mean: mean.value, low: mean.low, high: mean.high }];
  };
  const works = valid.flatMap((round) => round.stages.at(-1)?.work ?? []);
  const answers = valid.flatMap((round) => round.answers ?? []).reduce<{ checked: number; flips: number; moved: number }>((sum, one) => ({ checked: sum.checked + one.checked, flips: sum.flips + one.flips, moved: sum.moved + (one.moved ?? 0) }), { checked: 0, flips: 0, moved: 0 });
  const quality = valid.findLast((round) => round.quality !== undefined)?.quality;
  return { arm: name, rounds: rounds.length, rows: [...stages.flatMap((stage) => comparedMetrics.flatMap((metric) => rowOf(stage, metric))), ...comparedMetrics.flatMap((metric) => rowOf(null, metric))], ...(quality === undefined ? {} : { quality }), ...(works.length === 0 ? {} : { work: meanWork(works) }), ...(answers.checked === 0 ? {} : { answers }) };
}
