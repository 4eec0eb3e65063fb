import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseRecord } from '../../../harness/analysis/index.js';
import type { Capacity } from '../../../harness/model/capacity.js';
import type { Finding } from '../../../harness/model/estimate.js';
import type { SearchEnd } from '../../../harness/model/search.js';
import { openStage, type OpenShape } from '../open-stage.js';
import { buildRecord, namedGate, percentileGate, type RecordShape } from '../record-builder.js';
import { searched, searchRecord, slo } from '../search-record.js';

const capacityOf = (shape: RecordShape): Finding<Capacity> => analyseRecord(buildRecord(shape)).capacity;
const ladder = (shapes: readonly OpenShape[], part: RecordShape = {}): Finding<Capacity> => capacityOf({ stages: shapes.map(openStage), gates: [slo], ...part });
/** "100..200 of 0,1", or why not. */
function said(finding: Finding<Capacity>): string {
  if (finding.kind === 'absent') return finding.why;
  const { lowRps, highRps, stages } = finding.value.held;
  return `${String(lowRps)}..${highRps === null ? '' : String(highRps)} of ${stages.join(',')}`;
}

test('a ladder of rates: the highest that passes below the lowest that fails', () => {
  assert.equal(said(ladder([{ rateRps: 50 }, { rateRps: 100, latencyMs: 40 }, { rateRps: 200, latencyMs: 300 }])), '100..200 of 1');
  assert.equal(said(ladder([{ rateRps: 200, latencyMs: 300 }, { rateRps: 100 }, { rateRps: 50 }])), '100..200 of 1', 'in any order');
  assert.equal(said(ladder([{ rateRps: 50 }, { rateRps: 100 }])), '100.. of 1', 'nothing failed');
  assert.equal(said(ladder([{ rateRps: 50, latencyMs: 300 }, { rateRps: 100 }])), 'no-rate-passed', 'a pass above a fail is none');
  assert.equal(said(ladder([{ rateRps: 50 }, { rateRps: 100, endedRps: 60, latencyMs: 40, waited: 50 }])), '50..100 of 0', 'what is not kept up with is not borne, whatever its latency');
});

test('what is not decided, or not valid, bounds nothing', () => {
  assert.equal(said(ladder([{ rateRps: 50 }, { rateRps: 100, latencyMs: 91.3 }, { rateRps: 200, latencyMs: 300 }])), '50..200 of 0', 'p95 lies between 99.5 and 100.4 ms');
  const invalid = { rateRps: 100, lagP99Ms: 400 };
  assert.equal(said(ladder([{ rateRps: 50 }, invalid, { rateRps: 200, latencyMs: 300 }])), '50..200 of 0');
  assert.equal(said(ladder([{ rateRps: 50, lagP99Ms: 400 }, { rateRps: 100 }])), '100.. of 1');
  assert.equal(said(ladder([invalid])), 'invalid');
  assert.equal(said(ladder([{ rateRps: 5, durationS: 6 }])), 'no-rate-passed', '30 requests bound no p95');
});

test('a rate that passed once and failed once is in doubt; repeats that agree stand together', () => {
  assert.equal(said(ladder([{ rateRps: 50 }, { rateRps: 100 }, { rateRps: 100, latencyMs: 300 }, { rateRps: 200, latencyMs: 300 }])), '50..200 of 0');
  assert.equal(said(ladder([{ rateRps: 100 }, { rateRps: 100, latencyMs: 30 }])), '100.. of 0,1');
});

test('a rate of which fewer metrics are asked than of another is not taken for borne', () => {
  const gates = [percentileGate('latency', 95, '<', 100, { selector: { rate: '200' } }), namedGate('errors', 'rate', '<', 0.05)];
  assert.equal(said(ladder([{ rateRps: 100 }, { rateRps: 200, latencyMs: 300 }], { gates })), 'no-rate-passed');
  assert.equal(said(ladder([{ rateRps: 100 }, { rateRps: 200 }], { gates })), '200.. of 1');
});

test('gates that warn, or ask for throughput, do not bound; without others there is nothing to say', () => {
  const rps = namedGate('rps', 'rate', '>=', 150, { unit: '/s' });
  assert.equal(said(ladder([{ rateRps: 100 }, { rateRps: 200 }], { gates: [slo, rps] })), '200.. of 1');
  assert.equal(said(ladder([{ rateRps: 100 }], { gates: [rps] })), 'no-gates');
  assert.equal(said(ladder([{ rateRps: 100 }], { gates: [percentileGate('latency', 95, '<', 100, { level: 'warn' })] })), 'no-gates');
});

