import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openOwnPairs, type OwnPairs } from '../../../harness/dataset/index.js';
import type { OwnPlan } from '../../../harness/model/dataset.js';
import { BenchError } from '../../../harness/model/error.js';
import { testContext } from '../../host/context.js';

const dir = mkdtempSync(join(tmpdir(), 'own-'));
const rowCount = 1000;
const text = `addr1,addr2,label\n${Array.from({ length: rowCount }, (_, i) => `${i % 100 === 50 ? '"' : ''}甲路${String(i)}号,乙路${String(i)}号,${['exact', 'partial', 'not', '', '0'][i % 5] ?? ''}\n`).join('')}`;
writeFileSync(join(dir, 'pairs.csv'), text);

/** The pairs of the file; every test has scratch folders of its own. */
async function open(plan: Partial<OwnPlan> = {}, seed = 7, signal?: AbortSignal): Promise<OwnPairs> {
  const file = plan.file ?? 'pairs.csv';
  return openOwnPairs({ file, path: join(dir, file), strict: false, pairs: null, ...plan }, seed, testContext(signal));
}

test('every pair can be had by its number, in any order, with line, labels and class', async () => {
  const pairs = await open();
  assert.equal(pairs.count, 990);
  const inOrder = [...pairs.pairs()];
  for (const index of [989, 0, 15, 16, 17, 500, 1, 988]) assert.deepEqual(pairs.pair(index), inOrder[index]);
  const third = inOrder[2];
  assert.deepEqual(third, { id: 'pairs.csv:4', index: 2, class: 'low', a: '甲路2号', b: '乙路2号', expected: ['not'], operators: [], seed: 7, line: 4 });
  // Line 52 is bad: what stands behind it keeps its own line.
  assert.deepEqual(inOrder.slice(49, 51).map(({ line, a }) => [line, a]), [[51, '甲路49号'], [53, '甲路51号']]);
  assert.deepEqual(inOrder.slice(0, 5).map(({ class: name }) => name), ['high', 'boundary', 'low', 'unlabelled', 'low']);
  for (const pair of inOrder) assert.equal(pairs.classOf(pair.index), pair.class);
  assert.throws(() => pairs.pair(990), RangeError);
  pairs.close();
});

test('the file is described for the record, and bad lines are a note', async () => {
  const { summary, notes, close } = await open();
  close();
  assert.deepEqual(summary, {
    file: 'pairs.csv', sha256: createHash('sha256').update(text).digest('hex'), bytes: Buffer.byteLength(text), format: 'csv', encoding: 'utf-8', header: true, rows: 990, labelled: 790, badRows: 10,
    firstBad: [52, 152, 252, 352, 452].map((line) => ({ line, why: 'a quote is opened and never closed' })),
  });
  assert.deepEqual(notes, [['bad-lines', '10 of 1,000 lines are no pairs and were left out: pairs.csv:52: a quote is opened and never closed; pairs.csv:152: a quote is opened and never closed; pairs.csv:252: a quote is opened and never closed; pairs.csv:352: a quote is opened and never closed; pairs.csv:452: a quote is opened and never closed and 5 more']]);
});

test('strict: one bad line ends it, and the lines are named', async () => {
  await assert.rejects(open({ strict: true }), (error) => {
    assert.ok(error instanceof BenchError);
    assert.equal(error.exitCode, 2);
    assert.equal(error.message, 'pairs.csv: 10 of 1,000 lines are no pairs, and none may be wrong here (strict).');
    assert.equal(error.details[0], 'pairs.csv:52: a quote is opened and never closed');
    assert.equal(error.details[5], 'and 5 more');
    return true;
  });
});

test('a number of pairs is drawn with the seed, each at most once, in the order of the file', async () => {
  const lines = async (seed: number): Promise<number[]> => {
    const pairs = await open({ pairs: 100 }, seed);
    const found = [...pairs.pairs()].map(({ line }) => line ?? 0);
    pairs.close();
    return found;
  };
  const seven = await lines(7);
  assert.equal(new Set(seven).size, 100);
  assert.deepEqual(seven, seven.toSorted((x, y) => x - y));
  assert.deepEqual(await lines(7), seven);
  assert.notDeepEqual(await lines(8), seven);
  await assert.rejects(open({ pairs: 991 }), /pairs\.csv has 990 pairs, but dataset\.pairs asks for 991\./);
});

test('nothing is left behind: closed, failed, or stopped', async () => {
  const mine = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('mgeo-bench-own-'));
  const before = new Set(mine());
  const left = (): string[] => mine().filter((name) => !before.has(name));
  const pairs = await open();
  const [folder = ''] = left();
  assert.ok(existsSync(join(tmpdir(), folder, 'rows.jsonl')));
  assert.equal(statSync(join(tmpdir(), folder)).mode & 0o077, 0);
  pairs.close();
  await assert.rejects(open({ strict: true }));
  const stop = new AbortController();
  stop.abort(new Error('stopped'));
  await assert.rejects(open({}, 7, stop.signal), /stopped/);
  assert.deepEqual(left(), []);
});

test('memory does not grow with the file', () => {
  const line = '北京市朝阳区建国路八十八号现代城,北京朝阳建国路88号SOHO现代城,1\n';
  const script = join(dir, 'peak.mjs');
  writeFileSync(script, `
    import { openOwnPairs } from ${JSON.stringify(new URL('../../../harness/dataset/index.js', import.meta.url).href)};
    import { createHost } from ${JSON.stringify(new URL('../../../harness/host/index.js', import.meta.url).href)};
    const pairs = await openOwnPairs({ file: 'x.csv', path: process.argv[2], strict: false, pairs: 1000 }, 7, { host: createHost(), signal: new AbortController().signal, onEvent: () => {}, sinceStartMs: () => 0 });
    for (let i = 0; i < pairs.count; i += 1) pairs.pair((i * 7919) % pairs.count);
    pairs.close();
    console.log(JSON.stringify({ rows: pairs.summary.rows, peakKiB: process.resourceUsage().maxRSS }));
    process.exit();
  `);
  const peakOf = (copies: number): { rows: number; peakKiB: number } => {
    const path = join(dir, `${String(copies)}.csv`);
    writeFileSync(path, line.repeat(copies));
    return JSON.parse(execFileSync(process.execPath, ['--max-semi-space-size=8', script, path], { encoding: 'utf8' })) as { rows: number; peakKiB: number };
  };
  const small = peakOf(300_000);
  const large = peakOf(900_000);
  assert.deepEqual([small.rows, large.rows], [300_000, 900_000]);
  // 55 MB more of file; of each row the number (4 bytes, for the draw) and 1.5 bytes may stay, which is 3.3 MB.
  assert.ok(large.peakKiB - small.peakKiB < 25_000, `${String(small.peakKiB)} and ${String(large.peakKiB)} KiB`);
});
