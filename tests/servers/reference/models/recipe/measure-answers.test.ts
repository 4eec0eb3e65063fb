import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runProcess } from '../../../../stand-ins/start-process.js';

let root = dirname(fileURLToPath(import.meta.url));
while (!existsSync(join(root, 'package.json'))) root = dirname(root);
const program = 'servers/reference/models/recipe/measure-answers.js';

interface Line { pass: number; pairs: number; right: number; auc: number | null; block_s: number; pairs_s: number }

test('a line of JSON a block: the shipped model is right on most golden pairs, twice the same', async () => {
  const files = ['high', 'low'].map((name) => join(root, 'datasets/golden', `${name}.jsonl`));
  const { code, stdout, stderr } = await runProcess(program, [join(root, 'servers/reference/models/address-mini'), ...files, '--precision', 'int8', '--passes', '2', '--block', '600']);
  assert.equal(code, 0, stderr);
  const lines = stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as Line);
  assert.deepEqual(lines.map(({ pass, pairs }) => [pass, pairs]), [[1, 600], [1, 1000], [2, 600], [2, 1000]]);
  const [, first, , second] = lines;
  assert.ok(first !== undefined && first.right > 0.9 && first.auc !== null && first.auc > 0.97 && first.block_s > 0 && first.pairs_s > 0, JSON.stringify(first));
  assert.deepEqual([second?.right, second?.auc], [first.right, first.auc]);
  assert.match(stderr, /^address-mini, int8: 1000 pairs of 2 files$/m);
});

test('what is missing is told, and nothing is measured', async () => {
  for (const args of [[], ['folder'], ['folder', 'pairs.jsonl', '--precision', 'fp8'], ['folder', 'pairs.jsonl', '--passes', '0']]) {
    const { code, stdout, stderr } = await runProcess(program, args);
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /^usage: /);
  }
});
