import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { BenchError } from '../../../harness/model/error.js';
import { folder, say } from './say.js';

test('a class that is none is named with the nearest one, before anything is written', async () => {
  for (const verb of ['make', 'show', 'stats'] as const) {
    await assert.rejects(async () => say(verb, { class: 'hihg', output: join(folder, 'never.jsonl') }), (error: BenchError) =>
      error.exitCode === 2 && error.message === '"hihg" is not a class of these pairs.' && error.hint.startsWith('Did you mean "high"?'));
    await assert.rejects(async () => say(verb, { count: 0, output: join(folder, 'never.jsonl') }), (error: BenchError) => error.exitCode === 2);
  }
  assert.ok(!readdirSync(folder).includes('never.jsonl'));
});

test('show takes its count as pairs of each class', async () => {
  for (const count of [1, 2]) {
    const { out } = await say('show', { count });
    for (const name of ['high', 'low', 'boundary', 'noisy']) {
      const [, rest = ''] = out.split(`== ${name}\n`);
      const shown = rest.split('\n\n')[0] ?? '';
      // A pair that is too wide for one line stands on three.
      assert.equal(shown.split('\n').filter((line) => /^ {2}\S/.test(line)).length - shown.split('\n').filter((line) => /^ {6}\S/.test(line)).length, count, shown);
    }
  }
});

test('--json: stdout holds JSON and nothing else', async () => {
  const output = join(folder, 'made.csv');
  const made = JSON.parse((await say('make', { count: 12, output, json: true })).out) as Record<string, unknown>;
  assert.deepEqual([made['file'], made['format'], made['pairs'], ...['tookS', 'pairsPerS', 'peakMemoryMiB'].map((key) => typeof made[key])], [output, 'csv', 12, 'number', 'number', 'number']);
  await assert.rejects(say('make', { count: 12, output: '-', json: true }), (error: BenchError) => error.code === 'usage' && /want stdout/.test(error.message));

  const shown = JSON.parse((await say('show', { count: 2, json: true })).out) as { pairs: { class: string; a: string }[] };
  assert.deepEqual(shown.pairs.map((pair) => pair.class), ['high', 'low', 'boundary', 'noisy'].flatMap((name) => [name, name]));
  assert.ok(shown.pairs.every(({ a }) => a.length > 0));
  assert.deepEqual((JSON.parse((await say('show', { count: 2, class: 'abnormal', json: true })).out) as typeof shown).pairs.map((pair) => pair.class), ['abnormal', 'abnormal']);

  const page = join(folder, 'json.html');
  const stats = JSON.parse((await say('stats', { count: 40, output: page, json: true })).out) as { pairs: number; classes: { name: string; pairs: number }[] };
  assert.deepEqual([stats.pairs, stats.classes.map(({ name, pairs }) => [name, pairs])], [40, ['high', 'low', 'boundary', 'noisy'].map((name) => [name, 10])]);
  assert.match(readFileSync(page, 'utf8'), /<h1>quick<\/h1>/);
});
