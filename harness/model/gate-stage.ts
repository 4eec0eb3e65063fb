import type { GatePlan } from './metric.js';
import { levelOf, type Stage } from './stage.js';

/**
 * Whether a gate is judged on this stage. `users`, `rate` and `burst` compare the number of the stage's load, `stage` its name or its index from 0;
 * all that are given must hold. Warm-up stages are never judged, recovery is a figure of spikes alone, pairs of offline loads, drift and leak of soaks.
 */
export function picksStage({ metric, selector }: Pick<GatePlan, 'metric' | 'selector'>, stage: Stage): boolean {
  if (stage.role !== 'measure' || !isOfItsKind(metric, stage)) return false;
  const level = levelOf(stage.arrival);
  for (const of of ['users', 'rate', 'burst'] as const) {
    const value = selector[of];
    if (value !== undefined && !(level.of === of && Number(value) === level.value)) return false;
  }
  const { stage: wanted } = selector;
  return wanted === undefined || wanted === stage.name || wanted === String(stage.index);
}

function isOfItsKind(metric: string, { arrival, soak }: Stage): boolean {
  if (metric === 'recovery') return arrival.kind === 'spike';
  if (metric === 'pairs') return arrival.kind === 'offline';
  return (metric !== 'drift' && metric !== 'leak') || soak === true;
}
