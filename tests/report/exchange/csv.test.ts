import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { sameAsFile } from '../golden.js';
import { sampleInput } from '../sample-input.js';
import { clean, everyInput, filesOf } from './inputs.js';

const rowsOf = (text: string): Record<string, string>[] => parse<Record<string, string>>(text, { columns: true, recordDelimiter: '\r\n' });

test('a small run as CSV', async () => {
  sameAsFile('tests/golden/report/exchange/stages.csv', (await filesOf(sampleInput({ users: [1, 8, 32], durationS: 3, gpus: 1 }), 'csv')).get('stages.csv')!);
});

test('every run: one row a stage, every row as wide as the head, no cell a spreadsheet would run', async () => {
  for (const [run, input] of everyInput()) {
    const text = (await filesOf(input, 'csv')).get('stages.csv')!;
    const rows = rowsOf(text);
    assert.equal(rows.length, input.analysis.stages.length, run);
    assert.doesNotMatch(text, /undefined|NaN|Infinity|null/, run);
    for (const row of rows) for (const cell of Object.values(row)) assert.doesNotMatch(cell, /^[=+@\t\r]|^-(?![\d.])/, run);
  }
});

test('numbers are those of the run, unrounded; what was not measured is empty', async () => {
  const input = clean();
  const [row] = rowsOf((await filesOf(input, 'csv')).get('stages.csv')!);
  const [stage] = input.analysis.stages;
  assert.equal(Number(row!['achieved_rps']), stage!.achievedRps);
  assert.ok(stage!.latencyMs.p50.kind === 'found');
  assert.equal(Number(row!['p50_low_ms']), stage!.latencyMs.p50.value.low);
  assert.equal(row!['load_of'], 'users');
  assert.equal(row!['offered_rps'], '');
});

test('text that begins like a formula gets an apostrophe', async () => {
  const input = clean();
  input.record.plan.name = '=HYPERLINK("http://x")';
  const text = (await filesOf(input, 'csv')).get('stages.csv')!;
  assert.equal(rowsOf(text)[0]!['scenario'], '\'=HYPERLINK("http://x")');
});
