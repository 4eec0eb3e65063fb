import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { binomialCdf, binomialQuantile, incompleteBeta, normalCdf, normalQuantile, studentCdf, studentQuantile } from '../../harness/analysis/distribution.js';

function near(actual: number, expected: number, relative: number): void {
  assert.ok(Math.abs(actual - expected) <= relative * Math.max(1e-300, Math.abs(expected)), `${String(actual)} for ${String(expected)}`);
}

test('incomplete beta in closed form: I_x(a, 1) = xᵃ, I_x(1, b) = 1 − (1−x)ᵇ, I_½(2, 3) = 11/16, and its mirror', () => {
  near(incompleteBeta(0.5, 2, 3), 0.6875, 1e-14);
  for (const x of [0.01, 0.3, 0.5, 0.77, 0.999]) {
    near(incompleteBeta(x, 7, 1), x ** 7, 1e-12);
    near(incompleteBeta(x, 1, 4), 1 - (1 - x) ** 4, 1e-12);
    near(incompleteBeta(x, 3.5, 8) + incompleteBeta(1 - x, 8, 3.5), 1, 1e-13);
  }
  assert.equal(incompleteBeta(0, 2, 2), 0);
  assert.equal(incompleteBeta(1, 2, 2), 1);
  assert.throws(() => incompleteBeta(1.1, 1, 1), RangeError);
});

test('binomial: Bin(10, ½) ≤ 3 is 0.171875, and small cases agree with sums of products', () => {
  near(binomialCdf(3, 10, 0.5), 0.171875, 1e-13);
  fc.assert(fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (n, p) => {
    let term = (1 - p) ** n;
    let sum = 0;
    for (let k = 0; k < n; k += 1) {
      sum += term;
      assert.ok(Math.abs(binomialCdf(k, n, p) - sum) < 1e-11);
      term *= ((n - k) / (k + 1)) * (p / (1 - p));
    }
    assert.equal(binomialCdf(n, n, p), 1);
    assert.equal(binomialCdf(-1, n, p), 0);
  }));
});

test('the binomial quantile is the smallest k that reaches q, with a million trials too', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.constantFrom(0.5, 0.95, 0.99, 0.999), fc.constantFrom(0.005, 0.025, 0.5, 0.975), (n, p, q) => {
    const k = binomialQuantile(q, n, p);
    assert.ok(binomialCdf(k, n, p) >= q);
    assert.ok(k === 0 || binomialCdf(k - 1, n, p) < q);
  }), { numRuns: 60 });
  // Far out it is the normal one: np ± 1.96 √(np(1−p)) within a rank or two.
  assert.ok(Math.abs(binomialQuantile(0.975, 1_000_000, 0.95) - (950_000 + 1.959964 * Math.sqrt(47_500))) < 2);
});

test('normal quantiles of the tables, and Φ(Φ⁻¹(q)) = q', () => {
  near(normalQuantile(0.975), 1.959963984540054, 1e-13);
  near(normalQuantile(0.995), 2.5758293035489004, 1e-13);
  near(normalQuantile(0.001), -3.090232306167813, 1e-12);
  near(normalCdf(1), 0.8413447460685429, 1e-14);
  for (const q of [1e-6, 0.01, 0.4, 0.5, 0.9, 0.9999]) near(normalCdf(normalQuantile(q)), q, 1e-9);
});

test('Student t of the tables (97.5 %)', () => {
  const table: [number, number][] = [[1, 12.7062], [2, 4.3027], [4, 2.7764], [5, 2.5706], [10, 2.2281], [30, 2.0423], [120, 1.9799]];
  for (const [df, t] of table) assert.equal(studentQuantile(0.975, df).toFixed(4), t.toFixed(4));
  near(studentQuantile(0.025, 10), -studentQuantile(0.975, 10), 1e-12);
  near(studentCdf(0, 3), 0.5, 1e-15);
  // one degree of freedom is Cauchy: ½ + atan(t)/π
  near(studentCdf(3, 1), 0.5 + Math.atan(3) / Math.PI, 1e-13);
});
