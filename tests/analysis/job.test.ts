import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseRecord, roundFigures } from '../../harness/analysis/index.js';
import { judge } from '../../harness/gate/index.js';
import { parseGate } from '../../harness/gate/index.js';
import type { StageAnalysis } from '../../harness/model/analysis.js';
import type { GatePlan } from '../../harness/model/metric.js';
import { jobRecord, type JobShape } from './job-record.js';

const stageOf = (shape: JobShape): StageAnalysis => analyseRecord(jobRecord(shape)).stages[0] ?? assert.fail('no stage');
const jobOf = (shape: JobShape) => stageOf(shape).job ?? assert.fail('no job');
const near = (actual: number | null | undefined, expected: number, within: number): void => { assert.ok(actual !== null && actual !== undefined && Math.abs(actual - expected) <= within, `${String(actual)}, not ${String(expected)}`); };

test('duration, CPU, memory and the time of an epoch are those that were planted', () => {
  const job = jobOf({});
  assert.deepEqual([job.durationS, job.cpuS, job.cores, job.rssPeakMiB], [40, 60, 1.5, 700]);
  assert.deepEqual(job.metrics.map(({ name, n, everyMs, longestGapMs }) => [name, n, everyMs, longestGapMs]), ['epoch', 'loss', 'auc', 'epoch_s'].map((name) => [name, 4, 10_000, 10_000]));
  assert.equal(stageOf({}).validity.status, 'valid');
});

test('CPU time is the larger of what the kernel handed over and what was sampled', () => {
  // A worker that nobody waited for is in the samples alone; what came after the last sample is in the kernel’s count alone.
  assert.equal(jobOf({ job: { cpuS: 2 } }).cpuS, 60);
  assert.equal(jobOf({ job: { cpuS: 61.5 } }).cpuS, 61.5);
  assert.equal(jobOf({ job: { cpuS: null } }).cpuS, 60);
  const blind = jobRecord({ job: { cpuS: null }, change: ({ series }) => ({ series: series.filter(({ source }) => source !== 'job') }) });
  const job = analyseRecord(blind).stages[0]?.job;
  assert.deepEqual([job?.cpuS, job?.cores, job?.rssPeakMiB, job?.others], [null, null, null, null]);
});

test('other programs and stolen time make a job suspect, its own load and that of a server beside it do not', () => {
  near(jobOf({ otherCores: 0.6 }).others, 0.15, 0.01);
  assert.deepEqual(stageOf({ otherCores: 0.6 }).validity.reasons.map(({ code, level }) => [code, level]), [['others', 'suspect']]);
  assert.equal(stageOf({ otherCores: 0.2 }).validity.status, 'valid');
  near(jobOf({ cores: 3.8, server: true }).others, 0.01, 0.01);
  assert.deepEqual(stageOf({ steal: 0.08 }).validity.reasons.map(({ code }) => code), ['steal']);
  // A second of it is no measurement of the machine.
  assert.deepEqual([jobOf({ durationS: 1, lines: [], otherCores: 3 }).others, stageOf({ durationS: 1, lines: [], otherCores: 3 }).validity.status], [null, 'valid']);
});

test('a step of the wall clock is said, and does not spoil a monotonic duration', () => {
  assert.equal(stageOf({ clockStepMs: 90 }).validity.status, 'valid');
  assert.deepEqual(stageOf({ clockStepMs: -2500 }).validity.reasons.map(({ code, level, value }) => [code, level, value]), [['clock-step', 'suspect', 2500]]);
});

test('a job that failed, was cut off or never began is no measurement', () => {
  for (const status of ['job-failed', 'server-failed', 'interrupted', 'not-started'] as const) {
    assert.deepEqual([stageOf({ status, why: 'so' }).validity.status, stageOf({ status, why: 'so' }).validity.reasons[0]?.code], ['invalid', status]);
  }
});

const gate = (metric: string, expression: string): GatePlan => {
  const read = parseGate(metric, expression, 'error');
  return 'gate' in read ? read.gate : assert.fail(read.error);
};
const judged = (shape: JobShape, ...gates: GatePlan[]): string[] => {
  const record = jobRecord({ ...shape, gates });
  const { checks } = judge({ record, analysis: analyseRecord(record) });
  return checks.map(({ status, actual, reason }) => `${status} ${String(actual)}${typeof reason.params['why'] === 'string' ? ` ${reason.params['why']}` : ''}`);
};

