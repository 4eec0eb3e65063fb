import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batchMeans, mserCut } from '../../../harness/analysis/steady/mser.js';
import { createRandom, mixSeed } from '../../../harness/model/random.js';
import { noisy } from './series.js';

const cutOf = (series: readonly number[]): ReturnType<typeof mserCut> => mserCut(batchMeans(series) ?? []);
const step = (n: number, at: number, before: number): number[] => Array.from({ length: n }, (_, t) => (t < at ? before : 1));

test('closed forms: nothing to cut, a step cut where it is, a step at half', () => {
  assert.deepEqual(cutOf(step(60, 0, 1)), { values: 0, atHalf: false }, 'all alike: the smallest of equal cuts');
  assert.deepEqual(cutOf(step(60, 20, 3)), { values: 20, atHalf: false });
  assert.deepEqual(cutOf(step(63, 20, 3)), { values: 20, atHalf: false }, 'three values left over');
  assert.deepEqual(cutOf(step(60, 18, 3)), { values: 20, atHalf: false }, 'cuts are multiples of five');
  assert.deepEqual(cutOf(step(60, 30, 3)), { values: 30, atHalf: true });
  // A step past the middle, m of the k means after it: the statistic of n kept is as m(n − m)/n³, less at n = k/2 than at k only for m > 3k/7.
  assert.deepEqual(cutOf(step(100, 60, 3)), { values: 0, atHalf: false }, 'm = 8 of 20');
  assert.deepEqual(cutOf(step(100, 55, 3)), { values: 50, atHalf: true }, 'm = 9 of 20');
});

test('the cut is the one that a sum over every cut finds', () => {
  for (let seed = 0; seed < 50; seed += 1) {
    const means = batchMeans(noisy(57 + seed, (t) => 100 + 80 * Math.exp(-t / 9), 0.5, 0.05, createRandom(seed))) ?? [];
    const statistic = (d: number): number => {
      const rest = means.slice(d);
      const mean = rest.reduce((sum, y) => sum + y, 0) / rest.length;
      return rest.reduce((sum, y) => sum + (y - mean) ** 2, 0) / rest.length ** 2;
    };
    const all = Array.from({ length: Math.floor(means.length / 2) + 1 }, (_, d) => statistic(d));
    assert.equal(mserCut(means)?.values, 5 * all.indexOf(Math.min(...all)), `seed ${String(seed)}`);
  }
});

test('refusals: fewer than fifty values, five in a row missing; single missing ones are left out of their mean', () => {
  assert.equal(cutOf(step(49, 10, 3)), null);
  assert.notEqual(cutOf(step(50, 10, 3)), null);
  assert.equal(batchMeans([1, 2, 3, 4, 5, null, null, null, null, null]), null);
  assert.deepEqual(batchMeans([1, null, 3, 4, 8, 9, null, null, null, null, 7]), [4, 9]);
});

/** Share of 200 series of 300 s (spread 10 % a second, correlation 0.5) cut at half, and the median of the other cuts. */
function over(shape: (t: number) => number): { atHalf: number; median: number } {
  const cuts = Array.from({ length: 200 }, (_, i) => cutOf(noisy(300, shape, 0.5, 0.1, createRandom(mixSeed(5, i)))));
  const inside = cuts.flatMap((cut) => (cut && !cut.atHalf ? [cut.values] : [])).sort((a, b) => a - b);
  return { atHalf: 1 - inside.length / 200, median: inside[Math.floor(inside.length / 2)] ?? NaN };
}

test('planted warm-ups of five minutes: found where they end; a throttle at half has no steady part', () => {
  const none = over(() => 1);
  assert.ok(none.median === 0 && none.atHalf < 0.03, JSON.stringify(none));
  const decay = over((t) => 1 + 2 * Math.exp(-t / 10));
  assert.ok(decay.median >= 25 && decay.median <= 45 && decay.atHalf < 0.03, JSON.stringify(decay));
  const slow = over((t) => 1 + 2 * Math.exp(-t / 60));
  assert.ok(slow.median >= 110 && slow.atHalf > 0.15 && slow.atHalf < 0.6, JSON.stringify(slow));
  assert.deepEqual(over((t) => (t < 45 ? 1.8 : 1)).median, 45);
  const throttle = over((t) => (t < 150 ? 1 : 1.25));
  assert.ok(throttle.atHalf > 0.85, JSON.stringify(throttle));
});
