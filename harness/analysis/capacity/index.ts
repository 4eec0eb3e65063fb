/** How many replicas the targets take: the rate that one server bears (held-rate.ts), and the formula (replicas.ts). */
import { usualCapacityPlan, type Capacity } from '../../model/capacity.js';
import type { Finding } from '../../model/estimate.js';
import type { RunRecord } from '../../model/record.js';
import { heldRate, type HeldInput } from './held-rate.js';
import { perReplica, replicaRow } from './replicas.js';
import { targetRates } from './target-rates.js';

/** By the plan's assumptions, or the usual ones where it has none. */
export function analyseCapacity(input: HeldInput): Finding<Capacity> {
  const held = heldRate(input);
  if (held.kind === 'absent') return held;
  const plan = input.record.plan.capacity ?? usualCapacityPlan;
  const perReplicaRps = perReplica(held.value.lowRps, plan);
  return {
    kind: 'found',
    value: {
      held: held.value, plan, perReplicaRps,
      rows: targetRates(plan.targetsRps, perReplicaRps).map(({ targetRps, asked }) => replicaRow(targetRps, asked, held.value, plan)),
      cacheShare: cacheShare(input.record, held.value.stages),
    },
  };
}

function cacheShare({ stages }: RunRecord, indexes: readonly number[]): number | null {
  const caches = stages.flatMap(({ stage, cache }) => (indexes.includes(stage.index) && cache ? [cache] : []));
  const total = caches.reduce((sum, { hit, partial, miss }) => sum + hit + partial + miss, 0);
  return total === 0 ? null : caches.reduce((sum, { hit }) => sum + hit, 0) / total;
}
