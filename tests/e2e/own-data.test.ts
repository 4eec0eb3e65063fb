/** A file of one's own pairs through the whole program: what is asked, what is judged, and what is never written down. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { RunRecord } from '../../harness/model/record.js';
import { cli, readJson, scratch } from './cli.js';
import { oneProcess } from './one-process.js';

/** What is refused or planned starts nothing: all such commands run in one process. */
const read = oneProcess();

/** Stands in every address of the file, and nowhere else. */
const canary = '金丝雀';
const line = (i: number): string => {
  const label = ['exact', 'partial', 'not', ''][i % 4] ?? '';
  return `${String(i)},北京市朝阳区${canary}路${String(i)}号,${i % 4 === 2 ? `广州市天河区${canary}大道${String(i + 7)}号` : `北京朝阳${canary}路${String(i)}号`},${label}\r\n`;
};

/** A folder with a scenario beside its file; 80 sound lines, 3 bad ones. */
function prepared(): { folder: string; scenario: string } {
  const folder = scratch();
  const lines = Array.from({ length: 80 }, (_, i) => line(i));
  lines.splice(10, 0, `x,${canary}坏行,,exact\r\n`, `x,"${canary}坏引号,b,exact\r\n`, `x,${canary},${canary},maybe\r\n`);
  writeFileSync(join(folder, 'pairs.csv'), `\ufeffid,addr1,addr2,label\r\n${lines.join('')}`);
  const scenario = join(folder, 'mine.yaml');
  writeFileSync(scenario, `name: mine
server: { reference: { model: address-mini, workers: 1, readyTimeout: 90s } }
dataset: { file: pairs.csv }
load: { engine: autocannon, warmup: 200ms, closed: { users: 2, duration: 1s } }
answers: { golden: 60, probes: false }
record: { requests: true }
`);
  return { folder, scenario };
}

