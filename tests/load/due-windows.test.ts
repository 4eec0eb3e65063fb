import assert from 'node:assert/strict';
import test from 'node:test';
import { createDueRecorder } from '../../harness/load/due-windows.js';
import { openStageOf, spikeStageOf } from './stage-setup.js';

test('windows have the step down on an edge, and count by the moment that was due', () => {
  const recorder = createDueRecorder(spikeStageOf({ beforeS: 3, duringS: 2, afterS: 4, windowS: 2, within: { p: 50, limitMs: 100, from: 'scenario' } }));
  recorder.add(0, 50_000);
  recorder.add(999, 60_000);
  for (const [dueMs, latencyUs] of [[5000, 100_000], [5001, 100_001], [6999, null]] as const) recorder.add(dueMs, latencyUs);
  for (const dueMs of [7000, 7001, 7002]) recorder.add(dueMs, null);
  const saved = recorder.save(9000);
  assert.deepEqual(saved, {
    windowS: 2, fromS: [-1, 1, 3, 5, 7], due: [2, 0, 0, 3, 3], beyond: [0, 0, 0, 2, 3],
    // Nearest rank of three: the second; of two: the first. Failures are infinite, and nothing was due in two windows.
    quantileMs: [50, null, null, 100.001, null],
  });
});

test('p95 of twenty is the nineteenth, whatever rounding makes of 0.95 · 20', () => {
  const recorder = createDueRecorder(spikeStageOf({ beforeS: 1, duringS: 1, afterS: 1 }));
  for (let i = 1; i <= 20; i += 1) recorder.add(10 * i, i * 1000);
  assert.equal(recorder.save(3000)?.quantileMs[0], 19);
});

test('without a limit only failures are beyond; a stage that ended early has the windows it saw; other stages have none', () => {
  const recorder = createDueRecorder(spikeStageOf({ beforeS: 1, duringS: 1, afterS: 5, within: null }));
  recorder.add(0, 9_000_000);
  recorder.add(1, null);
  const saved = recorder.save(2500);
  assert.deepEqual([saved?.fromS, saved?.beyond], [[0, 1, 2], [1, 0, 0]]);
  assert.equal(createDueRecorder(openStageOf(10)).save(1000), null);
});
