import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseRecord } from '../../harness/analysis/index.js';
import { judge } from '../../harness/gate/index.js';
import type { SearchEnd, SearchProbe } from '../../harness/model/search.js';
import type { Verdict } from '../../harness/model/verdict.js';
import { buildRecord, namedGate, type RecordShape } from '../analysis/record-builder.js';
import { searchRecord, searched, slo } from '../analysis/search-record.js';
import type { OpenShape } from '../analysis/open-stage.js';

function verdictOf(shape: RecordShape): Verdict {
  const record = buildRecord(shape);
  return judge({ record, analysis: analyseRecord(record) });
}
const pass = (rateRps: number, purpose: SearchProbe['purpose'] = 'bracket'): OpenShape & Pick<SearchProbe, 'state' | 'purpose'> => ({ rateRps, latencyMs: 40, state: 'pass', purpose });
const fail = (rateRps: number): OpenShape & Pick<SearchProbe, 'state' | 'purpose'> => ({ rateRps, endedRps: rateRps / 2, latencyMs: 900, errors: { timeout: 5 }, waited: 40, state: 'fail', purpose: 'bracket' });
const ended = (part: Partial<SearchEnd> & Pick<SearchEnd, 'kind'>): SearchEnd => ({ lowRps: null, highRps: null, confirmed: 0, neededS: null, ...part });
const asked = (limit: number) => namedGate('capacity', 'rate', '>=', limit, { unit: '/s' });

test('found: gates are judged at the found rate alone, so that probes above it fail nothing', () => {
  const verdict = verdictOf(searched({ lowMs: 40, highMs: 900 }));
  assert.deepEqual([verdict.status, verdict.exitCode, verdict.headline.code], ['pass', 0, 'search-found']);
  assert.deepEqual(verdict.checks.map(({ id }) => id), [`${slo.id} @ 100/s`, `${slo.id} @ 100/s, again 1`]);
  assert.deepEqual([verdict.headline.params['lowRps'], verdict.headline.params['highRps'], verdict.headline.params['confirmed']], [100, 104, 1]);
  assert.equal(verdict.headline.params['suspect'], undefined, 'a probe that should fail casts no doubt');
});

test('a stage at the found rate that is invalid makes the run invalid; one above it does not', () => {
  const broken = (index: number): RecordShape => {
    const shape = searched({ lowMs: 40, highMs: 900 });
    return { ...shape, change: (record) => ({ ...shape.change?.(record), stages: record.stages.map((stage, i) => (i === index ? { ...stage, generator: { ...stage.generator, lagP99Ms: 400 } } : stage)) }) };
  };
  assert.deepEqual([verdictOf(broken(2)).status, verdictOf(broken(2)).exitCode], ['invalid', 4]);
  assert.equal(verdictOf(broken(1)).status, 'pass');
});

test('the lowest rate fails: exit 1; the highest passes, or nothing above could be decided: inconclusive', () => {
  const low = verdictOf(searchRecord([fail(20)], ended({ kind: 'lowest-fails', highRps: 20 })));
  assert.deepEqual([low.status, low.exitCode, low.headline.code], ['fail', 1, 'search-lowest-fails']);
  for (const kind of ['highest-passes', 'unbounded', 'machine'] as const) {
    const high = verdictOf(searchRecord([pass(2000), pass(2000, 'confirm')], ended({ kind, lowRps: 2000, confirmed: 1 })));
    assert.deepEqual([high.status, high.exitCode, high.headline.code], ['inconclusive', 0, `search-${kind}`]);
  }
  const shape = searchRecord([pass(2000)], ended({ kind: 'budget', lowRps: 2000, neededS: 300 }));
  const policy = (part: Partial<{ strict: boolean; inconclusive: 'fail' | 'warn' }>): RecordShape => ({ ...shape, change: (record) => { const made = { ...record, ...shape.change?.(record) }; return { ...made, plan: { ...made.plan, policy: { ...made.plan.policy, ...part } } }; } });
  assert.deepEqual([verdictOf(policy({ strict: true })).exitCode, verdictOf(policy({ strict: true })).headline.params['neededS']], [4, 300]);
  const counted = verdictOf(policy({ inconclusive: 'fail' }));
  assert.deepEqual([counted.status, counted.exitCode, counted.headline.code], ['fail', 1, 'search-budget']);
});

test('capacity: passes from the confirmed rate on, fails where a rate that failed is asked for, is open between', () => {
  const statusFor = (limit: number): string | undefined => {
    const shape = searched({ lowMs: 40, highMs: 900 });
    return verdictOf({ ...shape, gates: [...(shape.gates ?? []), asked(limit)] }).checks.find(({ metric }) => metric === 'capacity')?.status;
  };
  assert.deepEqual([90, 100, 102, 104, 110].map(statusFor), ['pass', 'pass', 'inconclusive', 'fail', 'fail']);
  const high = verdictOf(searchRecord([pass(2000), pass(2000, 'confirm')], ended({ kind: 'highest-passes', lowRps: 2000, confirmed: 1 }), { gates: [slo, asked(1500)] }));
  assert.equal(high.status, 'pass', 'the question was answered without the upper end');
  const unconfirmed = verdictOf(searchRecord([pass(2000)], ended({ kind: 'budget', lowRps: 2000, confirmed: 0, neededS: 300 }), { gates: [slo, asked(1500)] }));
  assert.equal(unconfirmed.status, 'inconclusive');
});

test('a run that was cut off before its search ended is invalid', () => {
  const shape = searchRecord([pass(20), pass(40)], null);
  const verdict = verdictOf({ ...shape, change: (record) => ({ ...shape.change?.(record), outcome: 'aborted', failure: { code: 'interrupted', message: 'Stopped.', hint: '', exitCode: 130, details: [] } }) });
  assert.deepEqual([verdict.status, verdict.exitCode], ['invalid', 130]);
});