/** Every file below a folder; packed ones unpacked. */
function textsBelow(folder: string): [string, string][] {
  return readdirSync(folder).flatMap((name): [string, string][] => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return textsBelow(path);
    const bytes = readFileSync(path);
    return [[path, (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')]];
  });
}

test('own pairs are sent, judged by their labels, described in the record, and never written down', async () => {
  const { folder, scenario } = prepared();
  const output = join(folder, 'out');
  const done = await cli(['run', scenario, '--progress', 'plain', '--lang', 'both', '--output', output]);
  assert.ok(done.code === 0 || done.code === 4, done.stderr + done.stdout);
  assert.deepEqual(done.left, []);
  const record = readJson<RunRecord>(output, 'run.json');
  assert.equal(record.outcome, 'completed', done.stderr);
  assert.deepEqual(record.dataset?.byClass, { high: 20, low: 20, boundary: 20, noisy: 0, abnormal: 0, unlabelled: 20 });
  assert.equal(record.dataset.count, 80);
  const { sha256, ...own } = record.dataset.own ?? assert.fail('the record does not say which file it was');
  assert.match(sha256, /^[0-9a-f]{64}$/);
  assert.deepEqual(own, {
    file: 'pairs.csv', bytes: statSync(join(folder, 'pairs.csv')).size, format: 'csv', encoding: 'utf-8', header: true, rows: 80, labelled: 60, badRows: 3,
    firstBad: [{ line: 12, why: 'the second address is missing' }, { line: 13, why: 'a quote is opened and never closed' }, { line: 14, why: 'the label is none that is known' }],
  });
  assert.equal(record.warnings.filter(({ code }) => code === 'bad-lines').length, 1);
  assert.match(done.stderr, /warning: 3 of 83 lines are no pairs and were left out: pairs\.csv:12: the second address is missing; pairs\.csv:13: /);

  // Each with the line it came from; those without a label are asked, and judged by nobody.
  const golden = record.probe?.status === 'done' ? (record.probe.golden ?? []) : [];
  assert.equal(golden.length, 60);
  assert.ok(golden.every((one) => one.line !== undefined && one.score !== null && one.text === undefined));
  assert.ok(golden.some((one) => one.class === 'unlabelled' && one.expected.length === 0));
  const { analysis } = readJson<{ analysis: { answers: { auc: { matchNot: { value: number } }; confusion: { counts: number[][] } } } }>(output, 'result.json');
  assert.ok(analysis.answers.auc.matchNot.value > 0.9, 'two cities apart and the same road are told apart');
  assert.equal(analysis.answers.confusion.counts.flat().reduce((sum, n) => sum + n, 0), golden.filter((one) => one.expected.length > 0).length);

  for (const [path, text] of textsBelow(output)) {
    assert.ok(!text.includes(canary) && !text.includes(JSON.stringify(canary).slice(1, -1)), `an address stands in ${path}`);
    // The program's own log names the folder it works in; what is made from the record does not.
    if (!path.includes('/logs/')) assert.ok(!text.includes(folder), `the folder stands in ${path}`);
  }
  assert.ok(!`${done.stdout}${done.stderr}`.includes(canary));
  assert.match(textsBelow(output).find(([path]) => path.endsWith('report.zh-CN.html'))?.[1] ?? '', /来自 pairs\.csv/);
});

test('with record: {addresses: true} the worst pairs are kept, and only they', async () => {
  const { folder, scenario } = prepared();
  const output = join(folder, 'out');
  const done = await cli(['run', scenario, '--progress', 'none', '--set', 'record.addresses=true', '--set', 'record.requests=false', '--output', output]);
  assert.ok(done.code === 0 || done.code === 4, done.stderr + done.stdout);
  const record = readJson<RunRecord>(output, 'run.json');
  const golden = record.probe?.status === 'done' ? (record.probe.golden ?? []) : [];
  assert.equal(golden.filter(({ text }) => text?.a.includes(canary)).length, 10);
});

const refused: readonly [why: string, args: readonly string[], lines: readonly string[]][] = [
  ['a bad line under --strict', ['--strict'], ['error: pairs.csv: 3 of 83 lines are no pairs, and none may be wrong here (strict).', '  pairs.csv:12: the second address is missing', '  pairs.csv:13: a quote is opened and never closed', '  pairs.csv:14: the label is none that is known']],
  ['a column that is not there', ['--set', 'dataset.columns={a: adr1, b: addr2}'], ['error: pairs.csv:1: has no column "adr1".', 'hint: Did you mean "addr1"?']],
  ['more pairs than there are', ['--set', 'dataset.pairs=81'], ['error: pairs.csv has 80 pairs, but dataset.pairs asks for 81.']],
  ['another encoding', ['--set', 'dataset.encoding=gb18030'], ['error: pairs.csv:1: is UTF-8 text, not GB18030.', 'hint: Say encoding: utf-8, or leave encoding out.']],
];
for (const [why, args, lines] of refused) {
  test(`${why}: exit 2 from run, plan and dataset, and nothing is left behind`, async () => {
    const { folder, scenario } = prepared();
    const output = join(folder, 'out');
    for (const verb of [['run', scenario, '--progress', 'none', '--output', output], ['plan', scenario], ['dataset', 'make', scenario, '--output', output], ['dataset', 'stats', scenario]]) {
      const done = await read([...verb, ...args]);
      assert.equal(done.code, 2, `${verb.join(' ')}\n${done.stderr}`);
      for (const one of lines) assert.ok(done.stderr.split('\n').includes(one), done.stderr);
      assert.ok(!`${done.stdout}${done.stderr}`.includes(canary));
      assert.equal(existsSync(output), false);
    }
  });
}

test('files that are no pairs: one sentence with file and line, a hint, exit 2', async () => {
  const folder = scratch();
  mkdirSync(join(folder, 'folder'));
  for (const [name, content, sentence] of [
    ['empty.csv', '', 'error: empty.csv: the file is empty.'],
    ['one.csv', `${canary}\n`, 'error: one.csv:1: has one column, but a pair needs two addresses.'],
    ['many.csv', `${canary},${canary},${canary},x\n`, 'error: many.csv:1: has 4 columns, and nothing says which two hold the addresses.'],
    ['wide.csv', Buffer.from('a,b\n', 'utf16le'), 'error: wide.csv:1: is UTF-16 (little-endian) text without a byte order mark.'],
  ] as const) {
    writeFileSync(join(folder, name), content);
    const done = await read(['plan', 'quick', '--set', `dataset.file=${join(folder, name)}`]);
    assert.equal(done.code, 2);
    const [first, ...rest] = done.stderr.trim().split('\n');
    assert.equal(first, sentence);
    assert.equal(rest.length, 1);
    assert.match(rest[0] ?? '', /^hint: /);
    assert.ok(!done.stderr.includes(canary));
  }
  const done = await read(['plan', 'quick', '--set', `dataset.file=${join(folder, 'folder')}`]);
  assert.match(done.stderr, /^error: .*folder is a folder, not a file\.\nhint: /);
});

test('plan counts the pairs, and what `dataset make` writes of them is read back as the same pairs', async () => {
  const { folder, scenario } = prepared();
  const plan = await read(['plan', scenario]);
  assert.match(plan.stdout, /dataset {3}80 pairs of pairs\.csv, seed 7: 20 high, 20 low, 20 boundary, 20 unlabelled/);
  assert.match(plan.stderr, /warning: 3 of 83 lines/);
  const shown = JSON.parse((await read(['plan', scenario, '--json'])).stdout) as { plan: { dataset: { own: Record<string, unknown> } }; estimate: { pairs: number } };
  assert.equal(shown.estimate.pairs, 80);
  assert.equal(shown.plan.dataset.own['path'], undefined);
  for (const format of ['csv', 'tsv', 'jsonl']) {
    const copy = join(folder, `copy.${format}`);
    assert.equal((await read(['dataset', 'make', scenario, '--format', format, '--output', copy, '--class', 'boundary'])).code, 0);
    const again = await read(['plan', scenario, '--strict', '--set', `dataset={file: ${JSON.stringify(copy)}}`]);
    assert.match(again.stdout, new RegExp(`20 pairs of copy\\.${format}, seed 7: 20 boundary`), again.stderr);
  }
});
