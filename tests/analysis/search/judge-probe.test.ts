import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeProbe } from '../../../harness/analysis/index.js';
import type { SearchProbe } from '../../../harness/model/search.js';
import { openStage, type OpenShape } from '../open-stage.js';
import { buildRecord, namedGate, percentileGate, type StageShape } from '../record-builder.js';
import { searchPlanOf, slo } from '../search-record.js';

const gates = [slo, namedGate('errors', 'rate', '<', 0.01)];

function judged(shape: OpenShape, change: StageShape['change'] = () => ({}), of = gates): SearchProbe {
  const open = openStage(shape);
  const record = buildRecord({ stages: [{ ...open, change: (stage) => { const made = { ...stage, ...open.change?.(stage) }; return { ...made, ...change(made) }; } }], gates: of, change: ({ plan }) => ({ plan: { ...plan, load: { ...plan.load, stages: [], search: searchPlanOf() } }, search: { probes: [], end: null } }) });
  return judgeProbe(record, record.stages[0]!);
}
const said = ({ state, reason }: SearchProbe): string => `${state} ${reason.code}`;

test('pass: every gate is shown; the one nearest to its limit is named', () => {
  const probe = judged({ rateRps: 100, latencyMs: 50 });
  assert.deepEqual([said(probe), probe.rateRps, probe.due, probe.purpose, probe.needed], ['pass within', 100, 1200, 'bracket', null]);
  assert.deepEqual(probe.reason.params, { gate: slo.id, bad: 0, n: 1200, allowed: 0.05 });
  assert.equal(judged({ rateRps: 100, latencyMs: 50, errors: { 'http-503': 2 } }).reason.params['gate'], gates[1]!.id);
});

test('fail: slow requests, failed ones (+∞ for a latency too), and a backlog that grows', () => {
  assert.equal(said(judged({ rateRps: 100, latencyMs: 150 })), 'fail beyond');
  assert.deepEqual(judged({ rateRps: 100, latencyMs: 50, errors: { 'http-503': 200 } }, undefined, [slo]).reason, { code: 'beyond', params: { gate: slo.id, bad: 200, n: 1200, allowed: 0.05 } });
  const slipping = judged({ rateRps: 200, endedRps: 150, latencyMs: 50, waited: 10 });
  assert.deepEqual([said(slipping), slipping.reason.params], ['fail unstable', { askedRps: 200, endedRps: 150 }]);
});

test('a limit itself is bad for < and good for <=', () => {
  const exact: StageShape['change'] = () => ({});
  const at = (operator: '<' | '<='): string => said(judged({ rateRps: 100, latencyMs: 110 / 1.1 }, exact, [percentileGate('latency', 95, operator, 110)]));
  assert.deepEqual([at('<'), at('<=')], ['undecided too-few', 'pass within'], 'one latency of 21 lies on the limit: 4.8 %');
});

test('undecided: too few requests, with the number that would decide; never of a measurement that is not valid', () => {
  const few = judged({ rateRps: 5, latencyMs: 50 });
  assert.equal(said(few), 'undecided too-few');
  assert.ok(few.needed !== null && few.needed > few.due);
  for (const [why, shape] of [['lag', { rateRps: 100, latencyMs: 50, lagP99Ms: 40 }], ['unsent', { rateRps: 100, latencyMs: 50, unsent: 5 }]] as const) {
    const probe = judged(shape);
    assert.deepEqual([said(probe), probe.reason.params], ['undecided invalid', { why }], why);
  }
  assert.deepEqual(judged({ rateRps: 100 }, () => ({ status: 'engine-failed', why: 'died' })).reason, { code: 'invalid', params: { why: 'engine-failed' } });
});

test('gates that only warn, or that are no shares, do not steer', () => {
  assert.equal(said(judged({ rateRps: 100, latencyMs: 150 }, undefined, [percentileGate('latency', 95, '<', 100, { level: 'warn' }), namedGate('latency', 'avg', '<', 10, { unit: 'ms' }), percentileGate('latency', 50, '<', 500)])), 'pass within');
});
