import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { DatasetFlags } from '../../../harness/cli/dataset/flags.js';
import type { Host } from '../../../harness/host/index.js';
import { BenchError } from '../../../harness/model/error.js';
import { folder, host, linesOf, say } from './say.js';

test('make writes exactly as many pairs as were asked for, and says how fast', async () => {
  for (const count of [1, 2, 7, 1001]) {
    const output = join(folder, 'pairs.jsonl');
    const { code, out } = await say('make', { count, output });
    assert.equal(code, 0);
    assert.equal(linesOf(readFileSync(output, 'utf8')).length, count);
    assert.match(out, new RegExp(`pairs\\.jsonl: ${count === 1 ? '1 pair' : `${count === 1001 ? '1,001' : String(count)} pairs`} in [\\d.]+ m?s \\(\\d{1,3}(?:,\\d{3})* pairs/s\\), peak memory [\\d.]+ [MG]iB\n$`));
  }
  assert.deepEqual(readdirSync(folder), ['pairs.jsonl'], 'no temporary file is left');
});

test('make of one class writes that class alone, and as many of it', async () => {
  const { out } = await say('make', { count: 9, class: 'abnormal', output: '-' });
  assert.equal(out.match(/"class":"abnormal"/g)?.length, 9);
  assert.equal(linesOf(out).length, 9);
});

test('make takes the format from the ending of the file, unless one is asked for', async () => {
  const first = async (output: string, format?: DatasetFlags['format']): Promise<string> => {
    await say('make', { count: 2, output: join(folder, output), ...(format === undefined ? {} : { format }) });
    return readFileSync(join(folder, output), 'utf8').slice(0, 9);
  };
  assert.equal(await first('a.csv'), 'id,index,');
  assert.equal(await first('a.TSV'), 'id\tindex\t');
  assert.equal(await first('a.txt'), '{"id":"7-');
  assert.equal(await first('b.csv', 'jsonl'), '{"id":"7-');
});

test('on stdout there are pairs alone, and figures on stderr; a reader that goes away ends it', async () => {
  const whole = await say('make', { count: 5, output: '-' });
  assert.equal(linesOf(whole.out).map((line) => (JSON.parse(line) as { index: number }).index).join(), '0,1,2,3,4');
  assert.match(whole.err, /^5 pairs in /);
  const cut = await say('make', { count: 1_000_000, output: '-' }, { readers: 3 });
  assert.ok(linesOf(cut.out).length < 2000);
  assert.equal(cut.code, 0);
});

test('an interrupted make leaves what stood there before, and nothing beside it', async () => {
  const place = mkdtempSync(join(tmpdir(), 'interrupted-'));
  const output = join(place, 'pairs.jsonl');
  writeFileSync(output, 'before');
  const stop = new AbortController();
  const clock: Host['clock'] = { ...host.clock, sleep: (ms, signal) => {
    stop.abort(new BenchError('interrupted', 'Interrupted.'));
    return host.clock.sleep(ms, signal);
  } };
  await assert.rejects(say('make', { count: 3_000_000, output }, { signal: stop.signal, clock }), (error: BenchError) => error.code === 'interrupted');
  assert.deepEqual(readdirSync(place), ['pairs.jsonl']);
  assert.equal(readFileSync(output, 'utf8'), 'before');
});

test('what cannot be written is one sentence with a hint', async () => {
  const refused = (message: RegExp) => (error: unknown): boolean => error instanceof BenchError && message.test(error.message) && error.hint !== '';
  await assert.rejects(say('make', { count: 9, output: join(folder, 'nowhere/pairs.jsonl') }), refused(/nowhere\/pairs\.jsonl could not be written: its folder does not exist\.$/));
  await assert.rejects(say('make', { count: 9, output: folder }), refused(/is a folder, so no file of that name can be written\.$/));
  await assert.rejects(say('make', { count: 9 }), refused(/needs -o FILE/));
  // Few pairs by one thread, many by several.
  for (const count of [9, 200_000]) await assert.rejects(say('make', { count, output: '/dev/full' }), refused(/^The disk is full: \/dev\/full could not be written\.$/));
});

test('make into a device writes there', async () => {
  const { out } = await say('make', { count: 9, output: '/dev/null' });
  assert.match(out, /^\/dev\/null: 9 pairs in /);
});
