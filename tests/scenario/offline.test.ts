import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planSchema } from '../../harness/model/plan.js';
import { describePlan, estimatePlan } from '../../harness/scenario/index.js';
import { mistakesIn, planOf } from './in-memory.js';

const load = (text: string): string => `load: {${text}}\n`;
const template = (batch: string): string => `request: {template: {path: /v1, body: {q: ["{{a}}", "{{b}}"]}, score: s, keys: {left: q, right: q}${batch}}}\n`;

test('one stage, with every default in it; the dataset makes as many pairs, and the plan knows requests and bytes', () => {
  const plan = planOf(load('offline: {pairs: 1000}'));
  assert.deepEqual(planSchema.parse(plan), plan);
  assert.deepEqual(plan.load.stages, [{
    index: 0, name: '1000 pairs', role: 'measure', arm: '', repeat: 0, warmupS: 0, durationS: 3600, minRequests: null, arrival: { kind: 'offline', pairs: 1000, requests: 32, batch: 32, inFlight: 8 },
  }]);
  assert.deepEqual(plan.request.batch, { path: '/similarity/batch', body: '{"pairs":[{{pairs}}]}', pair: '[{{a}},{{b}}]', scoresPath: ['similarities'], scorePath: [] });
  assert.deepEqual(Object.values(plan.dataset.mix), [250, 250, 250, 250, 0]);
  const pair = JSON.stringify({ addr1: '', addr2: '' }).length + 100;
  const { requests, sentMiB } = estimatePlan(plan, { latencyMs: 1, bodyBytes: pair });
  // 1,000 pairs ["…","…"], 32 frames {"pairs":[]}, and a comma between two pairs of a request.
  assert.deepEqual([requests, Math.round(sentMiB * 2 ** 20)], [32, 1000 * (100 + 7) + 32 * 12 + 968]);
  assert.match(describePlan(plan), /1000 pairs {2}32 a request, 8 at a time {2}none {5}until all are answered, at most 60 min {2}32\n[^]*POST \/similarity\/batch /);
});

test('a plan that sends no batch knows nothing of them: its hash is what it was', () => {
  assert.equal(planOf(load('closed: {users: 2}')).request.batch, undefined);
  assert.equal(planOf(load('offline: {pairs: 10, batch: 1}')).request.batch, undefined);
});

test('a format without a batch endpoint sends single calls, and the plan says so', () => {
  for (const request of [template(''), 'request: {similarity: {batch: off}}\n']) {
    const plan = planOf(request + load('offline: {pairs: 100, batch: 16}'));
    assert.deepEqual(plan.load.stages[0]?.arrival, { kind: 'offline', pairs: 100, requests: 100, batch: 1, inFlight: 8, askedBatch: 16 });
    assert.match(describePlan(plan), /one a request, 8 at a time: (?:template|similarity) has no batch endpoint, so single calls in place of 16/);
  }
});

test('a template has the batch endpoint that it says; a similarity server may have it elsewhere', () => {
  const plan = planOf(template(', batch: {path: /v1/many, body: {qs: ["{{pairs}}"]}, pair: {l: "{{a}}", r: "{{b}}"}, scores: data.list, score: s}') + load('offline: {pairs: 100, batch: 16}'));
  assert.deepEqual(plan.request.batch, { path: '/v1/many', body: '{"qs":[{{pairs}}]}', pair: '{"l":{{a}},"r":{{b}}}', scoresPath: ['data', 'list'], scorePath: ['s'] });
  assert.equal(planOf(`request: {similarity: {path: /match}}\n${load('offline: {pairs: 100}')}`).request.batch?.path, '/match/batch');
});

test('each mistake is told at its place', () => {
  const one = (text: string, set: string[] = []): string => mistakesIn(text, { set }).join('\n');
  assert.match(one(load('offline: {pairs: 10, inFlight: 0}')), /^s\.yaml:1:\d+: load\.offline\.inFlight: expected a whole number from 1/);
  assert.match(one(load('offline: {pairs: 10, batch: 0}')), /load\.offline\.batch: expected a whole number from 1/);
  assert.match(one(load('offline: {batch: 4}')), /load\.offline\.pairs: is missing/);
  assert.match(one(load('offline: {pairs: 1000, batch: 300}')), /load\.offline\.batch: 300 pairs in a request are more than the 256 that the reference server takes/);
  assert.match(one(`server: {reference: {args: ["--max-pairs", "64"]}}\n${load('offline: {pairs: 1000, batch: 65}')}`), /more than the 64/);
  assert.match(one(`dataset: {pairs: 5}\n${load('offline: {pairs: 10}')}`), /dataset\.pairs: 5 pairs are fewer than the 10 that the load sends, each once/);
  assert.match(one(`dataset: {mix: {high: 5, abnormal: 5}}\n${load('offline: {pairs: 10}')}`), /dataset\.mix\.abnormal: an offline load sends pairs, and an abnormal request is none/);
  assert.match(one(`request: {batched: {}}\n${load('offline: {pairs: 10}')}`), /request/);
  assert.match(one(template(', batch: {path: /m, body: {qs: []}, pair: ["{{a}}", "{{b}}"], scores: s}') + load('offline: {pairs: 10}')), /request\.template\.batch\.body: \{\{pairs\}\} must stand in the body, where the pairs go/);
  assert.match(one(template(', batch: {path: /m, body: {qs: ["{{pairs}}"]}, pair: ["{{a}}"], scores: s}') + load('offline: {pairs: 10}')), /request\.template\.batch\.pair: \{\{b\}\} must stand in the body/);
  assert.match(one(`gates: {pairs: "rate>1/s"}\n${load('closed: {users: 2}')}`), /gates\.pairs: what becomes of a lot of pairs is a figure of offline loads: it needs load\.offline/);
  assert.deepEqual(mistakesIn(`server: {url: "http://127.0.0.1:9"}\n${load('offline: {pairs: 1000, batch: 300}')}gates: {x: "a"}\n`).filter((line) => line.includes('offline')), [], 'of another server nobody knows');
});
