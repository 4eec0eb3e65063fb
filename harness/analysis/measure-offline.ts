/** The metric `pairs` of an offline load: rate, time, unanswered. A time that was not enough bounds the true one from below alone. */
import type { Estimate, Finding } from '../model/estimate.js';
import type { GatePlan } from '../model/metric.js';
import type { AnalysedStage } from './analysed-stage.js';
import { observed } from './interval.js';
import { pairsPerSecond } from './offline.js';

/** Times in ms, the unit of gates. Absent (`no-stage`) of any other load. */
export function measureOffline({ result, analysis: { offline } }: AnalysedStage, gate: GatePlan, confidence: number): Finding<Estimate> {
  const name = gate.aggregation.kind === 'named' ? gate.aggregation.name : '';
  if (offline === undefined) return { kind: 'absent', why: 'no-stage' };
  if (name === 'rate') return { kind: 'found', value: pairsPerSecond(result, offline, confidence) };
  if (name === 'unanswered') return { kind: 'found', value: observed(offline.failed + offline.missing, offline.pairs, confidence) };
  if (offline.timeS !== null) return { kind: 'found', value: observed(offline.timeS * 1000, 1, confidence) };
  return { kind: 'found', value: { ...observed(result.windowToMs - result.windowFromMs, 1, confidence), high: null } };
}
