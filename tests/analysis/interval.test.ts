import assert from 'node:assert/strict';
import { test } from 'node:test';
import { binomialCdf } from '../../harness/analysis/distribution.js';
import { intervalRanks, meanEstimate, percentileFinding, poissonRate, shareFinding, valuesNeeded } from '../../harness/analysis/interval.js';
import type { Estimate, Finding } from '../../harness/model/analysis.js';
import { histogramOf } from '../../harness/model/histogram.js';
import { createRandom, mixSeed, type Random } from '../../harness/model/random.js';

function found(finding: Finding<Estimate>): Estimate {
  assert.equal(finding.kind, 'found');
  return (finding as { value: Estimate }).value;
}

test('ranks of the 95 % interval of the median are those of the tables', () => {
  const table: [number, number, number][] = [[6, 1, 6], [10, 2, 9], [20, 6, 15], [25, 8, 18], [50, 18, 33], [100, 40, 61]];
  for (const [n, low, high] of table) assert.deepEqual(intervalRanks(n, 0.5, 0.95), { low, high }, String(n));
});

test('ranks of p99 and p99.9 are those of the binomial, close to the normal approximation', () => {
  for (const [n, p, low, high] of [[1000, 0.99, 983, 998], [20_000, 0.99, 19_772, 19_829], [20_000, 0.999, 19_971, 19_990]] as const) {
    const ranks = intervalRanks(n, p, 0.95);
    assert.ok(Math.abs(ranks.low! - low) <= 2 && Math.abs(ranks.high! - high) <= 2, `${String(ranks.low)}–${String(ranks.high)}`);
    assert.ok(binomialCdf(ranks.high! - 1, n, p) - binomialCdf(ranks.low! - 1, n, p) >= 0.95);
  }
});

test('the needed n: 6, 36, 72, 368, 3688 at 95 %, computed, and exactly where the interval becomes finite', () => {
  assert.deepEqual([0.5, 0.9, 0.95, 0.99, 0.999].map((p) => valuesNeeded(p, 0.95)), [6, 36, 72, 368, 3688]);
  assert.equal(valuesNeeded(0.05, 0.95), 72);
  for (const p of [0.05, 0.5, 0.9, 0.95, 0.99]) {
    for (const confidence of [0.9, 0.95, 0.99]) {
      const n = valuesNeeded(p, confidence);
      const [enough, short] = [intervalRanks(n, p, confidence), intervalRanks(n - 1, p, confidence)];
      assert.ok(enough.low !== null && enough.high !== null, `${String(p)} ${String(confidence)}`);
      assert.ok(short.low === null || short.high === null, `${String(p)} ${String(confidence)}`);
    }
  }
});

test('below the needed n a percentile is absent and says how many it takes', () => {
  const of = (n: number): Finding<Estimate> => percentileFinding(histogramOf(Array.from({ length: n }, (_, i) => 1000 * (i + 1))), 0.95, 0.95);
  assert.deepEqual(of(71), { kind: 'absent', why: 'too-few', needed: 72 });
  assert.deepEqual(of(0), { kind: 'absent', why: 'no-answer' });
  assert.deepEqual(found(of(72)), { value: 69, low: 64, high: 72, confidence: 0.95, method: 'order-statistics', n: 72 });
});

function logNormal(random: Random, sigma: number): number {
  const z = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  return Math.round(20_000 * Math.exp(sigma * z));
}

for (const [p, z, n] of [[0.5, 0, 300], [0.95, 1.6448536269514722, 1000], [0.99, 2.3263478740408408, 3000]] as const) {
  test(`the interval of p${String(p * 100)} covers the truth in 93 to 97 of 100 independent samples`, () => {
    const truthMs = 20 * Math.exp(0.5 * z);
    let covered = 0;
    for (let i = 0; i < 1000; i += 1) {
      const random = createRandom(mixSeed(11, i));
      const { low, high } = found(percentileFinding(histogramOf(Array.from({ length: n }, () => logNormal(random, 0.5))), p, 0.95));
      if (low! <= truthMs && truthMs <= high!) covered += 1;
    }
    assert.ok(covered >= 930 && covered <= 970, String(covered));
  });
}

test('Wilson intervals are those published (Newcombe 1998, table I)', () => {
  const table: [number, number, number, number][] = [[81, 263, 0.2553, 0.3662], [15, 148, 0.0624, 0.1605], [0, 20, 0, 0.1611], [1, 29, 0.0061, 0.1718]];
  for (const [k, n, low, high] of table) {
    const share = found(shareFinding(k, n, 0.95));
    assert.deepEqual([share.low!.toFixed(4), share.high!.toFixed(4)], [low.toFixed(4), high.toFixed(4)]);
    assert.equal(share.value, k / n);
  }
  assert.equal(found(shareFinding(20, 20, 0.95)).high, 1);
  assert.deepEqual(shareFinding(0, 0, 0.95), { kind: 'absent', why: 'no-answer' });
});

test('the interval of a mean is x̄ ± t·s/√n, and one value has none', () => {
  const mean = meanEstimate(10, 4, 16, 0.95, 'student');
  assert.ok(Math.abs(mean.high! - (10 + 2.131449545559323 * 0.5)) < 1e-9 && Math.abs(mean.low! + mean.high! - 20) < 1e-9);
  assert.deepEqual([meanEstimate(10, 0, 1, 0.95, 'student').low, meanEstimate(10, 0, 1, 0.95, 'student').high], [null, null]);
});

test('the Poisson interval covers the true rate in 93.5 to 96.5 of 100 runs', () => {
  let covered = 0;
  for (let i = 0; i < 2000; i += 1) {
    const random = createRandom(mixSeed(5, i));
    let count = 0;
    for (let t = -Math.log(1 - random.next()) / 30; t < 4; t += -Math.log(1 - random.next()) / 30) count += 1;
    const { low, high } = poissonRate(count, 4, 0.95);
    if (low! <= 30 && 30 <= high!) covered += 1;
  }
  assert.ok(covered >= 1870 && covered <= 1930, String(covered));
});
