import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gate } from '../../../harness/cli/gate.js';
import { baselineSchema, type Baseline } from '../../../harness/model/baseline.js';
import { accept, accepted, base, gateOf, host, ioTo, judged, refused, run } from './judged.js';

test('five runs are accepted as one baseline: who, when, on what, and every figure with its interval', async () => {
  const { code, out } = await accept();
  assert.equal(code, 0);
  assert.match(out, /^Baseline of synthetic, 5 runs, accepted by an engineer/);
  assert.match(out, /8 users: latency p\(95\) 2\d\.?\d* ms \[/);
  const baseline: Baseline = baselineSchema.parse(JSON.parse(readFileSync(accepted, 'utf8')));
  assert.deepEqual([baseline.runs.length, baseline.accepted.by, baseline.fingerprint.cpu, baseline.fingerprint.engine, baseline.fingerprint.modelSha256], [5, 'an engineer', 'Synthetic CPU', 'k6 2.2.0', 'cd'.repeat(32)]);
  assert.ok(!Number.isNaN(Date.parse(baseline.accepted.at)));
  const p95 = baseline.stages[0]?.figures['latency p(95)'];
  assert.ok(p95 && p95.values.length === 5 && p95.low !== null && p95.high !== null && p95.low < p95.value && p95.value < p95.high);
});

test('what is accepted has to be sound, alike and named once', async () => {
  const path = join(base, 'baselines', 'never.json');
  const acceptThese = (...runs: string[]): Promise<unknown> => judged(runs, { accept: true, baseline: path });
  await assert.rejects(acceptThese(run(20, { change: () => ({ outcome: 'aborted', failure: { code: 'interrupted', message: 'Interrupted.', hint: '', exitCode: 130, details: [] } }) })), refused('baseline-unfit', /it was interrupted/));
  await assert.rejects(acceptThese(run(20, { gates: [gateOf('latency', 'p(95)<1ms')] })), refused('baseline-unfit', /it fails latency p\(95\)<1ms/));
  await assert.rejects(acceptThese(run(20, { change: ({ stages }) => ({ stages: stages.map((stage) => ({ ...stage, generator: { ...stage.generator, rows: stage.generator.rows + 500 } })) }) })), refused('baseline-unfit', /a measurement of it is invalid\. .*2 users: /));
  await assert.rejects(acceptThese(run(20), run(20, { seed: 3 })), refused('unlike-runs', /differs from .* in the plan\. .*the plan: seed: /));
  const twice = run(20);
  await assert.rejects(acceptThese(twice, twice), refused('usage', /named twice/));
  assert.ok(!existsSync(path));
});

test('a suspect run is accepted, and stderr says which stages and why; strictly it is refused', async () => {
  const suspect = (strict = false): string => run(20, { change: ({ plan, stages }) => ({
    plan: { ...plan, policy: { ...plan.policy, strict } },
    stages: stages.map((stage, i) => (i === 1 ? { ...stage, generator: { ...stage.generator, messages: ['level=warning msg=x'] } } : stage)),
  }) });
  const path = join(base, 'baselines', 'suspect.json');
  for (const [language, words] of [['en', /^warning: the baseline rests on a suspect measurement of the run run-\d+:\n {2}8 users: .+\n$/], ['zh-CN', /^警告：基线所依据的运行 run-\d+ 中有 1 个阶段的测量存疑：\n {2}8 个用户：.+\n$/]] as const) {
    let err = '';
    assert.equal(await gate([suspect()], { gate: [], accept: true, baseline: path }, host, { ...ioTo(() => undefined), language, err: (text) => { err += text; } }), 0);
    assert.match(err, words);
    assert.ok(existsSync(path));
  }
  const never = join(base, 'baselines', 'never-suspect.json');
  await assert.rejects(judged([suspect()], { accept: true, strict: true, baseline: never }), refused('baseline-unfit', /can be no baseline: a measurement of it is suspect.*8 users: /));
  await assert.rejects(judged([suspect(true)], { accept: true, baseline: never }), refused('baseline-unfit', /a measurement of it is suspect/));
  assert.ok(!existsSync(never));
  let err = '';
  await gate([run(20)], { gate: [], accept: true, baseline: path }, host, { ...ioTo(() => undefined), err: (text) => { err += text; } });
  assert.equal(err, '', 'of a sound run nothing is said');
});
