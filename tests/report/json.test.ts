import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { analyseRecord } from '../../harness/analysis/index.js';
import { judge } from '../../harness/gate/index.js';
import { renderReports, resultJsonSchema, verdictSentence, type ReportInput, type Result } from '../../harness/report/index.js';
import { buildRecord } from '../analysis/record-builder.js';
import { brokenInput } from './broken-input.js';
import { sameAsFile } from './golden.js';
import { sampleInput } from './sample-input.js';

const valid = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(resultJsonSchema());

async function resultOf(input: ReportInput): Promise<Result> {
  const [file] = await renderReports(input, { languages: ['en'], formats: ['json'] });
  return JSON.parse(file!.content) as Result;
}

test('docs/schema/result.schema.json is the contract as the code has it', () => {
  sameAsFile('docs/schema/result.schema.json', `${JSON.stringify(resultJsonSchema(), null, 2)}\n`);
});

test('result.json obeys its schema: no GPU, two GPUs, hostile text, a run that failed before anything, an analysed record', async () => {
  const record = buildRecord({ users: [1, 4], gpus: [{ uuid: 'GPU-1', baselineMiB: 300, loadedMiB: 900, peakMiB: 1200 }] });
  const analysis = analyseRecord(record);
  const analysed = { record, analysis, verdict: judge({ record, analysis }) };
  for (const input of [sampleInput(), sampleInput({ gpus: 2 }), sampleInput({ hostile: '</script>\u0000' }), brokenInput(), analysed]) {
    assert.ok(valid(await resultOf(input)), JSON.stringify(valid.errors));
  }
});

test('the schema refuses what is not in the contract', async () => {
  const result = await resultOf(sampleInput());
  assert.equal(valid({ ...result, extra: 1 }), false);
  assert.equal(valid({ ...result, schema: 'mgeo-bench/result/2' }), false);
  assert.equal(valid({ ...result, stages: [{ ...result.stages[0], achievedRps: '20' }] }), false);
  assert.equal(valid({ ...result, verdict: undefined }), false);
});

test('numbers are those of the record and the analysis, absent ones null or absent with the reason', async () => {
  const input = sampleInput();
  const result = await resultOf(input);
  const [first, second] = result.stages;
  assert.equal(result.verdict.sentence, verdictSentence(input.verdict, input.record, 'en'));
  assert.deepEqual(result.run.machine.gpus, []);
  assert.match((first!.gpus as { absent: string }).absent, /nvidia-smi/);
  assert.equal(first!.latencyMs.p99, null);
  assert.equal(first!.latencyMs.n, 120);
  assert.equal(second!.achievedRps, input.analysis.stages[1]!.achievedRps);
  assert.deepEqual(second!.requests, { started: 821, completed: 818, failed: 3, timedOut: 0, censored: 0 });
  assert.equal(first!.offeredRps, null);
  assert.equal(result.checks[2]!.actual, null);
});

test('GPU figures stay apart, each with its scope, source and interval', async () => {
  const result = await resultOf(sampleInput({ gpus: 2 }));
  const gpus = result.stages[0]!.gpus as Exclude<Result['stages'][number]['gpus'], { absent: string }>;
  assert.deepEqual(gpus.map(({ memoryMiB, source, intervalMs, scope }) => [memoryMiB.loaded, source, intervalMs, scope]), [[4200, 'nvidia-smi', 200, 'device'], [4500, 'nvidia-smi', 200, 'device']]);
});

test('NaN and infinities of an analysis never reach the file', async () => {
  const input = sampleInput();
  input.analysis.stages[0]!.latencyMs.mean = NaN;
  input.analysis.stages[0]!.latencyMs.max = Infinity;
  const result = await resultOf(input);
  assert.equal(result.stages[0]!.latencyMs.mean, null);
  assert.equal(result.stages[0]!.latencyMs.max, null);
});
