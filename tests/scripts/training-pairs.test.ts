import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { TrainingPair } from '../../harness/dataset/index.js';

const program = fileURLToPath(new URL('../../scripts/training-pairs.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'mgeo-bench-training-pairs-'));
after(() => { rmSync(folder, { recursive: true, force: true }); });
const run = (...flags: string[]): { status: number | null; stderr: string } => spawnSync(process.execPath, [program, ...flags], { encoding: 'utf8' });
const file = (name: string): string => join(folder, name);

test('one JSON object a line with every field; the same flags give the same bytes, a longer file begins with the shorter', () => {
  for (const [name, count] of [['one', '300'], ['two', '300'], ['long', '600']] as const) assert.equal(run('--seed', '5', '--count', count, '--split', 'held-out', '--output', file(name)).status, 0);
  const [one, two, long] = ['one', 'two', 'long'].map((name) => readFileSync(file(name), 'utf8')) as [string, string, string];
  assert.equal(one, two);
  assert.ok(long.startsWith(one));
  const pairs = one.trimEnd().split('\n').map((line) => JSON.parse(line) as TrainingPair);
  assert.equal(pairs.length, 300);
  for (const pair of pairs) {
    assert.deepEqual(Object.keys(pair), ['a', 'b', 'label', 'class', 'family', 'operators', 'hard']);
    assert.ok([0, 1, 2].includes(pair.label));
  }
});

test('wrong flags are one sentence and exit code 2, and nothing is written', () => {
  const wrong: [string[], RegExp][] = [
    [['--count', '1.5', '-o', file('x')], /^--count 1\.5: expected a whole number\n$/],
    [['--split', 'test', '-o', file('x')], /^--split test: expected one of train, held-out\n$/],
    [['--without', 'dor-near', '-o', file('x')], /^--without dor-near: expected one of .*door-near/],
    [['--cont', '5', '-o', file('x')], /Unknown option '--cont'/],
    [['--count', '5'], /^--output FILE is missing\n$/],
    [['--count', '5', '-o', join(folder, 'missing', 'x')], /^--output .*ENOENT/],
  ];
  for (const [flags, sentence] of wrong) {
    const { status, stderr } = run(...flags);
    assert.equal(status, 2, stderr);
    assert.match(stderr, sentence);
  }
  assert.equal(existsSync(file('x')), false);
});
