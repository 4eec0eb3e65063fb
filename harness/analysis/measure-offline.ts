/** The metric `pairs` of an offline load: rate, time, unanswered. A time that was not enough bounds the true one from below alone. */
import type { GatePlan } from '../model/metric.js';
import type { AnalysedStage } from './analysed-stage.js';
import { observed } from './interval.js';
import type { Reading } from './measure-stage.js';
import { pairsPerSecond } from './offline.js';

/** Times in ms, the unit of gates. Absent (`no-stage`) of any other load. */
export function measureOffline({ result, analysis: { offline } }: AnalysedStage, gate: GatePlan, confidence: number): Reading {
  const name = gate.aggregation.kind === 'named' ? gate.aggregation.name : '';
  if (offline === undefined) return { value: { kind: 'absent', why: 'no-stage' } };
  if (name === 'rate') return { value: { kind: 'found', value: pairsPerSecond(result, offline, confidence) } };
  if (name === 'unanswered') return { value: { kind: 'found', value: observed(offline.failed + offline.missing, offline.pairs, confidence) } };
  if (offline.timeS !== null) return { value: { kind: 'found', value: observed(offline.timeS * 1000, 1, confidence) } };
  const waitedMs = result.windowToMs - result.windowFromMs;
  return { value: { kind: 'found', value: { ...observed(waitedMs, 1, confidence), high: null } } };
}
