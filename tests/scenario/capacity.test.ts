import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describePlan } from '../../harness/scenario/index.js';
import { mistakesIn, planOf } from './in-memory.js';

const scenario = (capacity: string, load = 'open: {rates: [50]}', gates = 'gates: {latency: ["p(95)<100ms"]}\n'): string => `server: {simulated: {}}\nload: {${load}}\ncapacity: ${capacity}\n${gates}`;
const mistakes = (text: string): readonly string[] => mistakesIn(text).map((line) => line.replace(/^s\.yaml:\d+:\d+: /, ''));

test('assumptions in numbers, with defaults; rates with and without their unit', () => {
  assert.deepEqual(planOf(scenario('{}')).capacity, { targetsRps: [], growth: 0, headroom: 0.3, balance: 0.9, spare: 1 });
  assert.deepEqual(planOf(scenario('{target: [500/s, "20.5 / s", 7], growth: 20%, headroom: 0.5, balance: 100%, spare: 0}')).capacity, { targetsRps: [500, 20.5, 7], growth: 0.2, headroom: 0.5, balance: 1, spare: 0 });
  assert.equal('capacity' in planOf('server: {simulated: {}}\nload: {open: {rates: [50]}}\n'), false);
  assert.match(describePlan(planOf(scenario('{target: 500/s, growth: 20%}'))), /^replicas {2}for 500\/s and 20\.0 % more: 30\.0 % kept free, balance 90\.0 %, 1 spare$/m);
});

test('a search and a soak at a rate can tell replicas as well', () => {
  for (const load of ['search: {from: 5, to: 50}', 'soak: {rate: 5}']) assert.equal(planOf(scenario('{}', load)).capacity?.spare, 1, load);
});

test('each mistake is one sentence', () => {
  const given = (capacity: string): readonly string[] => mistakes(scenario(capacity));
  for (const target of ['0', '-5', 'many', '"500 rps"', '[]', '{}']) assert.match(given(`{target: ${target}}`)[0] ?? '', /^capacity\.target(?:\.0)?: expected (?:a number of requests a second above 0, such as 500 or 500\/s|at least one rate)$/, target);
  assert.deepEqual(given('{headroom: 100%}'), ['capacity.headroom: expected a share from 0 to below 1, such as 0.3 or 30%']);
  assert.deepEqual(given('{balance: 0}'), ['capacity.balance: expected a share above 0 and at most 1, such as 0.9 or 90%']);
  assert.deepEqual(given('{spare: 1.5}'), ['capacity.spare: expected a whole number from 0 to 1000']);
  assert.match(given('{headrom: 10%}')[0] ?? '', /did you mean "headroom"/);
  for (const load of ['closed: {users: [5]}', 'burst: {requests: 50}', 'soak: {users: 5}', 'spike: {base: 5, peak: 50}']) assert.match(mistakes(scenario('{}', load))[0] ?? '', /^capacity: needs a rate that is asked of the server: load\.search or load\.open/, load);
  for (const gates of ['', 'gates: {rps: ["rate>=5"]}\n', 'gates: {latency: [{threshold: "p(95)<10ms", level: warn}]}\n']) assert.match(mistakes(scenario('{}', undefined, gates))[0] ?? '', /^capacity: needs a gate that says whether a rate is borne/, gates);
});
