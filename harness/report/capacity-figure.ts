/** Replicas for target rates in words and cells, the same in every output. */
import type { Capacity } from '../model/capacity.js';
import type { RunRecord } from '../model/record.js';
import { count, dash, percent, plain } from './number.js';
import type { ReportInput } from './report-input.js';
import type { Text } from './text/index.js';
import { nameIn } from './words.js';

/** Whether a report speaks of replicas: the scenario asked, a search has found a rate, or a ladder of rates has met its end. One rate that holds was a question of its own. */
export function tellsCapacity({ record, analysis: { capacity } }: ReportInput): boolean {
  if (record.plan.capacity !== undefined) return true;
  return capacity.kind === 'found' && (capacity.value.held.from === 'search' || capacity.value.held.highRps !== null);
}

/** Why there is no number of replicas, one sentence with its stop. */
export function capacityAbsence(why: string, text: Text): string {
  return `${text.capacity.absent(nameIn(text.capacity.why, why))}${text.stop}`;
}

/** What one replica bears and is given, in whole sentences. */
export function capacitySentence({ held: { lowRps, highRps }, perReplicaRps }: Capacity, text: Text): string {
  const { capacity: c } = text;
  return `${highRps === null ? c.unbounded(plain(lowRps)) : c.bounded(plain(lowRps), plain(highRps))}${text.sentenceSpace}${c.perReplica(plain(perReplicaRps))}`;
}

/** One phrase a target that the plan named, without a stop. */
export function askedTargets({ rows, plan }: Capacity, { capacity: c }: Text): string[] {
  return rows.filter(({ asked }) => asked).map(({ targetRps, replicas, fewest }) =>
    c.target(plain(targetRps), count(replicas), count(plan.spare), fewest === null || fewest === replicas ? '' : c.range(count(fewest))));
}

/** Titles of `capacityRows`. */
export function capacityHead({ plan: { growth, spare } }: Capacity, { capacity: { head } }: Text): string[] {
  return [head.target, ...(growth > 0 ? [head.peak] : []), head.replicas, head.fewest, head.load, ...(spare > 0 ? [head.loadAfterLoss(count(spare))] : [])];
}

/** One row a target. */
export function capacityRows({ rows, plan: { growth, spare, targetsRps } }: Capacity, { capacity: c }: Text): string[][] {
  return rows.map(({ targetRps, asked, peakRps, replicas, fewest, load, loadAfterLoss }) => [
    asked && targetsRps.length < rows.length ? c.asked(plain(targetRps)) : plain(targetRps), ...(growth > 0 ? [plain(peakRps)] : []),
    count(replicas), fewest === null ? dash : count(fewest), percent(load), ...(spare > 0 ? [percent(loadAfterLoss)] : []),
  ]);
}

/** Names and values of what is assumed. */
export function capacityAssumed({ plan: { growth, headroom, balance, spare } }: Capacity, { capacity: { assumed } }: Text): [string, string][] {
  return [[assumed.growth, percent(growth)], [assumed.headroom, percent(headroom)], [assumed.balance, percent(balance)], [assumed.spare, count(spare)]];
}

/** Where the figures stop being valid, one sentence each. */
export function capacityLimits({ held, cacheShare }: Capacity, { plan }: RunRecord, { capacity: { limits } }: Text): string[] {
  const { kind } = plan.server;
  return [
    ...(kind === 'simulated' ? [limits.simulated] : []),
    ...(held.suspect > 0 ? [limits.suspect(count(held.suspect), count(held.stages.length))] : []),
    limits.one,
    ...(cacheShare !== null && cacheShare > 0 ? [limits.cache(percent(cacheShare))] : []),
    limits.traffic,
    ...(kind === 'reference' || kind === 'process' ? [limits.shared] : []),
    limits.run,
  ];
}
