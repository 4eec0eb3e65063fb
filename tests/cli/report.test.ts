import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gate } from '../../harness/cli/gate.js';
import type { Io } from '../../harness/cli/io.js';
import { formatsOf, report } from '../../harness/cli/report.js';
import { createHost } from '../../harness/host/index.js';
import { judgeComparison } from '../../harness/gate/index.js';
import { comparisonFileSchema } from '../../harness/model/comparison.js';
import { BenchError } from '../../harness/model/error.js';
import { comparisonReports } from '../../harness/report/index.js';
import { sampleComparison } from '../report/comparison/sample.js';
import { sampleInput } from '../report/sample-input.js';

const host = createHost();

const ioTo = (write: (text: string) => void): Io => ({ out: write, err: () => undefined, live: false, colour: false, columns: 120, width: null, pour: () => Promise.resolve(true) });

async function rendered(flags: { format?: string; json?: boolean }): Promise<{ out: string; files: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'report-verb-'));
  writeFileSync(join(folder, 'run.json'), JSON.stringify(sampleInput({ users: [1, 8], durationS: 3 }).record));
  let out = '';
  assert.equal(await report(folder, { lang: 'en', ...flags }, host, ioTo((text) => { out += text; })), 0);
  const files = readdirSync(folder).filter((name) => name !== 'run.json').sort();
  if (flags.json) assert.equal(out, readFileSync(join(folder, 'result.json'), 'utf8'));
  return { out, files };
}

test('--format writes the files that are asked for; without it all of them', async () => {
  assert.deepEqual((await rendered({})).files, ['junit.xml', 'report.html', 'report.md', 'result.json']);
  assert.deepEqual((await rendered({ format: 'junit, markdown' })).files, ['junit.xml', 'report.md']);
});

test('--json prints result.json, whatever the formats', async () => {
  assert.deepEqual((await rendered({ format: 'markdown', json: true })).files, ['report.md', 'result.json']);
});

test('a format that is none is a usage error with the nearest word, or all of them', () => {
  assert.deepEqual(formatsOf('html,html'), ['html']);
  assert.throws(() => formatsOf('htm'), (error: unknown) => error instanceof BenchError && error.code === 'usage' && error.hint === 'Did you mean "html"?');
  assert.throws(() => formatsOf('pdf'), (error: unknown) => error instanceof BenchError && /html, markdown, junit, json/.test(error.hint ?? ''));
});

/** A folder with a saved comparison and nothing else; `verdict` is absent of a series that was killed. */
function comparisonFolder({ killed = false, different = [] as string[] } = {}): { folder: string; record: ReturnType<typeof sampleComparison>; text: string } {
  const folder = mkdtempSync(join(tmpdir(), 'report-comparison-'));
  const record = sampleComparison();
  const text = `${JSON.stringify({ ...record, ...(different.length === 0 ? {} : { different }), ...(killed ? {} : { verdict: judgeComparison(record, false) }) }, null, 2)}\n`;
  writeFileSync(join(folder, 'comparison.json'), text);
  return { folder, record, text };
}

test('a comparison is rendered again from comparison.json: the same bytes, in both languages, by its folder or its file', async () => {
  const different = ['CPU'];
  for (const [named, options] of [['', {}], ['/comparison.json', { different }]] as const) {
    const { folder, record, text } = comparisonFolder(options);
    let out = '';
    assert.equal(await report(`${folder}${named}`, { lang: 'both' }, host, ioTo((said) => { out += said; })), 0);
    assert.match(out, /“greedy” is better than “none”/);
    const made = await comparisonReports(record, judgeComparison(record, false), 'different' in options ? different : [], ['en', 'zh-CN']);
    assert.deepEqual(readdirSync(folder).sort(), ['comparison.json', ...made.map(({ name }) => name)].sort());
    for (const { name, content } of made) assert.equal(readFileSync(join(folder, name), 'utf8'), content, name);
    assert.equal(readFileSync(join(folder, 'comparison.json'), 'utf8'), text);
    if ('different' in options) assert.match(readFileSync(join(folder, 'report.html'), 'utf8'), /Compared although these differ: CPU/);
  }
});

test('formats of a comparison; --json is comparison.json; one that was killed is judged now', async () => {
  const { folder, text } = comparisonFolder();
  const output = join(folder, 'out');
  let out = '';
  await report(folder, { lang: 'zh-CN', format: 'markdown,json', output, json: true }, host, ioTo((said) => { out += said; }));
  assert.equal(out, text);
  assert.deepEqual(readdirSync(output).sort(), ['comparison.json', 'report.md']);
  assert.equal(readFileSync(join(output, 'comparison.json'), 'utf8'), text);
  const more = join(folder, 'more');
  await report(folder, { lang: 'en', format: 'openmetrics,bencher,benchmark-action,csv', output: more }, host, ioTo(() => undefined));
  assert.deepEqual(readdirSync(more).sort(), ['arms.csv', 'bencher.json', 'benchmark-action-bigger.json', 'benchmark-action-smaller.json', 'openmetrics.txt']);
  const killed = comparisonFolder({ killed: true });
  let said = '';
  await report(killed.folder, { lang: 'en', json: true }, host, ioTo((line) => { said += line; }));
  assert.equal(comparisonFileSchema.parse(JSON.parse(said)).verdict?.status, 'pass');
});

test('a comparison has what GitHub shows too, and tells it where it runs in a job', async () => {
  const { folder } = comparisonFolder();
  const output = join(folder, 'out');
  const summary = join(folder, 'summary.md');
  const variables: Record<string, string> = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
  await report(folder, { lang: 'en', format: 'github,junit', output }, { ...host, machine: { ...host.machine, variable: (name) => variables[name] } }, ioTo(() => undefined));
  assert.deepEqual(readdirSync(output).sort(), ['github-annotations.txt', 'github-pull-request.md', 'github-summary.md', 'junit.xml']);
  assert.match(readFileSync(summary, 'utf8'), /greedy/);
});

test('a verb that needs one run says where the runs of a comparison are; a comparison that was changed is refused', async () => {
  const { folder } = comparisonFolder();
  await assert.rejects(gate([folder], { gate: [] }, host, ioTo(() => undefined)), (error) => error instanceof BenchError && error.code === 'record-unreadable' && /rounds\//.test(error.hint));
  writeFileSync(join(folder, 'comparison.json'), '{"schema": "mgeo-bench/comparison/1", "id": 5}');
  await assert.rejects(report(folder, { lang: 'en' }, host, ioTo(() => undefined)), (error) => error instanceof BenchError && error.code === 'record-unreadable' && /breaks the record's schema/.test(error.message));
  writeFileSync(join(folder, 'comparison.json'), '{"schema": "mgeo-bench/comparison/2"}');
  await assert.rejects(report(folder, { lang: 'en' }, host, ioTo(() => undefined)), (error) => error instanceof BenchError && /not "mgeo-bench\/comparison\/1"/.test(error.message));
});
