/** Spikes and replays on the simulated queue, where the right answer is known. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { findRecovery } from '../../harness/analysis/recovery.js';
import { createSimulated, type SimulatedServer } from '../../harness/load/simulated.js';
import { readHistogram } from '../../harness/model/histogram.js';
import type { StageResult } from '../../harness/model/record.js';
import type { Stage } from '../../harness/model/stage.js';
import { testContext } from '../host/context.js';
import { expectAnswers, replayStageOf, requestPlan, spikeStageOf } from './stage-setup.js';

const server: SimulatedServer = { kind: 'simulated', parallel: 1, serviceMs: 10, sigma: 0, kappa: 0, exponential: false, errorShare: 0 };

function simulate(stage: Stage, momentsMs?: Float64Array): Promise<StageResult> {
  return createSimulated(server, 'asked').drive({
    stage, target: { url: '', request: requestPlan, timeoutS: 60 }, bodies: { file: '', count: 100, expectations: expectAnswers(100) }, golden: new Map(), tolerance: 1e-6,
    seed: 1, logFile: '', onSpawn: () => assert.fail('there is no process'), serverGone: new AbortController().signal, ...(momentsMs === undefined ? {} : { momentsMs }),
  }, testContext());
}

/**
 * One server of capacity C = 100/s: a peak of P for D s leaves a backlog of (P − C)·D, which drains by C − b a second. Who comes t after the step down
 * waits for what is left of it and is served in S: latency = (backlog − (C − b)·t)/C + S. It is at most L from t* = (backlog − (L − S)·C)/(C − b) on.
 */
const recoveryS = (baseRps: number, peakRps: number, duringS: number, limitMs: number): number => ((peakRps - 100) * duringS - (limitMs - 10) / 10) / (100 - baseRps);

test('the time to recover is that of the queue: within the window that holds it', async () => {
  for (const [baseRps, peakRps, duringS, limitMs] of [[20, 200, 2, 100], [50, 300, 3, 100], [50, 300, 3, 1000], [80, 150, 4, 200], [10, 500, 1, 50]] as const) {
    const stage = spikeStageOf({ baseRps, peakRps, duringS, afterS: 30, inFlight: 2000, within: { p: 95, limitMs, from: 'scenario' } });
    const found = findRecovery(await simulate(stage), 0.95);
    assert.ok(found?.kind === 'found' && found.value.recovered, JSON.stringify(found));
    const truth = recoveryS(baseRps, peakRps, duringS, limitMs);
    const { low, high } = found.value.time;
    // A window of p95 may leave out one of its requests: up to a twentieth of a window earlier, never later than the window that holds t*.
    assert.ok((low ?? NaN) <= truth && truth <= (high ?? NaN) + 0.05 + 1e-9, `${String(truth)} in [${String(low)}, ${String(high)}]`);
  }
});

test('by the moments of ending a drained backlog would look slow for longer: the windows go by what was due', async () => {
  const result = await simulate(spikeStageOf({ baseRps: 10, peakRps: 500, duringS: 2, afterS: 30, inFlight: 2000 }));
  const truth = recoveryS(10, 500, 2, 100);
  const due = result.dueWindows ?? assert.fail('no windows');
  const slowest = Math.max(...due.quantileMs.map((value) => value ?? 0));
  // The last of the peak waits for all 800 that are left, less what was served since: 8 s.
  assert.ok(Math.abs(slowest - 8000) < 500, String(slowest));
  assert.equal(due.due.reduce((sum, n) => sum + n, 0), result.requests.started);
  assert.ok(truth > 8 && due.quantileMs.every((value) => value !== null));
});

test('a backlog that does not drain is no recovery', async () => {
  const found = findRecovery(await simulate(spikeStageOf({ baseRps: 95, peakRps: 300, duringS: 5, afterS: 20, inFlight: 5000 })), 0.95);
  assert.ok(found?.kind === 'found');
  assert.deepEqual([found.value.recovered, found.value.time.value, found.value.time.high], [false, 20, null]);
});

test('a server that breaks the limit at the base rate has nothing to come back to', async () => {
  assert.deepEqual(findRecovery(await simulate(spikeStageOf({ baseRps: 50, peakRps: 90, within: { p: 95, limitMs: 5, from: 'gate' } })), 0.95), { kind: 'absent', why: 'not-held-before' });
});

test('a replay sends at the moments of the file, and measures from them', async () => {
  const moments = Float64Array.of(0, 0, 0, 1000, 1004, 2500);
  const result = await simulate(replayStageOf(moments), moments);
  assert.deepEqual([result.requests.started, result.requests.completed, result.schedule?.due, result.schedule?.unsent], [6, 6, 6, 0]);
  assert.deepEqual(result.timeline.started, [3, 2, 1]);
  // 10 ms each, one after the other: 10, 20, 30; 10, 16; 10.
  const { values, counts } = readHistogram(result.latency);
  assert.deepEqual([[...values], [...counts]], [[10_000, 16_000, 20_000, 30_000], [3, 1, 1, 1]]);
  const twice = await simulate(replayStageOf(moments, 2), moments);
  assert.deepEqual(twice.timeline.started, [5, 1]);
});
