import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Io } from '../../harness/cli/io.js';
import { formatsOf, report } from '../../harness/cli/report.js';
import { createHost } from '../../harness/host/index.js';
import { BenchError } from '../../harness/model/error.js';
import { sampleInput } from '../report/sample-input.js';

const host = createHost();

async function rendered(flags: { format?: string; json?: boolean }): Promise<{ out: string; files: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'report-verb-'));
  writeFileSync(join(folder, 'run.json'), JSON.stringify(sampleInput({ users: [1, 8], durationS: 3 }).record));
  let out = '';
  const io = { out: (text: string) => (out += text), err: () => undefined, live: false, colour: false, columns: 120, width: null, pour: () => Promise.resolve(true) } as unknown as Io;
  assert.equal(await report(folder, { lang: 'en', ...flags }, host, io), 0);
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
