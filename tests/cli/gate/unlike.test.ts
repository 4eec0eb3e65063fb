import assert from 'node:assert/strict';
import { readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { baselineSchema } from '../../../harness/model/baseline.js';
import { BenchError } from '../../../harness/model/error.js';
import type { RunRecord } from '../../../harness/model/record.js';
import { accept, accepted, base, gateOf, judged, refused, run } from './judged.js';

before(accept);

const elsewhere = (change: Partial<RunRecord['environment']>): string => run(20, { change: ({ environment }) => ({ environment: { ...environment, ...change } }) });
const policy = (baseline: RunRecord['plan']['policy']['baseline']): string => run(40, { change: ({ environment, plan }) => ({ environment: { ...environment, cores: 8 }, plan: { ...plan, policy: { ...plan.policy, baseline } } }) });

test('a baseline of something else is refused: another machine, driver, engine, model, plan', async () => {
  const server = (record: RunRecord): RunRecord['server'] => record.server && { ...record.server, modelSha256: 'ee'.repeat(32) };
  await assert.rejects(judged([elsewhere({ cores: 8 })], { baseline: accepted }), refused('baseline-unlike', /differs from this run in the machine\. .*the machine: Synthetic CPU, 4 cores, 16 GiB → Synthetic CPU, 8 cores, 16 GiB/));
  await assert.rejects(judged([run(20, { change: (record) => ({ server: server(record) }) })], { baseline: accepted }), refused('baseline-unlike', /the model: mgeo-shape cdcd/));
  await assert.rejects(judged([run(20, { change: () => ({ engine: { name: 'autocannon', version: '9.0.0', why: 'asked' } }) })], { baseline: accepted }), refused('baseline-unlike', /the load engine: k6 2\.2\.0 → autocannon 9\.0\.0/));
  await assert.rejects(judged([run(20, { gpus: [{ uuid: 'GPU-1', baselineMiB: 1, loadedMiB: 2, peakMiB: 3 }] })], { baseline: accepted }), refused('baseline-unlike', /the GPU or its driver: no GPU → /));
  await assert.rejects(judged([run(20, { change: ({ plan }) => ({ plan: { ...plan, seed: 99 } }) })], { baseline: accepted }), refused('baseline-unlike', /the plan: seed: 1 → 99$/));
});

test('a baseline of another plan: every setting that differs is named, old and new; a file of version 1 is read, and says that it cannot name them', async () => {
  const changed = run(20, { change: ({ plan }) => ({ plan: { ...plan, answers: { ...plan.answers, golden: 5 }, load: { ...plan.load, timeoutS: 3, stages: plan.load.stages.slice(0, 1) } } }) });
  await assert.rejects(judged([changed], { baseline: accepted }), (error) => {
    assert.ok(error instanceof BenchError);
    assert.deepEqual(error.details, ['the plan: answers.golden: 200 → 5', 'the plan: load.timeoutS: 10 → 3', 'the plan: load.stages[1]: 8 users → —']);
    return true;
  });
  const { fingerprint: { asked, ...print }, ...rest } = baselineSchema.parse(JSON.parse(readFileSync(accepted, 'utf8')));
  assert.equal(asked?.['load.stages[1].arrival.users'], '8');
  const old = join(base, 'baselines', 'old.json');
  writeFileSync(old, JSON.stringify({ ...rest, schema: 'mgeo-bench/baseline/1', fingerprint: print }));
  assert.equal((await judged([run(20)], { baseline: old })).code, 0);
  await assert.rejects(judged([run(20, { change: ({ plan }) => ({ plan: { ...plan, seed: 99 } }) })], { baseline: old }), refused('baseline-unlike', /the plan: [0-9a-f]{12} → [0-9a-f]{12} the plan: the baseline does not say what it asked/));
});

test('a baseline of something else is not refused for other gates, another name of the host, or a little memory that the kernel keeps', async () => {
  assert.equal((await judged([elsewhere({ memoryMiB: 16_300, kernel: '6.9' })], { baseline: accepted })).code, 0);
  assert.equal((await judged([run(20, { gates: [gateOf('latency', 'p(50)<=baseline*1.2')] })], { baseline: accepted })).code, 0);
});

test('a baseline of something else is advisory or accepted where the policy says so', async () => {
  const advisory = await judged([policy({ machine: 'advisory' })], { baseline: accepted });
  assert.equal(advisory.code, 0, 'it only warns');
  assert.match(advisory.out, /✗ fail latency p\(95\).*it only warns, for the baseline is unlike in machine \(Synthetic CPU, 4 cores, 16 GiB → Synthetic CPU, 8 cores, 16 GiB\)/);
  assert.equal((await judged([policy({ machine: 'accept' })], { baseline: accepted })).code, 1);
});

test('a baseline of another scenario, missing, or without the stage: exit 2 with the nearest names', async () => {
  await assert.rejects(judged([run(20, { change: ({ plan }) => ({ plan: { ...plan, name: 'other' } }) })], { baseline: accepted }), refused('baseline-unfit', /is of the scenario synthetic, not of other/));
  const others = join(base, 'baselines', 'others.json');
  writeFileSync(others, readFileSync(accepted, 'utf8').replace('"scenario": "synthetic"', '"scenario": "others"'));
  await assert.rejects(judged([run(20)], { baseline: others }), refused('baseline-unfit', /is of the scenario others, not of synthetic\. .* There are \S.*; did you mean \S*baselines\/synthetic\.json\?/));
  unlinkSync(others);
  await assert.rejects(judged([run(20)], { baseline: join(base, 'baselines', 'synthetik.json') }), refused('baseline-missing', /did you mean .*synthetic\.json/));
  writeFileSync(join(base, 'baselines', 'synthetie.json'), '{"name": "something else"}');
  await assert.rejects(judged([run(20)], { baseline: join(base, 'baselines', 'synthetik.json') }), refused('baseline-missing', /There (?:is|are) (?!.*synthetie)(?:\S+, )*\S*baselines\/synthetic\.json; did you mean/), 'only baselines are told');
  const loose = ({ plan }: RunRecord): Partial<RunRecord> => ({ plan: { ...plan, policy: { ...plan.policy, baseline: { plan: 'accept' } } } });
  await assert.rejects(judged([run(20, { users: [3], gates: [gateOf('latency{users:3}', 'p(95)<=baseline')], change: loose })], { baseline: accepted }), refused('baseline-unfit', /"latency\{users:3\} p\(95\)<=baseline" fits no stage of the baseline .* There are users:2, users:8; did you mean users:2\?/));
});
