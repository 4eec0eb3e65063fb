import type { Measured } from '../model/analysis.js';
import { restsOnBaseline, type GatePlan } from '../model/metric.js';
import type { Check } from '../model/verdict.js';
import { decide } from '../model/decide.js';
import { changeCheck, refusal, type Held } from './change.js';

/** Measured, and yet without a number: a spike whose limit did not hold before it, or that was watched too shortly; a job that did not print the figure, or printed NaN; a soak too short for a slope. */
const undecided: ReadonlySet<string> = new Set(['not-held-before', 'cut-short', 'too-short', 'no-such-metric', 'one-line', 'not-finite']);

/** One gate on one measurement. A gate is judged on data or says why not; it never passes for want of data. */
export function checkOf(gate: GatePlan, measured: Measured, stageName: string | null, held: Held): Check {
  const stage: Record<string, string> = stageName === null ? {} : { stage: stageName };
  const shared = {
    id: stageName === null ? gate.id : `${gate.id} @ ${stageName}`,
    expression: gate.expression,
    metric: gate.metric,
    stage: measured.stage,
    limit: gate.limit,
    unit: gate.unit,
    level: gate.level,
  };
  const blank = { actual: null, low: null, high: null };
  const { value } = measured;
  const numbers = value.kind === 'found' && !measured.infinite ? { actual: value.value.value, low: value.value.low, high: value.value.high } : blank;

  // A wrong answer is wrong however late the generator was; a right one proves nothing in a broken measurement.
  const wrong = gate.metric === 'answers' && value.kind === 'found' && gate.limit !== null && decide(value.value, gate.operator, gate.limit) === 'fail';
  if (!measured.valid && !wrong) return { ...shared, ...numbers, status: 'invalid', reason: { code: 'stage-invalid', params: stage } };
  const refused = restsOnBaseline(gate) && held.against !== null ? refusal(held) : null;
  if (refused !== null) return { ...shared, ...numbers, status: 'inconclusive', reason: { code: 'baseline-unlike', params: { ...stage, ...refused } } };
  if (restsOnBaseline(gate) && held.against === null) return { ...shared, ...numbers, status: 'inconclusive', reason: { code: 'no-baseline', params: stage } };
  if (measured.infinite) {
    const status = decide({ low: Infinity, high: Infinity }, gate.operator, gate.limit ?? 0) === 'pass' ? 'pass' : 'fail';
    return { ...shared, ...blank, status, reason: { code: 'beyond-every-bound', params: stage } };
  }
  if (value.kind === 'absent') {
    if (value.needed !== undefined) return { ...shared, ...blank, status: 'inconclusive', reason: { code: value.why === 'too-few-pairs' ? 'too-few-pairs' : 'too-few', params: { ...stage, needed: value.needed, why: value.why } } };
    if (value.why === 'no-stage') return skippedCheck(gate, 'no-stage');
    return { ...shared, ...blank, status: undecided.has(value.why) ? 'inconclusive' : 'skipped', reason: { code: 'not-measured', params: { ...stage, why: value.why } } };
  }
  const { low, high, n, confidence } = value.value;
  const { limit } = gate;
  if (limit === null) return { ...shared, ...numbers, ...changeCheck(gate, measured, stage, held) };
  const status = decide({ low, high }, gate.operator, limit);
  const params = { ...stage, n, confidence };
  if (status !== 'inconclusive') return { ...shared, ...numbers, status, reason: { code: status === 'pass' ? 'within' : 'beyond', params } };
  if (measured.unseen !== undefined) return { ...shared, ...numbers, status, reason: { code: 'gpu-unseen', params: { ...params, stages: measured.unseen } } };
  if (measured.needed !== undefined) return { ...shared, ...numbers, status, reason: { code: 'too-few', params: { ...params, needed: measured.needed } } };
  return { ...shared, ...numbers, status, reason: { code: low === null || high === null ? 'unbounded' : 'straddles', params } };
}

/** A gate that fits no stage, or for which the analysis has nothing: named, so that nobody takes silence for a pass. */
export function skippedCheck(gate: GatePlan, code: 'no-stage' | 'not-measured'): Check {
  return {
    id: gate.id, expression: gate.expression, metric: gate.metric, stage: null, actual: null, low: null, high: null,
    limit: gate.limit, unit: gate.unit, level: gate.level, status: 'skipped',
    reason: { code, params: code === 'not-measured' ? { why: 'the run brought nothing to judge' } : {} },
  };
}
