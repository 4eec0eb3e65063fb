import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { analyseRecord } from '../harness/analysis/index.js';
import { invalidOf, roundFacts, runComparison } from '../harness/comparison.js';
import { judge, parseGate } from '../harness/gate/index.js';
import type { ComparisonDesign, ComparisonRecord } from '../harness/model/comparison.js';
import type { GatePlan } from '../harness/model/metric.js';
import type { RunRecord } from '../harness/model/record.js';
import { loadPlan } from '../harness/scenario/index.js';
import { buildRecord } from './analysis/record-builder.js';
import { searched } from './analysis/search-record.js';
import { testContext } from './host/context.js';

/** The simulated server beside itself, run until the design ends it: the deciding figure is one that nobody measures here, so nothing is ever decided. */
async function compared(over: Partial<ComparisonDesign>, output = join(mkdtempSync(join(tmpdir(), 'comparison-')), 'out')): Promise<ComparisonRecord> {
  const ctx = testContext();
  const { arms } = loadPlan('quick', { engine: 'simulated', set: ['server={simulated: {service: 20ms, exponential: true}}', 'dataset.mix={high: 20, low: 20}', 'answers={golden: 0}', 'gates={}', 'load={warmup: 1s, closed: {users: [2], duration: 2s}}'], aa: true }, { parseGate }, ctx.host);
  const { record } = await runComparison({
    arms, design: { order: 'abba', aa: true, pairs: 2, mostPairs: 3, looks: 3, confidence: 0.95, equivalence: 0.03, metric: 'vram', ...over }, version: '0', output, secrets: ['hush'], asked: ['my/quick.yaml', '--set', 'name=hush', '--aa'],
    finish: () => Promise.resolve({ status: 'pass', exitCode: 0, checks: [], headline: { code: '', params: {} } }),
  }, ctx);
  return record;
}

test('a budget that is spent ends the series at a look, never before the first; without one all pairs are made', async () => {
  const [bounded, free] = [await compared({ budgetS: 1e-6 }), await compared({})];
  assert.deepEqual([bounded.comparisons[0]?.pairs, bounded.rounds.length, bounded.looks, bounded.budgetSpent], [2, 4, 1, true]);
  assert.deepEqual([free.comparisons[0]?.pairs, free.rounds.length, free.looks, free.budgetSpent], [3, 6, 2, undefined]);
});

test('why a round is no measurement: of a search only by the stages that its verdict rests on', () => {
  const record = buildRecord(searched({ lowMs: 20, highMs: 200 }));
  const analysis = analyseRecord(record);
  const told = (invalid: number): string | undefined => invalidOf(record, { ...analysis, stages: analysis.stages.map((stage) => ({ ...stage, validity: stage.index === invalid ? { status: 'invalid', reasons: [{ code: 'lag', level: 'invalid', value: 31, limit: 5, params: {} }] } : { status: 'valid', reasons: [] } })) }).invalid?.stage;
  assert.deepEqual(analysis.search?.judged, [0, 2]);
  assert.deepEqual([0, 1, 2].map(told), ['100/s', undefined, '100/s, again 1']);
});

test('of each run its gates are kept with their numbers, shares in percent, and why it may be doubted', () => {
  const record = buildRecord({});
  const parseGateOf = (metric: string, expression: string): GatePlan => {
    const read = parseGate(metric, expression, 'error');
    assert.ok('gate' in read);
    return read.gate;
  };
  record.plan.gates = [parseGateOf('errors', 'rate<2%'), parseGateOf('rss', 'max<1MiB')];
  const analysis = analyseRecord(record);
  const doubted = { ...analysis, stages: analysis.stages.map((stage, i) => ({ ...stage, validity: i === 0 ? { status: 'suspect' as const, reasons: [{ code: 'lag', level: 'suspect' as const, value: 1, limit: 1, params: {} }] } : { status: 'valid' as const, reasons: [] } })) };
  const { validity, checks = [], invalid } = roundFacts(record, doubted, judge({ record, analysis }));
  assert.deepEqual([validity, invalid], [{ status: 'suspect', reasons: ['lag'] }, undefined]);
  const errors = checks.find(({ metric }) => metric === 'errors');
  assert.deepEqual([errors?.gate, errors?.stage, errors?.unit, errors?.status], ['errors rate<2%', record.stages[0]?.stage.name, '%', 'pass']);
  assert.deepEqual(checks.filter(({ metric }) => metric === 'rss').map(({ gate, stage, unit }) => [gate, stage, unit]), [['rss max<1MiB', null, 'MiB']]);
});

test('each round keeps the words that make the whole comparison, and that it is a round of it', async () => {
  const output = join(mkdtempSync(join(tmpdir(), 'comparison-')), 'out');
  const { rounds } = await compared({ mostPairs: 2 }, output);
  assert.equal(rounds.length, 4);
  for (const { folder } of rounds) {
    const { asked, round } = JSON.parse(readFileSync(join(output, folder, 'run.json'), 'utf8')) as RunRecord;
    assert.deepEqual([asked, round], [['./quick.yaml', '--set', 'name=(hidden)', '--aa'], true], folder);
  }
});
