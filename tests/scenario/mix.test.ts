import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planSchema } from '../../harness/model/plan.js';
import { describePlan, estimatePlan } from '../../harness/scenario/index.js';
import { mistakesIn, planOf } from './in-memory.js';

const mix = (parts: string, rest = ''): string => `load: {warmup: 2s, mix: {${parts}}}\n${rest}`;
const both = 'people: {open: {rates: 20, duration: 1m}}, bulk: {offline: {pairs: 1000}}';

test('each part is a stage under its own name, all over one window, and the lot has pairs of its own', () => {
  const plan = planOf(mix(both, 'dataset: {mix: {high: 100, low: 100}}\n'));
  assert.deepEqual(planSchema.parse(plan), plan);
  assert.deepEqual(plan.load.stages.map(({ index, name, mixed, warmupS, durationS, arrival }) => [index, name, mixed, warmupS, durationS, arrival.kind]), [[0, 'people', true, 2, 60, 'open'], [1, 'bulk', true, 2, 60, 'offline']]);
  assert.deepEqual([plan.dataset.mix.high, plan.dataset.mix.low], [600, 600]);
  assert.equal(estimatePlan(plan).loadS, 62, 'at the same time');
  assert.match(describePlan(plan), /1 {6}people {2}20\/s: poisson, at most 40 at once +2 s +until all are answered, at most 60 s +about 1,240\n2 {6}bulk {4}1,000 pairs: 32 a request, 8 at a time +none +until all are answered, at most 60 s +32\n/);
});

test('nobody says how long: 20 s, and with a lot among the parts at most 10 minutes', () => {
  const lengths = (parts: string): number[] => planOf(mix(parts)).load.stages.map(({ durationS }) => durationS);
  assert.deepEqual(lengths('a: {open: {rates: 5}}, b: {closed: {users: 2}}'), [20, 20]);
  assert.deepEqual(lengths('a: {open: {rates: 5}}, b: {offline: {pairs: 50}}'), [600, 600]);
  assert.deepEqual(lengths('a: {open: {rates: 5}}, b: {offline: {pairs: 50, timeout: 90s}}'), [90, 90]);
});

test('gates pick a part by its name, and a name that is none is told with the nearest', () => {
  assert.deepEqual(planOf(mix(both, 'gates: {"latency{stage:people}": "p(95)<1s", "pairs{stage:bulk}": "unanswered==0"}\n')).gates.map(({ selector }) => selector), [{ stage: 'people' }, { stage: 'bulk' }]);
  assert.match(mistakesIn(mix(both, 'gates: {"latency{stage:peple}": "p(95)<1s"}\n')).join(), /fits no stage; there are stage:people, stage:bulk; did you mean latency\{stage:people\}\?/);
});

test('each mistake is told at its place', () => {
  const one = (text: string): string => mistakesIn(text).join('\n');
  assert.match(one(mix('a: {open: {rates: 5}}')), /^s\.yaml:1:\d+: load\.mix: a mix is two loads at least/);
  assert.match(one(mix('a: {open: {rates: 5}}, b: {}')), /load\.mix\.b: one of closed, open, offline is missing/);
  assert.match(one(mix('a: {open: {rates: 5}, closed: {users: 1}}, b: {offline: {pairs: 5}}')), /there is closed already|there is open already/);
  assert.match(one(mix('a: {open: {rates: [5, 6]}}, b: {offline: {pairs: 5}}')), /load\.mix\.a\.open\.rates: a part of a mix is one stage: give one number/);
  assert.match(one(mix('a: {open: {rates: 5, duration: 10s}}, b: {offline: {pairs: 5, timeout: 20s}}')), /load\.mix\.b\.offline\.timeout: all parts of a mix have one window, and a has 10s: give both the same/);
  assert.match(one(mix('a: {offline: {pairs: 5}}, a: {offline: {pairs: 6}}, b: {open: {rates: 1}}')), /s\.yaml:1:\d+: this key is written twice in the same map/);
  assert.match(one(mix('a: {offline: {pairs: 5, inFlight: 0}}, b: {open: {rates: 1}}')), /load\.mix\.a\.offline\.inFlight: expected a whole number/);
  assert.match(one(mix('a: {burst: {requests: 5}}, b: {open: {rates: 1}}')), /unknown word "burst"/);
  assert.match(one(mix(both, 'server: {simulated: {}}\n')), /load\.mix: the simulated engine drives one load at a time/);
  assert.match(one(mix(both, 'dataset: {pairs: 1000}\n')), /dataset\.pairs: the offline load sends all 1,000 pairs, and the others of the mix have none/);
  assert.match(one(mix('1st: {open: {rates: 5}}, b: {offline: {pairs: 5}}')), /load\.mix/);
});
