import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Surroundings } from '../../../harness/cli/dataset/flags.js';
import { statsOfDataset } from '../../../harness/cli/dataset/stats.js';
import type { Host } from '../../../harness/host/index.js';
import type { BenchError } from '../../../harness/model/error.js';
import { folder, host, say } from './say.js';

/** A clock that moves with every look at it, and counts the pauses. */
function quickClock(msPerLook: number): Host['clock'] & { pauses: number } {
  let now = 0;
  const clock = { ...host.clock, pauses: 0, nowMs: () => (now += msPerLook), sleep: (ms: number, signal?: AbortSignal) => {
    clock.pauses += 1;
    return host.clock.sleep(ms, signal);
  } };
  return clock;
}

test('a stop that comes while stats are counted ends them at the next pause', async () => {
  const stop = new AbortController();
  const clock = quickClock(100);
  const sleep = clock.sleep;
  clock.sleep = (ms, signal) => {
    if (clock.pauses === 1) stop.abort(new Error('stopped'));
    return sleep(ms, signal);
  };
  await assert.rejects(say('stats', { count: 50_000 }, { signal: stop.signal, clock }), /stopped/);
  assert.equal(clock.pauses, 2);
});

test('long work shows a bar on a terminal only, and takes it away', async () => {
  const seen = await say('stats', { count: 30_000 }, { clock: quickClock(100), live: true });
  assert.match(seen.err, /counting pairs [█░]{10} \d{1,2},000\/30,000/);
  assert.ok(seen.err.endsWith('\r\u001b[2K'));
  assert.doesNotMatch(seen.out, /\r|█░/);
  const unseen = await say('stats', { count: 30_000 }, { clock: quickClock(100) });
  assert.equal(unseen.err, '');
  const short = await say('stats', { count: 3_000 }, { clock: quickClock(10), live: true });
  assert.equal(short.err, '', 'what is over within a second needs no bar');
});

test('stats count every pair once, in both languages', async () => {
  const { out } = await say('stats', { count: 1_003 });
  assert.match(out, /^1,003 pairs, seed 7$/m);
  assert.match(out, /^high +251 +25\.0%/m);
  const chinese = await say('stats', { count: 1_003, lang: 'zh-CN' });
  assert.match(chinese.out, /^1,003 对，种子 7$/m);
});

test('stats -o writes a page beside the text, and nothing where the figures fail', async () => {
  const output = join(folder, 'stats.html');
  const { out } = await say('stats', { count: 100, output });
  assert.ok(out.endsWith(`\n${output}\n`));
  assert.match(readFileSync(output, 'utf8'), /<h1>quick<\/h1>/);
});

test('what cannot be written is known before anything is counted or said', async () => {
  const file = join(folder, 'counted.csv');
  writeFileSync(file, `甲路1号,乙路1号\n`);
  let read = false;
  const watched: Host = { ...host, files: { ...host.files, reader: (path) => {
    read = true;
    return host.files.reader(path);
  } } };
  let out = '';
  const around: Surroundings = { host: watched, signal: new AbortController().signal, io: { out: (text) => (out += text), err: (text) => (out += text), pour: () => Promise.resolve(true), live: false, colour: false, columns: 80, width: null } };
  for (const [output, sentence] of [[join(folder, 'nowhere/page.html'), /its folder does not exist/], [folder, /is a folder/], [join(file, 'page.html'), /could not be written/]] as const) {
    await assert.rejects(statsOfDataset(file, { set: [], output }, around), (error: BenchError) => error.code === 'file-unwritable' && sentence.test(error.message));
  }
  assert.deepEqual([out, read], ['', false]);
  assert.equal(await statsOfDataset(file, { set: [], output: join(folder, 'page.html') }, around), 0);
  assert.ok(read);
});
