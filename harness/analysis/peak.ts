/**
 * The stage with the highest throughput, and whether the knee was passed.
 *
 *   passed ⟺ a stage with a larger load (users, or requests a second asked) than the peak's had a throughput at least 3 % lower
 *
 * 3 % is more than the throughput of a steady closed stage wanders from run to run on a quiet machine; no curve is fitted and
 * nothing is claimed beyond the loads that were tried. Stages whose measurement is invalid take no part.
 * Refuses with no valid measured stage (`no-valid-stage`) or only one size of load (`one-load`).
 */
import type { Finding, StageAnalysis } from '../model/analysis.js';

/** Relative loss of throughput that counts as a fall. */
export const throughputNoise = 0.03;

/** Over the measured stages of a run. */
export function findPeak(stages: readonly StageAnalysis[]): Finding<{ stage: number; passed: boolean }> {
  // What bursts bring a second is how often they were released; an offline load has no more or less of itself.
  const usable = usableStages(stages.filter(({ level }) => level.of !== 'burst' && level.of !== 'pairs'));
  const [first, ...rest] = usable;
  if (!first) return { kind: 'absent', why: 'no-valid-stage' };
  if (rest.every((stage) => stage.level.value === first.level.value)) return { kind: 'absent', why: 'one-load' };
  const best = usable.reduce((most, stage) => (stage.achievedRps > most.achievedRps ? stage : most));
  const passed = usable.some((stage) => stage.level.value > best.level.value && stage.achievedRps <= best.achievedRps * (1 - throughputNoise));
  return { kind: 'found', value: { stage: best.index, passed } };
}

/** Stages with answers and a measurement that is not invalid, smallest load first. */
export function usableStages(stages: readonly StageAnalysis[]): StageAnalysis[] {
  return stages
    .filter((stage) => stage.latencyMs.n > 0 && stage.validity.status !== 'invalid')
    .toSorted((a, b) => a.level.value - b.level.value || a.index - b.index);
}
