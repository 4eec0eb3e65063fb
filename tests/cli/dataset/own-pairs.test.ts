import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { DatasetFlags } from '../../../harness/cli/dataset/flags.js';
import type { BenchError } from '../../../harness/model/error.js';
import { folder, linesOf, ownLines, say } from './say.js';

/** A scenario with pairs of one's own, 20 of each of three classes. */
function ownScenario(): string {
  writeFileSync(join(folder, 'own.csv'), `addr1,addr2,label\n${ownLines.join('\n')}\n`);
  const name = join(folder, 'own.yaml');
  writeFileSync(name, 'extends: quick\ndataset: {file: own.csv}\n');
  return name;
}

test('own pairs: --count with --class takes so many of that class, drawn with the seed', async () => {
  const name = ownScenario();
  const lines = async (flags: Partial<DatasetFlags>): Promise<{ class: string; line: number }[]> =>
    linesOf((await say('make', { output: '-', ...flags }, { name })).out).map((line) => JSON.parse(line) as { class: string; line: number });
  const some = await lines({ count: 12, class: 'low' });
  assert.deepEqual(some.map((pair) => pair.class), new Array(12).fill('low'));
  assert.equal(new Set(some.map(({ line }) => line)).size, 12);
  assert.deepEqual(await lines({ count: 12, class: 'low' }), some);
  assert.notDeepEqual((await lines({ count: 12, class: 'low', seed: 8 })).map(({ line }) => line), some.map(({ line }) => line));
  assert.equal((await lines({ class: 'low' })).length, 20);
  assert.equal((await lines({ count: 7 })).length, 7);
  assert.match((await say('stats', { count: 5, class: 'boundary' }, { name })).out, /^5 pairs, seed 7$/m);
});

test('own pairs: a class that they cannot have, that none has, or that too few have is refused', async () => {
  const name = ownScenario();
  const refused = (flags: Partial<DatasetFlags>, message: string, hint: RegExp): Promise<void> => assert.rejects(say('stats', flags, { name }), (error: BenchError) => error.exitCode === 2 && error.message === message && hint.test(error.hint));
  await refused({ class: 'noisy' }, '"noisy" is not a class of these pairs.', /^The classes are high, boundary, low, unlabelled\.$/);
  await refused({ class: 'boundry' }, '"boundry" is not a class of these pairs.', /^Did you mean "boundary"\?/);
  await refused({ class: 'unlabelled' }, 'No pair of the file is of class unlabelled.', /own-data\.md/);
  await refused({ class: 'low', count: 21 }, 'Of class low the file has 20 pairs, but --count asks for 21.', /fewer/);
});

test('stats of a file that make wrote say what stats of the dataset say', async () => {
  const { out: wanted } = await say('stats', { count: 400 });
  for (const format of ['jsonl', 'csv', 'tsv'] as const) {
    const file = join(folder, `made.${format}`);
    await say('make', { count: 400, output: file });
    const { out, err } = await say('stats', {}, { name: file });
    assert.equal(err, '');
    assert.match(out, /^400 pairs$/m);
    // A file does not say which seed or profile its pairs come from.
    const body = (text: string): string[] => text.split('\n').filter((line) => !/^(400 pairs|Profile)/.test(line));
    assert.deepEqual(body(out), body(wanted), format);
  }
});

test('stats of a file of one\'s own: bad lines are named, a class can be chosen, a page is written', async () => {
  const file = join(folder, 'log.csv');
  writeFileSync(file, `query,candidate,label\n${ownLines.join('\n')}\n甲路1号,\n`);
  const { out, err } = await say('stats', {}, { name: file });
  assert.match(out, /^60 pairs$/m);
  assert.match(out, /^boundary +20 /m);
  assert.doesNotMatch(out, /certified/i);
  assert.equal(err, `warning: 1 of 61 lines is no pair and was left out: ${file}:62: has another number of columns than the first line\n`);
  assert.match((await say('stats', { class: 'low', lang: 'zh-CN' }, { name: file })).out, /^20 对$/m);
  await assert.rejects(say('stats', { strict: true }, { name: file }), (error: BenchError) => error.exitCode === 2 && error.details[0]?.startsWith(`${file}:62: `) === true);
  await assert.rejects(say('stats', { class: 'unlabelled' }, { name: file }), /No pair of the file is of class unlabelled/);
  for (const flags of [{ count: 3 }, { seed: 3 }, { set: ['a=b'] }]) await assert.rejects(say('stats', flags, { name: file }), (error: BenchError) => error.code === 'usage' && error.message.includes('are there already'));
  const page = join(folder, 'log.html');
  await say('stats', { output: page }, { name: file });
  const written = readFileSync(page, 'utf8');
  assert.match(written, /<h1>log\.csv<\/h1>/);
  assert.ok(!written.includes(folder), 'the folder of a file tells of people and machines');
});

test('stats of a file that holds no pair is one sentence', async () => {
  const file = join(folder, 'empty.jsonl');
  writeFileSync(file, '');
  await assert.rejects(say('stats', {}, { name: file }), (error: BenchError) => error.exitCode === 2 && /the file is empty/.test(error.message));
  await assert.rejects(say('stats', {}, { name: join(folder, 'absent.csv') }), (error: BenchError) => error.exitCode === 2 && /There is no file/.test(error.message));
  writeFileSync(file, '{"id":"1","class":"high","a":"甲","b":2,"expected":[],"operators":[]}\n');
  await assert.rejects(say('stats', {}, { name: file }), (error: BenchError) => error.exitCode === 2 && /no line is a pair/.test(error.message));
});
