import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseGate } from '../../harness/gate/index.js';
import { metrics } from '../../harness/model/metric.js';
import { presetNames, presets } from '../../harness/model/preset.js';
import { least, mistakesIn, planOf } from './in-memory.js';

const ids = (text: string, flags: Parameters<typeof planOf>[1] = {}): string[] => planOf(text, flags).gates.map(({ id }) => id);

test('every gate of every preset can be read', () => {
  for (const name of presetNames) {
    for (const [metric, expressions] of Object.entries(presets[name])) {
      assert.ok(metric in metrics);
      for (const expression of expressions) assert.ok('gate' in parseGate(metric, expression, 'error'), `${name}: ${metric} ${expression}`);
    }
  }
});

test('a preset brings its gates; a metric that the scenario asks about itself is the scenario’s', () => {
  assert.deepEqual(ids(`${least}gates: {preset: smoke}\n`), ['errors rate<5%', 'answers flips==0']);
  const own = ids(`${least}gates: {preset: recommended, errors: "rate<3%"}\n`);
  assert.ok(own.includes('errors rate<3%') && !own.includes('errors rate<1%') && own.includes('rps rate>=baseline*0.95'));
  assert.deepEqual(ids(least, { flags: { preset: 'smoke' } }), ['errors rate<5%', 'answers flips==0'], '--preset');
});

test('a preset asks of a load what it has: a search has no stages of its own, a job no requests', () => {
  const search = ids('load: {search: {from: 5, to: 50}}\ngates: {preset: recommended, latency: "p(95)<1s"}\n');
  assert.ok(!search.some((id) => id.startsWith('rps')), search.join());
  const job = ids('load: {job: {command: "true"}}\ngates: {preset: recommended}\n');
  assert.deepEqual(job, ['rss max<=baseline*1.2', 'vram max<=baseline*1.1']);
});

test('who names a baseline and asks nothing of it has the usual gates; who asks has no more', () => {
  assert.ok(ids(least, { flags: { heldAgainst: true } }).includes('latency p(95)<=baseline*1.1'));
  assert.deepEqual(ids(`${least}gates: {rps: "rate>=baseline*0.9"}\n`, { flags: { heldAgainst: true } }), ['rps rate>=baseline*0.9']);
});

test('an unknown preset is a mistake with the nearest name; so is a baseline where there can be none', () => {
  assert.match(mistakesIn(`${least}gates: {preset: recomended}\n`).join(), /gates\.preset: expected one of smoke, recommended, release; did you mean "recommended"\?/);
  assert.match(mistakesIn('load: {search: {from: 5, to: 50}}\ngates: {latency: ["p(95)<1s", "p(95)<=baseline"]}\n').join(), /compare the capacity/);
  assert.match(mistakesIn(`${least}policy: {baseline: maybe}\n`).join(), /expected refuse, advisory or accept/);
  assert.match(mistakesIn(`${least}policy: {baseline: {modle: accept}}\n`).join(), /modle/);
});

test('the policy on baselines stands in the plan only where it is written', () => {
  assert.deepEqual(planOf(least).policy, { confidence: 0.95, inconclusive: 'warn', strict: false });
  assert.deepEqual(planOf(`${least}policy: {baseline: advisory, minRuns: 3}\n`).policy, { confidence: 0.95, inconclusive: 'warn', strict: false, minRuns: 3, baseline: { machine: 'advisory', driver: 'advisory', engine: 'advisory', model: 'advisory', plan: 'advisory' } });
  assert.deepEqual(planOf(`${least}policy: {baseline: {model: accept}}\n`).policy.baseline, { model: 'accept' });
});
