import assert from 'node:assert/strict';
import test from 'node:test';
import { checkOffered, growthRps } from '../../harness/analysis/backlog.js';
import { achievedRps } from '../../harness/analysis/throughput.js';
import { createSimulated } from '../../harness/load/simulated.js';
import type { StageResult } from '../../harness/model/record.js';
import { testContext } from '../host/context.js';
import { expectAnswers, openStageOf, requestPlan } from '../load/stage-setup.js';
import { openStage } from './open-stage.js';
import { buildStage } from './synthetic-stage.js';

/** A queue with exponential service of 10 ms, 100 a second at most. */
async function simulate(rateRps: number, durationS: number, warmupS: number, seed: number, serviceMs = 10, parallel = 1): Promise<StageResult> {
  return createSimulated({ kind: 'simulated', parallel, serviceMs, sigma: 0, kappa: 0, exponential: true, errorShare: 0 }, 'asked').drive({
    stage: openStageOf(rateRps, { warmupS, durationS, inFlight: 5000 }), target: { url: '', request: requestPlan, timeoutS: 10 }, bodies: { file: '', count: 1, expectations: expectAnswers(1) },
    golden: new Map(), tolerance: 0, seed, logFile: '', onSpawn: () => undefined, serverGone: new AbortController().signal,
  }, testContext());
}

test('arrivals against departures: asked, scheduled, ended, and the backlog between', () => {
  const stage = buildStage(openStage({ rateRps: 200, endedRps: 150, latencyMs: 900 }), 0, 6000, 1);
  const offered = checkOffered(stage);
  assert.deepEqual(offered, { askedRps: 200, scheduledRps: 200, endedRps: 150, openAtStart: 180, openAtEnd: 780, unstable: true });
  assert.equal(growthRps(offered!, stage), 50);
  assert.equal(achievedRps(stage), 150, 'throughput is of the answers that came in the window');
  assert.equal(checkOffered(buildStage({ users: 4 }, 0, 6000, 1)), null);
});

test('a server that fails quickly keeps up: failures end too', () => {
  const offered = checkOffered(buildStage(openStage({ rateRps: 100, errors: { 'http-503': 600 } }), 0, 6000, 1));
  assert.deepEqual([offered?.endedRps, offered?.unstable], [100, false]);
});

test('a queue below capacity is never called unstable, one above always is', async () => {
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
    for (const rateRps of [30, 60, 85]) assert.equal(checkOffered(await simulate(rateRps, 20, 5, seed))?.unstable, false, `${String(rateRps)}/s, seed ${String(seed)}`);
    for (const rateRps of [130, 200]) {
      const offered = checkOffered(await simulate(rateRps, 20, 5, seed));
      assert.equal(offered?.unstable, true, `${String(rateRps)}/s, seed ${String(seed)}`);
      assert.ok(Math.abs((offered?.endedRps ?? 0) - 100) < 10, String(offered?.endedRps));
    }
  }
});

test('a system that fills in the first second is not unstable', async () => {
  // Without warm-up the window begins empty: 200 requests are under way when it closes.
  const offered = checkOffered(await simulate(200, 20, 0, 1, 1000, 1000));
  assert.ok((offered?.openAtEnd ?? 0) > 150);
  assert.equal(offered?.unstable, false);
});
