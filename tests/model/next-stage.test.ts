import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstTicket, nextStage } from '../../harness/model/next-stage.js';
import { buildRecord } from '../analysis/record-builder.js';
import { searchRecord } from '../analysis/search-record.js';

test('stages as planned, one after the other, spread over the order of the bodies', () => {
  const { plan, stages } = buildRecord({ users: [1, 4, 8] });
  const at = (done: number) => ({ plan, stages: stages.slice(0, done) });
  assert.deepEqual([0, 1, 2, 3].map((done) => nextStage(at(done)).stage?.name), ['1 users', '4 users', '8 users', undefined]);
  assert.deepEqual([0, 1, 2].map((done) => firstTicket(at(done), 300)), [0, 100, 200]);
});

test('a search names each stage after its rate, and goes on in the order of the bodies; its end is told with the last', () => {
  const record = buildRecord(searchRecord([{ rateRps: 20, state: 'pass', purpose: 'bracket' }, { rateRps: 21, latencyMs: 900, state: 'fail', purpose: 'bracket' }], null, { plan: { toRps: 21, resolution: 0.05 } }));
  const { stage, search } = nextStage(record);
  assert.deepEqual([stage?.index, stage?.name, stage?.repeat, stage?.arrival.kind === 'open' && stage.arrival.rateRps, search?.end], [2, '20/s, again 1', 1, 20, null]);
  assert.equal(firstTicket(record, 300), record.stages.reduce((sum, { generator }) => sum + generator.rows, 0) % 300);
  record.search?.probes.push({ ...record.search.probes[0]!, stage: 2, purpose: 'confirm' });
  assert.deepEqual(nextStage(record), { stage: null, search: { probes: record.search?.probes, end: { kind: 'found', lowRps: 20, highRps: 21, confirmed: 1, neededS: null } } });
});
