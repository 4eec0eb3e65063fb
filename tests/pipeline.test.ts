import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { unwritable } from '../harness/host/file-failure.js';
import type { Context } from '../harness/host/index.js';
import { BenchError } from '../harness/model/error.js';
import type { Plan } from '../harness/model/plan.js';
import { conclude, runPlan } from '../harness/pipeline.js';
import { buildRecord } from './analysis/record-builder.js';
import { testContext } from './host/context.js';

const base = mkdtempSync(join(tmpdir(), 'pipeline-'));

/** A plan whose pairs are those of a file. */
function ownPlan(content: string): Plan {
  const path = join(base, 'pairs.csv');
  writeFileSync(path, content);
  const { plan } = buildRecord({ users: [1] });
  return { ...plan, dataset: { seed: 7, mix: { high: 0, low: 0, boundary: 0, noisy: 0, abnormal: 0 }, own: { file: 'pairs.csv', path, strict: false, pairs: null } } };
}

test('an output folder that is not empty is refused before a file of pairs is read', async () => {
  const output = join(base, 'full');
  mkdirSync(output);
  writeFileSync(join(output, 'old.txt'), 'x');
  const ctx = testContext();
  // The file could not be used either: which of the two is said tells what was looked at first.
  await assert.rejects(runPlan(ownPlan(''), { output, secrets: [] }, ctx), (error) => error instanceof BenchError && error.code === 'output-not-empty');
  assert.deepEqual(ctx.events, [], 'no reading was begun');
});

test('a file of pairs that cannot be used leaves no folder behind', async () => {
  const output = join(base, 'never');
  await assert.rejects(runPlan(ownPlan(''), { output, secrets: [] }, testContext()), (error) => error instanceof BenchError && error.code === 'dataset-unusable');
  assert.equal(existsSync(output), false);
});

test('the scratch copy of own pairs goes also where no record can be opened', async () => {
  const ctx = testContext();
  const folders: string[] = [];
  const failing: Context = { ...ctx, host: { ...ctx.host,
    files: { ...ctx.host.files, scratchDir: (name) => {
      const folder = ctx.host.files.scratchDir(name);
      folders.push(folder);
      return folder;
    } },
    machine: { ...ctx.host.machine, describe: () => {
      assert.deepEqual(folders.map((folder) => readdirSync(folder)), [['rows.jsonl']], 'the pairs are there by now');
      return Promise.reject(new Error('no machine'));
    } },
  } };
  await assert.rejects(runPlan(ownPlan('a,b\n甲路1号,甲路1号\n'), { output: join(base, 'unopened'), secrets: [] }, failing), /no machine/);
  assert.deepEqual(folders.map((folder) => existsSync(folder)), [false]);
});

test('the record tells what was really sent: tokens and repeats of a file of pairs, sent again and again', async () => {
  // The second pair again as the third.
  const plan = ownPlan('a,b\n西湖区文三路90号,文三路90号\n甲路1号,乙路2号\n甲路1号,乙路2号\n');
  const stage = plan.load.stages[0]!;
  const open = await runPlan({
    ...plan, server: { kind: 'simulated', parallel: 1, serviceMs: 10, sigma: 0, kappa: 0, exponential: false, errorShare: 0 },
    load: { ...plan.load, engine: 'simulated', stages: [{ ...stage, warmupS: 0, durationS: 3 }] }, telemetry: { ...plan.telemetry, gpu: 'off' },
  }, { output: join(base, 'sent'), secrets: [] }, testContext());
  const [result] = open.record.stages;
  const { sent } = result ?? {};
  assert.ok(sent && result);
  assert.equal(sent.requests, result.requests.completed);
  // 西湖区文三路90号 is 8 tokens, 文三路90号 5, 甲路1号 and 乙路2号 4 each; two texts in turn, one of them twice as often.
  assert.deepEqual(sent.tokens.map(([length]) => length), [4, 5, 8]);
  const third = sent.requests / 3;
  for (const [length, n] of sent.tokens) assert.ok(Math.abs(n - (length === 4 ? 4 : 1) * third) <= 4, `${String(length)}: ${String(n)} of ${String(sent.requests)}`);
  assert.deepEqual(sent.times.map(([, texts]) => texts), [1, 1]);
});

test('a disk that fills up mid-run ends it there: what was measured is judged and shown, and the failure says what to do', async () => {
  const plan = ownPlan('a,b\n甲路1号,甲路1号\n');
  const stage = plan.load.stages[0]!;
  const ctx = testContext();
  let saves = 0;
  // Opened, and then no room for what the first stage brings.
  const full: Context = { ...ctx, host: { ...ctx.host, files: { ...ctx.host.files, writeText: (path, text) => {
    saves += 1;
    if (saves > 1) throw unwritable(path, Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }));
    ctx.host.files.writeText(path, text);
  } } } };
  const { record } = await runPlan({
    ...plan, server: { kind: 'simulated', parallel: 1, serviceMs: 10, sigma: 0, kappa: 0, exponential: false, errorShare: 0 },
    load: { ...plan.load, engine: 'simulated', stages: [0, 1].map((index) => ({ ...stage, index, warmupS: 0, durationS: 3 })) }, telemetry: { ...plan.telemetry, gpu: 'off' },
  }, { output: join(base, 'no-room'), secrets: [] }, full);
  assert.deepEqual([record.outcome, record.failure?.code, record.failure?.exitCode, record.stages.length], ['failed', 'disk-full', 3, 1]);
  assert.ok((record.stages[0]?.requests.completed ?? 0) > 100 && record.failure?.hint !== '');
  const { verdict, files } = await conclude(record, ['en']);
  assert.equal(verdict.status, 'invalid');
  assert.match(files.find(({ name }) => name === 'report.md')?.content ?? '', /The disk is full/);
});
