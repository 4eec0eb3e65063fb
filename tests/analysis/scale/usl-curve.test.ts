import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kneeOf, peakOf, throughputAt, type UslCurve } from '../../../harness/analysis/scale/usl-curve.js';

const near = (value: number, expected: number, share = 1e-9): void => { assert.ok(Math.abs(value / expected - 1) <= share, `${String(value)} instead of ${String(expected)}`); };

/** The whole number of greatest `f` from 1 to `to`, by trying all. */
function argmax(f: (n: number) => number, to: number): number {
  let best = 1;
  for (let n = 1; n <= to; n += 1) if (f(n) > f(best)) best = n;
  return best;
}

test('the law at known places: one alone, linear, serial, and the retrograde one by hand', () => {
  near(throughputAt({ lambdaRps: 80, sigma: 0.3, kappa: 0.02 }, 1), 80);
  near(throughputAt({ lambdaRps: 80, sigma: 0, kappa: 0 }, 50), 4000);
  near(throughputAt({ lambdaRps: 80, sigma: 1, kappa: 0 }, 50), 80);
  // 10·100 / (1 + 0.02·9 + 0.001·90)
  near(throughputAt({ lambdaRps: 100, sigma: 0.02, kappa: 0.001 }, 10), 1000 / 1.27);
});

test('peak and knee are where trying every load finds them', () => {
  for (const [sigma, kappa] of [[0.02, 0.0005], [0.1, 0.0001], [0, 0.001], [0.3, 0.01], [0.05, 0.00002]] as const) {
    const curve: UslCurve = { lambdaRps: 40, sigma, kappa };
    const peak = argmax((n) => throughputAt(curve, n), 2000);
    const knee = argmax((n) => throughputAt(curve, n) ** 2 / n, 2000);
    assert.ok(Math.abs((peakOf(curve) ?? 0) - peak) <= 1, `peak ${String(peakOf(curve))}, tried ${String(peak)}`);
    assert.ok(Math.abs(kneeOf(curve) - knee) <= 1, `knee ${String(kneeOf(curve))}, tried ${String(knee)}`);
  }
});

test('without coherence there is no peak and the knee is (1 − σ)/σ; without contention too there is no knee', () => {
  assert.equal(peakOf({ lambdaRps: 1, sigma: 0.1, kappa: 0 }), null);
  near(kneeOf({ lambdaRps: 1, sigma: 0.1, kappa: 0 }), 9);
  // The formula with κ goes over into the one without.
  near(kneeOf({ lambdaRps: 1, sigma: 0.1, kappa: 1e-9 }), 9, 1e-4);
  assert.equal(kneeOf({ lambdaRps: 1, sigma: 0, kappa: 0 }), Infinity);
  assert.equal(kneeOf({ lambdaRps: 1, sigma: 1, kappa: 0.1 }), 1);
});
