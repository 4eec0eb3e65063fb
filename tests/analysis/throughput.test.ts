import assert from 'node:assert/strict';
import { test } from 'node:test';
import { achievedRps, throughput } from '../../harness/analysis/throughput.js';
import { createRandom, mixSeed } from '../../harness/model/random.js';
import { buildStage } from './synthetic-stage.js';

test('throughput counts successful answers over the real window', () => {
  const stage = buildStage({ users: 1, durationS: 10, latencyMs: 20, errors: { 'http-500': 100 } }, 0, 6000, 1);
  assert.equal(achievedRps(stage), stage.requests.completed / 10);
  assert.equal(achievedRps({ ...stage, windowToMs: stage.windowFromMs + 5000 }), stage.requests.completed / 5);
  assert.equal(achievedRps({ ...stage, windowToMs: stage.windowFromMs }), 0);
});

test('the interval from one-second blocks covers the true rate of a batching server in 93 to 97 of 100 runs; seconds beyond the window do not count', () => {
  let covered = 0;
  for (let i = 0; i < 1000; i += 1) {
    const random = createRandom(mixSeed(8, i));
    // answers come in batches of 8, 25 batches a second on average
    const completed = Array.from({ length: 20 }, () => Array.from({ length: 50 }, () => (random.chance(0.5) ? 8 : 0)).reduce<number>((sum, n) => sum + n, 0));
    const stage = buildStage({ users: 8, durationS: 20, latencyMs: 500, change: (one) => ({
      requests: { ...one.requests, completed: completed.reduce((sum, n) => sum + n, 0) },
      timeline: { ...one.timeline, t: [...completed.keys(), 20], completed: [...completed, 100_000] },
    }) }, 0, 6000, 1);
    const { low, high, method } = throughput(stage, 0.95);
    assert.equal(method, 'block-means');
    if (low! <= 200 && 200 <= high!) covered += 1;
  }
  assert.ok(covered >= 930 && covered <= 970, String(covered));
});

test('a short window falls back on the count', () => {
  const { value, low, high, method } = throughput(buildStage({ users: 2, durationS: 4, latencyMs: 20 }, 0, 6000, 1), 0.95);
  assert.equal(method, 'poisson');
  assert.ok(low! < value && value < high!);
});
