/** The verbs of `dataset` as processes: exit codes, pipes, interruption, what is left behind. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../report/golden.js';
import { main, scratch, start } from './cli.js';
import { oneProcess } from './one-process.js';

const run = (...args: string[]) => start(['dataset', ...args]).ended;
const told = oneProcess();
/** The same for what is over at once and starts nothing. */
const read = (...args: string[]) => told(['dataset', ...args]);

test('make golden --seed 7 gives the committed checksum', async () => {
  const output = join(scratch(), 'golden.jsonl');
  const { code, stdout } = await run('make', 'golden', '--seed', '7', '-o', output);
  assert.equal(code, 0);
  assert.match(stdout, /2,500 pairs in .* pairs\/s\), peak memory/);
  const sum = createHash('sha256').update(readFileSync(output)).digest('hex');
  assert.ok(readFileSync(join(packageRoot(), 'datasets/golden/SHA256SUMS'), 'utf8').includes(`${sum}  golden.jsonl\n`));
});

test('show needs no scenario, and a pipe gets no colours', async () => {
  const { code, stdout } = await run('show', '--seed', '3', '--class', 'boundary', '--count', '20');
  assert.equal(code, 0);
  assert.match(stdout, /^== boundary\n/);
  assert.doesNotMatch(stdout, /\u001b/);
  assert.equal(stdout.match(/door-near|building-next|room-next/g)?.length === 0, false);
});

/** So many that several threads make them, and that nobody would wait for the end: it takes many minutes. */
const endless = '50000000';

test('Ctrl-C ends make at once with 130, threads and all, and nothing half-written is left', async () => {
  for (const [signal, expected] of [['SIGINT', 130], ['SIGTERM', 143]] as const) {
    const folder = scratch();
    const making = start(['dataset', 'make', 'quick', '--count', endless, '-o', join(folder, 'pairs.csv')]);
    while (!readdirSync(folder).some((name) => name.endsWith('.tmp'))) await new Promise((resolve) => setTimeout(resolve, 20));
    making.signal(signal);
    const { code, stderr, stdout, afterSignalMs, left } = await making.ended;
    assert.equal(code, expected);
    assert.deepEqual([readdirSync(folder), left, stdout], [[], [], '']);
    assert.ok(afterSignalMs < 60_000, `${String(Math.round(afterSignalMs))} ms`);
    assert.match(stderr, /^error: (Interrupted|Terminated)\.\nhint: No half-written file is left behind\.\n$/);
  }
});

test('a full disk behind stdout (> file) is a failure like one behind -o: exit 3, whatever the verb', () => {
  const full = openSync('/dev/full', 'w');
  try {
    for (const args of [['make', 'golden', '-o', '-'], ['make', 'quick', '--count', '250000', '-o', '-'], ['show'], ['stats', 'golden', '--json']]) {
      const { status, stderr } = spawnSync(process.execPath, [main, 'dataset', ...args], { stdio: ['ignore', full, 'pipe'], encoding: 'utf8' });
      assert.equal(status, 3, args.join(' '));
      assert.match(stderr, /error: The disk is full: stdout could not be written\.\nhint: Free some space, .*\n$/);
    }
  } finally {
    closeSync(full);
  }
});

test('a reader that has seen enough (head -1) ends make, threads and all: exit 0, and the figures of what was made', async () => {
  const making = start(['dataset', 'make', 'quick', '--count', endless, '-o', '-']);
  making.child.stdout?.once('data', () => making.child.stdout?.destroy());
  const { code, stderr, left } = await making.ended;
  assert.equal(code, 0, stderr);
  assert.deepEqual(left, []);
  const [, pairs = ''] = /^([\d,]+) pairs in .* peak memory .*\n$/.exec(stderr) ?? assert.fail(stderr);
  assert.ok(Number(pairs.replaceAll(',', '')) < Number(endless));
});

test('Ctrl-C while pairs go to a pipe: 130 and one sentence', async () => {
  const making = start(['dataset', 'make', 'quick', '--count', endless, '-o', '-']);
  await new Promise((resolve) => making.child.stdout?.once('data', resolve));
  making.signal('SIGINT');
  const { code, stderr, left } = await making.ended;
  assert.deepEqual([code, left], [130, []]);
  assert.match(stderr, /^error: Interrupted\.\nhint: .*\n$/);
});

