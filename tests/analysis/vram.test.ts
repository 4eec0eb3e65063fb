import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseRecord } from '../../harness/analysis/index.js';
import { buildRecord } from './record-builder.js';

const gpus = [
  { uuid: 'GPU-a', baselineMiB: 300, loadedMiB: 2300, peakMiB: 5300, utilization: 0.75 },
  { uuid: 'GPU-b', baselineMiB: 10, loadedMiB: 10, peakMiB: 10, utilization: 0 },
];

test('baseline, loaded, peak and delta, by GPU', () => {
  const found = analyseRecord(buildRecord({ users: [1, 4], gpus })).gpus;
  assert.ok(found.kind === 'found');
  assert.deepEqual(found.value.map(({ uuid, baselineMiB, loadedMiB, peakMiB, deltaMiB }) => ({ uuid, baselineMiB, loadedMiB, peakMiB, deltaMiB })), [
    { uuid: 'GPU-a', baselineMiB: 300, loadedMiB: 2300, peakMiB: 5300, deltaMiB: 5000 },
    { uuid: 'GPU-b', baselineMiB: 10, loadedMiB: 10, peakMiB: 10, deltaMiB: 0 },
  ]);
});

test('a stage shows what its GPUs did in it: an earlier stage has a lower peak, nothing is averaged together', () => {
  const [first, second] = analyseRecord(buildRecord({ users: [1, 4], gpus })).stages;
  assert.ok(first!.gpus[0]!.peakMiB! > 3300 && first!.gpus[0]!.peakMiB! < 4300, String(first!.gpus[0]!.peakMiB));
  assert.deepEqual(second!.gpus.map(({ utilization, deltaMiB }) => [utilization, deltaMiB]), [[0.75, 5000], [0, 0]]);
});

test('a spike before boot is not a peak of the server, a median not moved by it', () => {
  const record = buildRecord({ users: [1], gpus: gpus.slice(0, 1), change: ({ series }) => ({
    series: series.map((one) => (one.metric === 'memoryUsedMiB' ? { ...one, v: one.v.map((v, i) => (i === 1 ? 9000 : v)) } : one)),
  }) });
  const found = analyseRecord(record).gpus;
  assert.ok(found.kind === 'found');
  assert.deepEqual([found.value[0]!.baselineMiB, found.value[0]!.peakMiB], [300, 5300]);
});

test('a server that ran already has its baseline before the load', () => {
  const record = buildRecord({ users: [1], gpus: gpus.slice(0, 1), change: ({ events }) => ({ events: events.filter(({ kind }) => kind.startsWith('load')) }) });
  const found = analyseRecord(record).gpus;
  assert.ok(found.kind === 'found');
  assert.equal(found.value[0]!.baselineMiB, 2300);
});

test('what was not sampled is absent: one figure, or all of them with the reason', () => {
  const silent = analyseRecord(buildRecord({ users: [1], gpus: gpus.slice(0, 1), change: ({ series }) => ({
    series: series.map((one) => (one.metric === 'memoryUsedMiB' ? { ...one, v: one.v.map((v, i) => (i < 10 ? null : v)) } : one)),
  }) })).gpus;
  assert.ok(silent.kind === 'found');
  assert.deepEqual([silent.value[0]!.baselineMiB, silent.value[0]!.deltaMiB, silent.value[0]!.peakMiB], [null, null, 5300]);
  assert.deepEqual(analyseRecord(buildRecord({ users: [1] })).gpus, { kind: 'absent', why: 'not-found' });
  assert.deepEqual(analyseRecord(buildRecord({ users: [1], change: () => ({ gpu: null }) })).gpus, { kind: 'absent', why: 'not-measured' });
});