test('gates ask for the time, the cost and the job’s own figures', () => {
  assert.deepEqual(judged({}, gate('job', 'time<=40s'), gate('job', 'time<39.9s'), gate('job', 'cpuTime<2m'), gate('job', 'malformed==0'), gate('job', 'lines>=5'), gate('cpu', 'avg<2'), gate('rss', 'max<600MiB')),
    ['pass 40000', 'fail 40000', 'pass 60000', 'pass 0', 'fail 4', 'pass 1.5', 'fail 700']);
  const auc = (expression: string): GatePlan => gate('metric{name:auc}', expression);
  assert.deepEqual(judged({}, auc('last>=0.98'), auc('first>=0.95'), auc('min>0.9'), auc('max<0.97'), auc('count==4'), auc('every<=10s')), ['pass 0.98', 'fail 0.92', 'pass 0.92', 'fail 0.98', 'pass 4', 'pass 10000']);
});

test('a figure that was not printed, or was NaN, decides nothing: it never passes, and never hides', () => {
  assert.deepEqual(judged({}, gate('metric{name:acu}', 'last>=0.1')), ['inconclusive null no-such-metric']);
  assert.deepEqual(judged({ lines: [] }, gate('metric{name:auc}', 'count>=1')), ['inconclusive null no-such-metric']);
  assert.deepEqual(judged({ lines: [[1, { auc: 0.9 }]] }, gate('metric{name:auc}', 'every<1h')), ['inconclusive null one-line']);
  const lost = [[1, { loss: 0.5 }], [2, { loss: null }]] as const;
  const loss = (expression: string): GatePlan => gate('metric{name:loss}', expression);
  assert.deepEqual(judged({ lines: lost }, loss('last<1'), loss('max<1'), loss('min<1'), loss('first<1'), loss('count==1')), ['inconclusive null not-finite', 'inconclusive null not-finite', 'inconclusive null not-finite', 'pass 0.5', 'pass 1']);
  // NaN that was overcome: the last value is a number again, the largest is not known.
  assert.deepEqual(judged({ lines: [...lost, [3, { loss: 0.4 }]] }, loss('last<1'), loss('max<1')), ['pass 0.4', 'inconclusive null not-finite']);
});

test('a failed job is an invalid run, with its exit code and its sentence, whatever its gates say', () => {
  const record = jobRecord({
    status: 'job-failed', why: 'The job ended with exit code 3.', job: { exitCode: 3 }, gates: [gate('job', 'time<1h')],
    change: () => ({ outcome: 'failed', failure: { code: 'job-failed', message: 'The job ended with exit code 3.', hint: '', exitCode: 3, details: [] } }),
  });
  const verdict = judge({ record, analysis: analyseRecord(record) });
  assert.deepEqual([verdict.status, verdict.exitCode, verdict.headline.code], ['invalid', 3, 'job-failed']);
  assert.deepEqual(verdict.checks.map(({ status }) => status), ['invalid']);
});

test('memory of a GPU: baseline before the job, peak in it', () => {
  const record = jobRecord({ gpus: [{ uuid: 'GPU-a', baselineMiB: 500, loadedMiB: 4000, peakMiB: 5000 }] });
  const { gpus } = analyseRecord({ ...record, events: record.events.map((event) => (event.kind === 'load-start' ? { ...event, tMs: 900 } : event)) });
  assert.equal(gpus.kind, 'found');
  if (gpus.kind === 'found') assert.deepEqual(gpus.value.map(({ baselineMiB, peakMiB, deltaMiB }) => [baselineMiB, peakMiB, deltaMiB]), [[500, 5000, 4500]]);
});

test('two jobs are compared by their time and their memory', () => {
  const record = jobRecord({});
  const work = { batchTexts: null, inferMs: null, padding: null, queueMs: null, normaliseMs: null, cacheHit: null, serverCores: null, usedCores: null };
  assert.deepEqual(roundFigures(record, analyseRecord(record)), { stages: [{ name: 'job', figures: { time: 40 }, sent: undefined, work, deciles: null }], run: { rss: 700 }, traffic: {}, cached: true, answers: { checked: 0, flips: 0, moved: 0 }, golden: new Map(), quality: undefined });
  const failed = jobRecord({ status: 'job-failed', why: 'so' });
  assert.deepEqual(roundFigures(failed, analyseRecord(failed)).stages, [{ name: 'job', figures: {}, sent: undefined, work, deciles: null }]);
});
