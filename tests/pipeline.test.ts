import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Context } from '../harness/host/index.js';
import { BenchError } from '../harness/model/error.js';
import type { Plan } from '../harness/model/plan.js';
import { runPlan } from '../harness/pipeline.js';
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
