import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readHistogram } from '../../harness/model/histogram.js';
import { runRecordSchema } from '../../harness/model/record.js';
import { workersOf } from '../../harness/model/stage.js';
import { buildRecord } from './record-builder.js';

test('a synthetic record is a valid record, the same every time, and agrees with itself', () => {
  const record = buildRecord({ users: [1, 4], gpus: [{ uuid: 'GPU-1', baselineMiB: 300, loadedMiB: 1300, peakMiB: 2300 }] });
  assert.deepEqual(runRecordSchema.parse(record), record);
  assert.deepEqual(buildRecord({ users: [1, 4], gpus: [{ uuid: 'GPU-1', baselineMiB: 300, loadedMiB: 1300, peakMiB: 2300 }] }), record);
  for (const stage of record.stages) {
    const { requests } = stage;
    assert.equal(requests.started, requests.completed + requests.failed + requests.censored);
    assert.equal(readHistogram(stage.latency).n, requests.completed);
    assert.equal(stage.timeline.completed.reduce((sum, n) => sum + n, 0), requests.completed);
    assert.ok(Math.abs((stage.inFlightMean ?? 0) - workersOf(stage.stage.arrival)) < 1e-9, 'users without think time are always in flight');
  }
});

test('given latencies are kept to the microsecond, and the window is as long as they need', () => {
  const record = buildRecord({ stages: [{ users: 2, latenciesUs: [10, 20, 30, 40, 50, 60], errors: { 'http-500': 1 } }] });
  const stage = record.stages[0]!;
  assert.deepEqual([...readHistogram(stage.latency).values], [20, 30, 40, 50, 60]);
  assert.equal(stage.failedSumUs, 10);
  assert.deepEqual(stage.statuses, { '200': 5, '500': 1 });
});
