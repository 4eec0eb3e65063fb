/** A candidate against a baseline through the whole program: the same, slower, and runs held against a file. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { comparisonRecordSchema } from '../../harness/model/comparison.js';
import { all, parseXml } from '../report/xml.js';
import { readJson, scratch } from './cli.js';
import { oneProcess } from './one-process.js';

/** Simulated runs start nothing: all of them run in one process. */
const read = oneProcess();

/** As it ships, with few pairs of addresses and few pairs of runs. */
const simulated = ['--engine', 'simulated', '--set', 'compare={pairs: 2, mostPairs: 2}', '--set', 'dataset.mix={high: 200, low: 200, boundary: 0, noisy: 0}', '--set', 'answers.golden=60', '--progress', 'none'];

test('release-gate: the same twice passes with 0, a slower candidate fails with 1, in both languages', async () => {
  const folder = scratch();
  const [same, slow] = await Promise.all([
    read(['run', 'release-gate', ...simulated, '--output', join(folder, 'same')]),
    read(['run', 'release-gate', ...simulated, '--set', 'matrix.server.candidate.simulated.service=10.6ms', '--output', join(folder, 'slow'), '--lang', 'both']),
  ]);
  assert.equal(same.code, 0, same.stderr);
  assert.match(same.stdout, /Passed: On a simulated queue: Against the baseline all 4 gates hold/);
  assert.equal(slow.code, 1, slow.stderr);
  assert.match(slow.stdout, /“candidate” does not hold against the baseline: latency p\(50\)<=baseline\*1\.03 at “2 users”, × 1\.06/);
  const { checks = [], rounds } = comparisonRecordSchema.parse(readJson(join(folder, 'slow'), 'comparison.json'));
  assert.deepEqual(rounds.map(({ arm }) => arm), ['baseline', 'candidate', 'candidate', 'baseline']);
  assert.equal(checks.find(({ id }) => id === 'rps rate>=baseline*0.97')?.status, 'fail');
  assert.match(readFileSync(join(folder, 'slow', 'report.zh-CN.html'), 'utf8'), /以第一个方案为基线的门禁/);
  assert.match(readFileSync(join(folder, 'slow', 'report.md'), 'utf8'), /Gates against the first arm/);
  const junit = parseXml(readFileSync(join(folder, 'slow', 'junit.xml'), 'utf8'));
  assert.ok(all(junit, 'testcase').some(({ attributes, children }) => attributes['name'] === 'candidate: rps rate>=baseline*0.97 @ 2 users' && children[0]?.name === 'failure'));
});

test('run --accept --baseline: what was accepted is what the next run is held against', async () => {
  const folder = scratch();
  const file = join(folder, 'sim.yaml');
  writeFileSync(file, 'name: sim\nserver: { simulated: { service: 20ms, parallel: 4 } }\ndataset: { seed: 7, mix: { high: 20, low: 20 } }\nload: { warmup: 1s, closed: { users: [8], duration: 20s } }\ngates: { rps: ["rate>=baseline*0.95"] }\n');
  const run = (name: string, ...more: string[]): ReturnType<typeof read> => read(['run', file, '--output', join(folder, name), '--progress', 'none', ...more]);
  const baseline = join(folder, 'baselines', 'sim.json');
  const first = await run('first');
  assert.equal(first.code, 0, first.stderr);
  assert.match(first.stdout, /no baseline yet/);
  const accepted = await read(['gate', join(folder, 'first'), '--accept', '--by', 'a test', '--baseline', baseline]);
  assert.equal(accepted.code, 0, accepted.stderr);
  const slow = await run('slow', '--set', 'server.simulated.service=40ms', '--baseline', baseline);
  assert.equal(slow.code, 1, slow.stderr);
  assert.match(slow.stdout, /rps rate>=baseline\*0\.95 does not hold at “8 users”: measured 100 req\/s .* limit 190 req\/s \(baseline 200 req\/s\)/);
  const missing = await run('never', '--baseline', join(folder, 'baselines', 'smi.json'));
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, /did you mean .*sim\.json\?/);
  const other = await run('never', '--seed', '9', '--baseline', baseline);
  assert.equal(other.code, 2);
  assert.match(other.stderr, /differs from this run in the plan\.\n {2}the plan: seed: 7 → 9\n/);
  assert.ok(!existsSync(join(folder, 'never')), 'nothing was started');
});
