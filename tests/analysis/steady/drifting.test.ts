import assert from 'node:assert/strict';
import { test } from 'node:test';
import { driftOfRest } from '../../../harness/analysis/steady/drifting.js';
import { createRandom, mixSeed } from '../../../harness/model/random.js';
import { noisy } from './series.js';

const seconds = (n: number, shape: (t: number) => number): number[] => Array.from({ length: n }, (_, t) => shape(t));
const flat = seconds(60, (t) => 200 + (t % 3));

test('a straight line has its change from end to end, of its own series; the larger of two is told', () => {
  const rising = driftOfRest({ throughput: flat, latency: seconds(60, (t) => 20 + 0.05 * t) });
  assert.equal(rising?.of, 'latency');
  // 3 ms through a minute, around a median of 21.475 ms.
  assert.ok(Math.abs(rising.change - 3 / 21.475) < 1e-9, String(rising.change));
  const falling = driftOfRest({ throughput: seconds(60, (t) => 200 - t), latency: seconds(60, (t) => 20 + 0.05 * t) });
  assert.equal(falling?.of, 'throughput');
  assert.ok(Math.abs(falling.change + 60 / 170.5) < 1e-9, String(falling.change));
});

test('a change below 5 % does not matter, one within the noise is none', () => {
  assert.equal(driftOfRest({ throughput: flat, latency: seconds(60, (t) => 20 + 0.015 * t) }), null);
  assert.equal(driftOfRest({ throughput: flat, latency: noisy(60, (t) => 20 + 0.03 * t, 0, 0.3, createRandom(4)) }), null);
});

test('refusals: fewer than thirty seconds, and nothing answered; a gap is left out', () => {
  const rising = seconds(60, (t) => 20 + 0.05 * t);
  assert.equal(driftOfRest({ throughput: flat.slice(0, 29), latency: rising.slice(0, 29) }), null);
  assert.equal(driftOfRest({ throughput: seconds(60, () => 0), latency: seconds(60, () => 0) }), null);
  assert.equal(driftOfRest({ throughput: flat, latency: rising.map((value, t) => (t % 7 === 0 ? null : value)) })?.of, 'latency');
});

test('hours cost no more than minutes: a slope through ten hours is found in hundred blocks', () => {
  const found = driftOfRest({ throughput: seconds(36_000, (t) => 200 - t / 1000), latency: seconds(36_000, (t) => 20 + (t % 5)) });
  assert.ok(found?.of === 'throughput' && Math.abs(found.change + 36 / 182) < 0.005, JSON.stringify(found));
});

/** Share of 1,000 minutes that are called drifting. */
function share(rho: number, deviation: number, shape: (t: number) => number = () => 1): number {
  let found = 0;
  for (let i = 0; i < 1000; i += 1) {
    const dice = createRandom(mixSeed(13, i));
    if (driftOfRest({ throughput: noisy(60, () => 200, rho, deviation, dice), latency: noisy(60, (t) => 20 * shape(t), rho, deviation, dice) }) !== null) found += 1;
  }
  return found / 1000;
}

test('of steady minutes hardly any are called drifting, none where the spread is small', (t) => {
  for (const [rho, deviation, most] of [[0, 0.02, 0], [0.5, 0.02, 0.005], [0, 0.1, 0.02], [0.5, 0.1, 0.04]] as const) {
    const found = share(rho, deviation);
    t.diagnostic(`correlation ${String(rho)}, spread ${String(deviation)}: ${String(found)}`);
    assert.ok(found <= most, `${String(rho)}, ${String(deviation)}: ${String(found)}`);
  }
});

test('a latency that rises by 10 % through a minute is found', (t) => {
  const rise = share(0.5, 0.02, (second) => 1 + second / 600);
  t.diagnostic(String(rise));
  assert.ok(rise > 0.9, String(rise));
});
