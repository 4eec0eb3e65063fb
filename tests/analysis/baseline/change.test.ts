import assert from 'node:assert/strict';
import test from 'node:test';
import { assumedNoise, changeOf } from '../../../harness/analysis/baseline/change.js';
import { poolRuns } from '../../../harness/analysis/baseline/pool.js';
import type { BaselineFigure } from '../../../harness/model/baseline.js';
import { decideChange } from '../../../harness/model/decide.js';
import type { Estimate } from '../../../harness/model/estimate.js';
import { createRandom, mixSeed, type Random } from '../../../harness/model/random.js';

const estimate = (value: number, half: number | null = 0): Estimate => ({ value, low: half === null ? null : value - half, high: half === null ? null : value + half, confidence: 0.95, method: 'given', n: 100 });
const figure = (values: readonly number[], unit = 'ms', half: number | null = 0): BaselineFigure => {
  const pooled = poolRuns(values.map((value) => estimate(value, half)), unit, 0.95);
  assert.ok(pooled);
  return pooled;
};
const options = { confidence: 0.95, figureConfidence: 0.95, minRuns: 5 };
const close = (actual: number | null, expected: number, tolerance = 1e-3): void => { assert.ok(actual !== null && Math.abs(actual - expected) < tolerance, `${String(actual)} is not ${String(expected)}`); };

test('one run against five: the interval of a prediction, by hand', () => {
  const base = figure([-0.02, -0.01, 0, 0.01, 0.02].map((x) => 100 * Math.exp(x)));
  const change = changeOf(base, figure([105]), { factor: 1.1, offset: 0 }, options);
  // s = √(0.001 / 4), t(0.975, 4) = 2.776, half = t · s · √(1 + 1/5)
  const half = 2.7764 * Math.sqrt(0.001 / 4) * Math.sqrt(1.2);
  assert.deepEqual([change.of, change.noise, change.runs, change.baseline.runs, change.none, change.allowed], ['ratio', 'runs', 1, 5, 1, 1.1]);
  close(change.value, 1.05);
  close(change.low, 1.05 * Math.exp(-half));
  close(change.high, 1.05 * Math.exp(half));
});

test('one run against one: the noise between runs is assumed, and sampling comes on top', () => {
  const alone = changeOf(figure([100]), figure([120]), { factor: 1.1, offset: 0 }, options);
  close(alone.low, 1.2 * Math.exp(-1.96 * assumedNoise * Math.SQRT2));
  assert.equal(alone.noise, 'assumed');
  const sampled = changeOf(figure([100], 'ms', 10), figure([120], 'ms', 10), { factor: 1.1, offset: 0 }, options);
  assert.ok((sampled.low ?? 0) < (alone.low ?? 0) && (sampled.high ?? 0) > (alone.high ?? 0));
});

test('few runs that differ much are believed, and not taken for quiet ones', () => {
  const wild = changeOf(figure([60, 140]), figure([100]), { factor: 1.1, offset: 0 }, options);
  assert.equal(wild.noise, 'assumed');
  assert.ok((wild.low ?? 1) < 0.01, 'two runs have one degree of freedom');
});

test('a difference is in the unit of the metric; a factor is taken off the baseline', () => {
  const plus = changeOf(figure([100, 102, 98, 101, 99]), figure([130]), { factor: 1, offset: 20 }, options);
  assert.deepEqual([plus.of, plus.none, plus.allowed], ['difference', 0, 20]);
  close(plus.value, 30, 0.05);
  const share = changeOf(figure([0, 0, 0, 0, 0], ''), figure([0.001], ''), { factor: 1.5, offset: 0 }, options);
  assert.deepEqual([share.of, share.value, share.none, share.allowed], ['difference', 0.001, 0, 0], 'nothing is a multiple of 0');
});

test('runs that happen to agree do not hide what sampling leaves open', () => {
  const base = figure([0, 0, 0, 0, 0], '', 0.002);
  const change = changeOf(base, figure([0.001], '', 0.002), { factor: 1, offset: 0 }, options);
  assert.ok((change.low ?? 1) < 0, 'one failure in a thousand is no regression of nothing');
  assert.equal(decideChange(change, '<='), 'inconclusive');
  assert.equal(changeOf(base, figure([0.001], '', null), { factor: 1, offset: 0 }, options).low, null, 'an open side stays open');
});

const normal = (dice: Random): number => Math.sqrt(-2 * Math.log(1 - dice.next())) * Math.cos(2 * Math.PI * dice.next());

test('of intervals at 95 % nineteen in twenty have the truth; noise alone fails one gate in forty at most, a real change is found', () => {
  const dice = createRandom(mixSeed(5, 1));
  const rounds = 2000;
  const counted = { covered: 0, alarms: 0, found: 0 };
  const runs = (n: number, mean: number): number[] => Array.from({ length: n }, () => mean * Math.exp(0.02 * normal(dice)));
  for (let i = 0; i < rounds; i += 1) {
    const base = figure(runs(5, 100));
    const same = changeOf(base, figure(runs(1, 100)), { factor: 1.05, offset: 0 }, options);
    if ((same.low ?? 0) <= 1 && (same.high ?? 0) >= 1) counted.covered += 1;
    if (decideChange(same, '<=') === 'fail') counted.alarms += 1;
    if (decideChange(changeOf(base, figure(runs(3, 115)), { factor: 1.05, offset: 0 }, options), '<=') === 'fail') counted.found += 1;
  }
  assert.ok(Math.abs(counted.covered / rounds - 0.95) < 0.015, String(counted.covered / rounds));
  assert.ok(counted.alarms / rounds < 0.025, String(counted.alarms / rounds));
  assert.ok(counted.found / rounds > 0.99, String(counted.found / rounds));
});

test('several runs are pooled: the geometric mean of what has a unit, the mean of what has none; sampling shrinks with their number', () => {
  const pooled = figure([50, 200], 'ms', 8);
  close(pooled.value, 100);
  close(pooled.within.below, (8 * Math.SQRT2) / 2);
  assert.deepEqual(pooled.values, [50, 200]);
  close(figure([0, 0.2], '').value, 0.1);
  assert.equal(poolRuns([], 'ms', 0.95), null);
  const sure = poolRuns([{ ...estimate(10, 2.576), confidence: 0.99 }], 'ms', 0.95);
  close(sure?.within.above ?? null, 1.96);
});