test('a disk that fills up while threads make pairs: one sentence, exit 3, and nothing under the final name', () => {
  const folder = scratch();
  const command = `exec "${process.execPath}" "${main}" dataset make quick --count ${endless} -o "${folder}/pairs.csv"`;
  const seen = (script: string): { status: number | null; stderr: string; files: string[] } => {
    const { status, stderr } = spawnSync('sh', ['-c', script], { encoding: 'utf8' });
    return { status, stderr, files: readdirSync(folder) };
  };
  // A limit on the size of files, which every system keeps, stands for a small disk; the words are those of a full one where one can be made.
  const limited = seen(`ulimit -f 2048; ${command}`);
  assert.deepEqual([limited.status, limited.files], [3, []], limited.stderr);
  assert.match(limited.stderr, /^error: .*pairs\.csv could not be written: .*\nhint: .*\n$/);
  const full = spawnSync(process.execPath, [main, 'dataset', 'make', 'quick', '--count', endless, '-o', '/dev/full'], { encoding: 'utf8' });
  assert.equal(full.status, 3, full.stderr);
  assert.match(full.stderr, /^error: The disk is full: \/dev\/full could not be written\.\nhint: .*\n$/);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]);
  if (mounted.status !== 0) return;
  try {
    const small = seen(command);
    assert.deepEqual([small.status, small.files], [3, []], small.stderr);
    assert.match(small.stderr, /^error: The disk is full: .*pairs\.csv could not be written\.\nhint: .*\n$/);
  } finally {
    spawnSync('umount', [folder]);
  }
});

test('check says 0 for a clean file, 1 for one that breaks a promise, 2 for what is no file of pairs', async () => {
  const folder = scratch();
  const [clean, spoilt, one, empty] = ['clean.jsonl', 'spoilt.jsonl', 'one.csv', 'empty.csv'].map((name) => join(folder, name)) as [string, string, string, string];
  await read('make', 'quick', '--count', '1040', '-o', clean);
  const text = readFileSync(clean, 'utf8');
  writeFileSync(spoilt, text.replace('"certified":true', '"certified":false'));
  writeFileSync(one, '只有一列\n还是一列\n');
  writeFileSync(empty, '');
  const sound = await read('check', clean);
  assert.deepEqual([sound.code, sound.stdout], [0, `${clean}: 1,040 pairs\n✓ nothing is wrong\n`]);
  const bad = await read('check', spoilt);
  assert.equal(bad.code, 1);
  const line = text.split('\n').findIndex((each) => each.includes('"certified":true')) + 1;
  assert.ok(bad.stdout.startsWith(`${spoilt}:${String(line)}: a low pair is not certified\n`), bad.stdout);
  const json = JSON.parse((await read('check', spoilt, '--json')).stdout) as { findings: { kind: string; count: number }[] };
  assert.deepEqual(json.findings.map(({ kind, count }) => [kind, count]), [['certificate', 1]]);
  const leak = await read('check', clean, clean);
  assert.equal(leak.code, 1);
  assert.match(leak.stdout, /pairs that stand in both files: 1,040/);
  for (const [file, sentence] of [[one, /^error: .*one\.csv:1: has one column, but a pair needs two addresses\.\nhint: /], [empty, /^error: .*empty\.csv: the file is empty\.\nhint: /], [join(folder, 'nothing.csv'), /^error: There is no file .*nothing\.csv\.\nhint: /], [folder, /^error: .* is a folder, not a file\.\nhint: /]] as const) {
    const refused = await read('check', file);
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, sentence);
    assert.equal(refused.stdout, '');
  }
});

test('bad input is one sentence, a hint and exit 2, and writes nothing', async () => {
  const folder = scratch();
  const output = join(folder, 'never.jsonl');
  for (const [args, sentence] of [
    [['make', 'quick', '--class', 'hihg'], /"hihg" is not a class of these pairs\.\nhint: Did you mean "high"\?/],
    [['make', 'nothing-of-the-kind'], /There is no dataset and no scenario "nothing-of-the-kind"[^]*datasets: golden, typical, long, unique, duplicates/],
    [['make', 'typicl'], /Did you mean "typical"/],
    [['make', 'quick', '--count', '0'], /--count must be at least 1/],
    [['make', 'quick', '--count', 'many'], /"many" is not a whole number/],
    [['make', 'quick', '--format', 'xlsx'], /Allowed choices are jsonl, csv, tsv/],
    [['stats', 'quick', '--class', 'nosy'], /Did you mean "noisy"\?/],
  ] as const) {
    const { code, stderr } = await read(...args, '-o', output);
    assert.equal(code, 2, stderr);
    assert.match(stderr, sentence);
  }
  const unknown = await read('mak', 'quick');
  assert.equal(unknown.code, 2);
  assert.match(unknown.stderr, /unknown command 'mak'\n\(Did you mean make\?\)/);
  assert.deepEqual(readdirSync(folder), []);
});