test('a search: its found rate, also where only its lower end is known; suspect stages are counted', () => {
  assert.equal(said(capacityOf(searched({ lowMs: 40, highMs: 900 }))), '100..104 of 0,2');
  const pass = (rateRps: number, purpose: 'bracket' | 'confirm' = 'bracket') => ({ rateRps, state: 'pass' as const, purpose });
  const ended = (end: Partial<SearchEnd>, more: RecordShape = {}): string => said(capacityOf({ ...searchRecord([pass(1000), pass(2000), pass(2000, 'confirm')], { kind: 'highest-passes', lowRps: 2000, highRps: null, confirmed: 1, neededS: null, ...end }), ...more }));
  assert.equal(ended({}), '2000.. of 1,2');
  assert.equal(ended({ kind: 'unbounded' }), '2000.. of 1,2');
  assert.equal(ended({ kind: 'budget', highRps: 3000, neededS: 900 }), '2000..3000 of 1,2');
  assert.equal(ended({ kind: 'budget', confirmed: 0, neededS: 900 }), 'not-confirmed');
  assert.equal(ended({ kind: 'lowest-fails', lowRps: null, highRps: 20, confirmed: 0 }), 'no-rate-passed');
  const shape = searchRecord([pass(100), pass(100, 'confirm')], { kind: 'unbounded', lowRps: 100, highRps: null, confirmed: 1, neededS: null });
  const lagging = (lagMs: number): Finding<Capacity> => capacityOf({ ...shape, change: (record) => ({ ...shape.change?.(record), stages: record.stages.map((stage, i) => (i === 1 ? { ...stage, generator: { ...stage.generator, lagP99Ms: lagMs } } : stage)) }) });
  const doubted = lagging(5);
  assert.ok(doubted.kind === 'found' && doubted.value.held.suspect === 1);
  assert.equal(said(lagging(400)), 'invalid');
});

test('a gate that does not steer the search counts at the found rate', () => {
  const shape = searched({ lowMs: 40, highMs: 900 });
  assert.equal(said(capacityOf({ ...shape, gates: [slo, namedGate('latency', 'avg', '<', 10, { unit: 'ms' })] })), 'no-rate-passed');
  assert.equal(said(capacityOf({ ...shape, gates: [slo, namedGate('latency', 'avg', '<', 60, { unit: 'ms' })] })), '100..104 of 0,2');
});

test('no rate was asked, the run did not end, the server answers wrongly: refused with the reason', () => {
  assert.equal(said(capacityOf({ users: [2, 8], gates: [slo] })), 'closed-load');
  assert.equal(said(ladder([{ rateRps: 50 }], { change: () => ({ outcome: 'aborted' }) })), 'unfinished');
  assert.equal(said(ladder([{ rateRps: 50 }], { change: ({ probe }) => ({ probe: probe?.status === 'done' ? { ...probe, wrong: { 'no-score': 3 } } : probe }) })), 'wrong-answers');
  assert.equal(said(ladder([{ rateRps: 50 }], { gates: [slo, namedGate('rss', 'max', '<', 100, { unit: 'MiB' })] })), 'run-gate-failed');
  assert.equal(said(ladder([{ rateRps: 50 }], { gates: [slo, namedGate('rss', 'max', '<', 1000, { unit: 'MiB' })] })), '50.. of 0');
});

test('the plan of the record, or the usual one; the share that the cache answered', () => {
  const usual = ladder([{ rateRps: 100 }]);
  assert.ok(usual.kind === 'found');
  assert.deepEqual([usual.value.perReplicaRps.toFixed(6), usual.value.plan.spare, usual.value.cacheShare, usual.value.rows.map(({ asked }) => asked).includes(true)], ['63.000000', 1, null, false]);
  const asked = ladder([{ rateRps: 100 }], { change: ({ plan, stages }) => ({
    plan: { ...plan, capacity: { targetsRps: [400], growth: 0.5, headroom: 0.5, balance: 1, spare: 0 } }, stages: stages.map((stage) => ({ ...stage, cache: { hit: 30, partial: 10, miss: 60 } })),
  }) });
  assert.ok(asked.kind === 'found');
  const row = asked.value.rows.find((one) => one.asked);
  assert.deepEqual([row?.targetRps, row?.peakRps, row?.replicas, row?.load, asked.value.cacheShare], [400, 600, 12, 0.5, 0.3]);
});
