import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batchMeans, mserCut } from '../../../harness/analysis/steady/mser.js';
import { unlikeHead } from '../../../harness/analysis/steady/unlike.js';
import { createRandom, mixSeed } from '../../../harness/model/random.js';
import { noisy } from './series.js';

const restOf = (around: number, by: number): number[] => [around - by, around + by, around - by, around + by, around - by, around + by, around - by, around + by, around - by, around + by];

test('how far the head lies from the rest, of values and of logarithms', () => {
  assert.ok(Math.abs(unlikeHead([130, 130, ...restOf(100, 1)], 2, 'value')! - 0.3) < 1e-12);
  assert.ok(Math.abs(unlikeHead([Math.log(14), ...restOf(Math.log(10), 0.01)], 1, 'log')! - 0.4) < 1e-12);
});

test('a difference below 5 % does not matter, one within the noise is none', () => {
  assert.equal(unlikeHead([104, 104, ...restOf(100, 0.1)], 2, 'value'), null);
  assert.equal(unlikeHead([130, 130, ...restOf(100, 30)], 2, 'value'), null);
  // By hand: s² = 10·9/9 of the rest ±3, t(1 − 0.005/6, 9) = 4.42 (12 means, 6 cuts), √(10·(1/2 + 1/10)) = 2.449: more than 10.8 is needed.
  assert.equal(unlikeHead([110.5, 110.5, ...restOf(100, 3)], 2, 'value'), null);
  assert.notEqual(unlikeHead([111.2, 111.2, ...restOf(100, 3)], 2, 'value'), null);
});

test('refusals: nothing before the cut, nothing left after it, no ratio', () => {
  assert.equal(unlikeHead([1, 2, 3], 0, 'value'), null);
  assert.equal(unlikeHead([1, 2, 3], 2, 'value'), null);
  assert.equal(unlikeHead([5, 5, 0, 0, 0], 2, 'value'), null);
});

/** Share of 1,000 series in which a cut was made, and in which it counts. */
function shares(n: number, rho: number, deviation: number, shape: (t: number) => number = () => 1): { cut: number; counts: number } {
  let cut = 0;
  let counts = 0;
  for (let i = 0; i < 1000; i += 1) {
    const means = batchMeans(noisy(n, shape, rho, deviation, createRandom(mixSeed(9, i))))!;
    const d = mserCut(means)!.values / 5;
    if (d > 0) cut += 1;
    if (unlikeHead(means, d, 'value') !== null) counts += 1;
  }
  return { cut: cut / 1000, counts: counts / 1000 };
}

test('of steady minutes MSER alone cuts a third and more; at most 3 % of the cuts count, hardly any where the spread is small', () => {
  for (const [rho, deviation, most] of [[0, 0.02, 0], [0.5, 0.02, 0.005], [0, 0.1, 0.02], [0.5, 0.1, 0.03]] as const) {
    const { cut, counts } = shares(60, rho, deviation);
    assert.ok(cut > 0.3, `${String(rho)}, ${String(deviation)}: ${String(cut)} cut`);
    assert.ok(counts <= most, `${String(rho)}, ${String(deviation)}: ${String(counts)} counts`);
  }
});

test('a start of 15 s that is a third slower is told in a minute', () => {
  assert.ok(shares(60, 0.5, 0.05, (t) => (t < 15 ? 0.7 : 1)).counts > 0.95);
});
