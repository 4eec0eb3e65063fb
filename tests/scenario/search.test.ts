import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describePlan, estimatePlan } from '../../harness/scenario/index.js';
import { mistakesIn, planOf } from './in-memory.js';

const scenario = (search: string, gates = 'gates: {latency: ["p(95)<100ms"]}\n', warmup = '2s'): string => `server: {simulated: {}}\nload:\n  warmup: ${warmup}\n  search: ${search}\n${gates}`;
const mistakes = (text: string): readonly string[] => mistakesIn(text).map((line) => line.replace(/^s\.yaml:\d+:\d+: /, ''));

test('a search in numbers: defaults, the requests its gates need, and twice the longest way as budget', () => {
  const { load } = planOf(scenario('{from: 20, to: 2000}'));
  assert.deepEqual(load.stages, []);
  const { budgetS, ...rest } = load.search!;
  assert.deepEqual(rest, { fromRps: 20, toRps: 2000, resolution: 0.05, process: 'poisson', inFlight: null, warmupS: 2, durationS: 10, requests: 398, confirm: 3 });
  assert.equal(budgetS, Math.ceil(2 * estimatePlan(planOf(scenario('{from: 20, to: 2000}'))).loadS));
  // 1 % of errors takes 459 requests, p99 2,010.
  assert.equal(planOf(scenario('{from: 20, to: 2000}', 'gates: {latency: ["p(95)<1s"], errors: ["rate<1%"]}\n')).load.search?.requests, 459);
  assert.equal(planOf(scenario('{from: 20, to: 2000}', 'gates: {latency: ["p(99)<1s"]}\n')).load.search?.requests, 2010);
  assert.equal(planOf(scenario('{from: 20, to: 2000}', 'gates: {latency: ["p(95)<1s", {threshold: "p(99)<2s", level: warn}]}\n')).load.search?.requests, 398);
});

test('what is known before the run is printed', () => {
  const text = describePlan(planOf(scenario('{from: 20, to: 2000, resolution: 2%, confirm: 1}')));
  assert.match(text, /^search {4}the highest rate from 20\/s to 2000\/s that meets the gates, to 2 %: doubled until it fails, halved, confirmed once$/m);
  assert.match(text, /^probes {4}at most \d+, poisson arrivals; each 2 s of warm-up and 10 s or as long as 398 requests take$/m);
  assert.match(text, /^load {6}at most [\d.]+ min where every probe decides at once, in any case no probe that would end after [\d.]+ min, about [\d,]+ requests/m);
  assert.doesNotMatch(text, /undefined|NaN/);
});

test('each mistake is one sentence, and nothing is started', () => {
  const given = (search: string, gates?: string): readonly string[] => mistakes(scenario(search, gates));
  assert.deepEqual(given('{from: 200, to: 20}'), ['load.search.to: must be higher than from, which is 200']);
  assert.deepEqual(given('{from: 20}'), ['load.search.to: is missing']);
  assert.match(given('{from: 20, to: 2000, resolution: 90%}')[0] ?? '', /^load\.search\.resolution: expected a share from 0\.001 to 0\.5/);
  assert.match(given('{from: 20, to: 2000, budget: 30s}')[0] ?? '', /^load\.search\.budget: 30 s are too short for 99 % confidence: the search may take \d+ probes of at least 398 requests, [\d.]+ min in all; give budget: \d+s, /);
  for (const gates of ['', 'gates: {latency: ["avg<10ms"]}\n', 'gates: {latency: [{threshold: "p(95)<10ms", level: warn}], errors: ["count==0"]}\n']) assert.match(given('{from: 20, to: 2000}', gates)[0] ?? '', /: a search needs a gate that tells a rate that holds from one that does not/);
  assert.deepEqual(given('{from: 20, to: 2000}', 'gates: {"latency{rate:50}": ["p(95)<100ms"], errors: ["rate<1%"]}\n'), ['gates.latency{rate:50}: a search chooses its stages itself: write latency p(95)<100ms without a selector']);
  assert.deepEqual(given('{from: 20, to: 2000}', 'gates: {latency: ["p(95)<100ms"], rps: ["rate>=50"]}\n'), ['gates.rps: a search chooses the rates itself: ask for the rate that is found with capacity']);
  assert.deepEqual(given('{from: 0.001, to: 10}'), ['load.search.from: the gates need 398 requests a probe, which at 0.001 requests a second take longer than a day: begin higher']);
  assert.deepEqual(mistakes('server: {simulated: {}}\nload: {open: {rates: 5}}\ngates: {capacity: ["rate>=5"]}\n'), ['gates.capacity: the capacity is what a search finds: it needs load.search']);
});

test('the budget that the sentence names is enough', () => {
  const [, needed = ''] = /give budget: (\d+s)/.exec(mistakes(scenario('{from: 20, to: 2000, budget: 30s}'))[0] ?? '') ?? [];
  const { budgetS } = planOf(scenario(`{from: 20, to: 2000, budget: ${needed}}`)).load.search!;
  assert.equal(`${String(budgetS)}s`, needed);
});
