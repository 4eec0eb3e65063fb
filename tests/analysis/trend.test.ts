import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blocksOf, middleOf, type Block } from '../../harness/analysis/blocks.js';
import { dependence, fitTrend, kendallS, kendallVariance } from '../../harness/analysis/trend.js';
import { createRandom, type Random } from '../../harness/model/random.js';

const normal = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
const blocks = (values: readonly number[]): Block[] => values.map((value, i) => ({ tMs: i * 1000, value }));

test('Kendall\'s S and its variance: closed forms', () => {
  const ascending = Array.from({ length: 30 }, (_, i) => i);
  assert.equal(kendallS(ascending), (30 * 29) / 2);
  assert.equal(kendallS([...ascending].reverse()), -(30 * 29) / 2);
  assert.equal(kendallVariance(ascending), (30 * 29 * 65) / 18);
  // Gilbert 1987, example 16.2: 10, 15, 14, 20 has S = 4; with n = 4 and no ties the variance is 4·3·13/18.
  assert.deepEqual([kendallS([10, 15, 14, 20]), kendallVariance([10, 15, 14, 20])], [4, (4 * 3 * 13) / 18]);
  // Ties: one group of three and one of two take away 3·2·11 and 2·1·9.
  assert.equal(kendallVariance([1, 1, 1, 2, 2, 3]), (6 * 5 * 17 - 3 * 2 * 11 - 2 * 1 * 9) / 18);
  assert.equal(kendallVariance([5, 5, 5]), 0);
});

test('a straight line has its slope, with an interval of no width; a constant has none', () => {
  const line = fitTrend(blocks(Array.from({ length: 40 }, (_, i) => 3 + 0.25 * i)), 0.95);
  assert.ok(line.kind === 'found');
  const { value, low, high } = line.value.slope;
  for (const slope of [value, low, high]) assert.ok(Math.abs((slope ?? NaN) * 1000 - 0.25) < 1e-9, String(slope));
  assert.ok(line.value.z > 6);
  const flat = fitTrend(blocks(Array.from({ length: 40 }, () => 7)), 0.95);
  assert.ok(flat.kind === 'found');
  assert.deepEqual([flat.value.slope.value, flat.value.slope.low, flat.value.slope.high, flat.value.z], [0, 0, 0, 0]);
});

test('a quarter of the values far off does not move the slope far', () => {
  const random = createRandom(3);
  const values = Array.from({ length: 80 }, (_, i) => 100 + 0.5 * i + normal(random) + (i % 4 === 1 ? 500 : 0));
  const found = fitTrend(blocks(values), 0.95);
  assert.ok(found.kind === 'found' && Math.abs(found.value.slope.value * 1000 - 0.5) < 0.1, JSON.stringify(found));
});

/** Share of series whose interval holds the planted slope: noise of `draw`, each value `phi` of the one before. */
function coverage(n: number, phi: number, draw: (random: Random) => number, runs: number): number {
  const random = createRandom(11);
  const planted = 0.05;
  let held = 0;
  for (let run = 0; run < runs; run += 1) {
    let noise = 0;
    for (let i = 0; i < 20; i += 1) noise = phi * noise + draw(random);
    const values = Array.from({ length: n }, (_, i) => {
      noise = phi * noise + draw(random);
      return planted * i + noise;
    });
    const found = fitTrend(blocks(values), 0.95);
    assert.ok(found.kind === 'found');
    const { low, high } = found.value.slope;
    if ((low ?? -Infinity) * 1000 <= planted && (high ?? Infinity) * 1000 >= planted) held += 1;
  }
  return held / runs;
}

test('a 95 % interval holds the planted slope in 93 to 97 of 100 series, whatever the noise', (t) => {
  const exponential = (random: Random): number => -Math.log(1 - random.next());
  const heavy = (random: Random): number => normal(random) / Math.sqrt((normal(random) ** 2 + normal(random) ** 2 + normal(random) ** 2) / 3);
  for (const [name, draw] of [['normal', normal], ['exponential', exponential], ['Student t, 3 degrees', heavy]] as const) {
    for (const n of [30, 100]) {
      const held = coverage(n, 0, draw, 1000);
      t.diagnostic(`${name}, n = ${String(n)}: ${String(held)}`);
      assert.ok(held >= 0.93 && held <= 0.97, `${name}, n = ${String(n)}: ${String(held)}`);
    }
  }
});

test('neighbours that are alike widen the interval: it holds nearly as often, where the plain one does not', (t) => {
  for (const phi of [0.3, 0.6]) {
    const held = coverage(100, phi, normal, 1000);
    t.diagnostic(`correlation ${String(phi)}: ${String(held)}`);
    assert.ok(held >= 0.91 && held <= 0.97, String(held));
  }
  assert.equal(dependence(Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? 1 : -1))), 1, 'values that take turns make no doubt');
  assert.ok(dependence(Array.from({ length: 100 }, (_, i) => Math.floor(i / 10))) > 5, 'steps of ten count as few values');
});

test('fewer than thirty values, and values of one moment, have no trend', () => {
  assert.deepEqual(fitTrend(blocks(Array.from({ length: 29 }, (_, i) => i)), 0.95), { kind: 'absent', why: 'too-short', needed: 30 });
  assert.equal(fitTrend(Array.from({ length: 35 }, (_, i) => ({ tMs: 5, value: i })), 0.95).kind, 'absent');
});

test('blocks: medians of equal spans, however many values; a gap stays a gap', () => {
  const t = Array.from({ length: 200_000 }, (_, i) => i * 500);
  const long = blocksOf(t, t.map((ms, i) => (i % 1000 === 3 ? 1e9 : 2 * ms)), 0, 100_000_000, 100);
  assert.equal(long.length, 100);
  for (const { tMs, value } of long) assert.ok(Math.abs(value - 2 * tMs) < 2000, 'spikes are hidden, and a straight line stays one');
  const gap = blocksOf(t, t.map((ms) => (ms < 50_000_000 ? null : 1)), 0, 100_000_000, 100);
  assert.deepEqual([gap.length, gap[0]?.value, (gap[0]?.tMs ?? 0) > 50_000_000], [50, 1, true]);
  assert.deepEqual(blocksOf([0, 1], [1, NaN], 0, 10, 5), [{ tMs: 0, value: 1 }]);
  assert.deepEqual([blocksOf([], [], 0, 10, 5), blocksOf([1], [1], 5, 5, 5)], [[], []]);
  assert.deepEqual([middleOf([3, 1, 2]), middleOf([4, 1, 2, 3])], [2, 2.5]);
});
