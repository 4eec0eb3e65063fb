import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { DatasetFlags, Surroundings } from '../../harness/cli/dataset/flags.js';
import { makeDataset } from '../../harness/cli/dataset/make.js';
import { showDataset } from '../../harness/cli/dataset/show.js';
import { statsOfDataset } from '../../harness/cli/dataset/stats.js';
import { createHost, type Host } from '../../harness/host/index.js';
import { BenchError } from '../../harness/model/error.js';

const host = createHost();
const folder = mkdtempSync(join(tmpdir(), 'dataset-verbs-'));
const verbs = { make: makeDataset, show: showDataset, stats: statsOfDataset };

interface Said {
  code: number;
  out: string;
  err: string;
}

/** Runs a verb against the scenario `quick`; what it says. */
async function say(verb: keyof typeof verbs, flags: Partial<DatasetFlags>, more: { signal?: AbortSignal; clock?: Host['clock']; live?: boolean; readers?: number; name?: string } = {}): Promise<Said> {
  let out = '';
  let err = '';
  let poured = 0;
  const around: Surroundings = {
    host: { ...host, clock: more.clock ?? host.clock },
    signal: more.signal ?? new AbortController().signal,
    io: {
      out: (text) => (out += text), err: (text) => (err += text), live: more.live ?? false, colour: false, columns: 80, width: null,
      pour: (data) => {
        out += typeof data === 'string' ? data : Buffer.from(data).toString('utf8');
        poured += 1;
        return Promise.resolve(poured < (more.readers ?? Infinity));
      },
    },
  };
  const code = await verbs[verb](more.name ?? 'quick', { set: [], ...flags }, around);
  return { code, out, err };
}

const linesOf = (text: string): string[] => text.split('\n').slice(0, -1);

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

const ownLines = Array.from({ length: 60 }, (_, i) => `甲路${String(i)}号,乙路${String(i)}号,${['exact', 'not', 'partial'][i % 3] ?? ''}`);

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
