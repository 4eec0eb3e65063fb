import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitUsl, type ScalePoint } from '../../../harness/analysis/scale/fit-usl.js';
import { kneeOf, peakOf, throughputAt, type UslCurve } from '../../../harness/analysis/scale/usl-curve.js';
import { createRandom, type Random } from '../../../harness/model/random.js';

const loads = [1, 2, 4, 8, 16, 32, 64, 128];
const planted: UslCurve[] = [
  { lambdaRps: 40, sigma: 0.02, kappa: 0.0002 },
  { lambdaRps: 900, sigma: 0.15, kappa: 0.001 },
  { lambdaRps: 3, sigma: 0, kappa: 0.0005 },
  { lambdaRps: 55, sigma: 0.4, kappa: 0 },
  { lambdaRps: 12, sigma: 1, kappa: 0 },
  { lambdaRps: 12, sigma: 0, kappa: 0 },
];

/** A standard normal number by Box & Muller. */
const normal = (dice: Random): number => Math.sqrt(-2 * Math.log(1 - dice.next())) * Math.cos(2 * Math.PI * dice.next());

function pointsOf(curve: UslCurve, noise = 0, dice = createRandom(1), at: readonly number[] = loads): ScalePoint[] {
  return at.map((inFlight) => ({ inFlight, rps: throughputAt(curve, inFlight) * Math.exp(noise * normal(dice)) }));
}

test('a curve without noise is found again, on the edges of what is allowed too', () => {
  for (const curve of planted) {
    const fitted = fitUsl(pointsOf(curve));
    assert.ok(fitted !== null);
    for (const n of loads) assert.ok(Math.abs(throughputAt(fitted, n) / throughputAt(curve, n) - 1) < 1e-4, JSON.stringify({ curve, fitted, n }));
    assert.ok(Math.abs(fitted.sigma - curve.sigma) < 1e-4 && Math.abs(fitted.kappa - curve.kappa) < 1e-6, JSON.stringify({ curve, fitted }));
  }
});

test('with 1 % noise, peak and knee are within 5 % of what was planted: median of 100 trials, and 95 of 100 within 15 %', () => {
  const curve = planted[0] as UslCurve;
  const dice = createRandom(42);
  const trials = Array.from({ length: 100 }, () => fitUsl(pointsOf(curve, 0.01, dice))).map((fitted) => fitted as UslCurve);
  for (const read of [(one: UslCurve): number => kneeOf(one), (one: UslCurve): number => throughputAt(one, peakOf(one) ?? 1e9)]) {
    const errors = trials.map((fitted) => Math.abs(read(fitted) / read(curve) - 1)).sort((x, y) => x - y);
    assert.ok((errors[50] as number) < 0.05, `median error ${String(errors[50])}`);
    assert.ok((errors[94] as number) < 0.15, `95th error ${String(errors[94])}`);
  }
});

test('one noisy first point does not spoil the curve', () => {
  const curve = planted[0] as UslCurve;
  const points = pointsOf(curve);
  const first = points[0] as ScalePoint;
  const fitted = fitUsl([{ ...first, rps: first.rps * 0.9 }, ...points.slice(1)]) as UslCurve;
  assert.ok(Math.abs(throughputAt(fitted, 64) / throughputAt(curve, 64) - 1) < 0.05);
});

test('points that cannot bear a curve are refused', () => {
  const curve = planted[0] as UslCurve;
  assert.equal(fitUsl(pointsOf(curve, 0, undefined, [1, 4, 16])), null);
  assert.equal(fitUsl(pointsOf(curve, 0, undefined, [1, 4, 4, 16])), null);
  assert.equal(fitUsl(pointsOf(curve, 0, undefined, [10, 15, 20, 25, 30])), null);
  assert.equal(fitUsl([...pointsOf(curve), { inFlight: 200, rps: 0 }]), null);
});
