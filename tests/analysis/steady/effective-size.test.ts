import assert from 'node:assert/strict';
import { test } from 'node:test';
import { effectiveSize } from '../../../harness/analysis/steady/effective-size.js';
import { createRandom, mixSeed } from '../../../harness/model/random.js';
import { correlated } from './series.js';

function meanOver(seeds: number, n: number, rho: number): number {
  let sum = 0;
  for (let seed = 0; seed < seeds; seed += 1) sum += effectiveSize(correlated(n, rho, 3, createRandom(mixSeed(21, seed))).map((value) => 50 + value))!;
  return sum / seeds;
}

test('AR(1) of known correlation: n(1 − ρ)/(1 + ρ) within a tenth over forty seeds', () => {
  for (const rho of [0.2, 0.5, 0.8, 0.9]) {
    const truth = (5000 * (1 - rho)) / (1 + rho);
    const found = meanOver(40, 5000, rho);
    assert.ok(Math.abs(found / truth - 1) < 0.1, `${String(rho)}: ${String(found)} for ${String(truth)}`);
  }
});

test('independent values are worth nearly their number, and never more; so are values that alternate', () => {
  const found = meanOver(40, 5000, 0);
  assert.ok(found > 4750 && found <= 5000, String(found));
  const alternating = Array.from({ length: 60 }, (_, i) => 10 + (i % 2));
  assert.equal(effectiveSize(alternating), 60);
  assert.equal(effectiveSize(correlated(200, -0.6, 1)), 200);
});

test('a minute flatters itself, by no more than is said', () => {
  const found = meanOver(400, 60, 0.5);
  assert.ok(found > 20 && found < 30, `${String(found)} for 20`);
});

test('a closed form: two halves', () => {
  // ±1 in two halves of 20: ρ_k = 1 − 3k/40 up to 20, so Γ_m = 2 − (12m + 3)/40, positive for m ≤ 6: τ = −1 + 2·(14 − 273/40) = 13.35.
  const halves = Array.from({ length: 40 }, (_, i) => (i < 20 ? 1 : -1));
  assert.ok(Math.abs(effectiveSize(halves)! - 40 / 13.35) < 1e-9, String(effectiveSize(halves)));
});

test('refusals: fewer than twenty values, and values all alike', () => {
  assert.equal(effectiveSize(correlated(19, 0, 1)), null);
  assert.equal(effectiveSize(Array.from({ length: 60 }, () => 20.1)), null);
  assert.equal(effectiveSize(Array.from({ length: 60 }, () => 0)), null);
});
