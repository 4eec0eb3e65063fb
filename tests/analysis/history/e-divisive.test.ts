import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findCuts } from '../../../harness/analysis/history/e-divisive.js';
import { bestSplit, rankValues } from '../../../harness/analysis/history/energy-split.js';
import { createRandom, mixSeed } from '../../../harness/model/random.js';

const always = (): boolean => true;

/** Standard normal values. */
function noise(count: number, seed: number): number[] {
  const random = createRandom(mixSeed(seed, count));
  return Array.from({ length: count }, () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next()));
}

function cutsOf(series: readonly number[]): number[] {
  const found = findCuts(series, always);
  assert.ok(found.kind === 'found');
  return found.value.map(({ at }) => at);
}

/** Q(τ) as the formula says, pair by pair. */
function qByHand(x: readonly number[], at: number): number {
  const n = x.length;
  const m = n - at;
  let [between, first, second] = [0, 0, 0];
  for (let i = 0; i < n; i += 1) for (let j = i + 1; j < n; j += 1) {
    const d = Math.abs(x[i]! - x[j]!);
    if (j < at) first += d;
    else if (i >= at) second += d;
    else between += d;
  }
  return ((at * m) / n) * ((2 * between) / (at * m) - (2 * first) / (at * (at - 1)) - (2 * second) / (m * (m - 1)));
}

test('the best cut is that of the formula, in the order given and in any other, also with equal values', () => {
  for (let seed = 1; seed <= 30; seed += 1) {
    const x = noise(8 + seed, seed).map((value) => (seed % 2 === 0 ? Math.round(value * 2) / 2 : value));
    const order = Uint32Array.from(x, (_, i) => (i * 7 + seed) % x.length);
    const whole = new Set(order).size === x.length ? order : Uint32Array.from(x, (_, i) => i);
    const ordered = Array.from(whole, (i) => x[i]!);
    const byHand = Array.from({ length: x.length - 7 }, (_, i) => ({ at: i + 4, q: qByHand(ordered, i + 4) })).reduce((best, one) => (one.q > best.q + 1e-12 ? one : best));
    const found = bestSplit(rankValues(x), whole, 4)!;
    assert.ok(Math.abs(found.q - byHand.q) < 1e-9 * Math.max(1, Math.abs(byHand.q)), `seed ${String(seed)}`);
    assert.ok(Math.abs(qByHand(ordered, found.at) - byHand.q) < 1e-9, `seed ${String(seed)}`);
  }
});

test('known answers: two clean levels; no cut of equal values, of too few, or shorter than a level', () => {
  const levels = [...Array.from({ length: 20 }, (_, i) => 10 + (i % 3)), ...Array.from({ length: 20 }, (_, i) => 20 + (i % 3))];
  assert.deepEqual(cutsOf(levels), [20]);
  assert.deepEqual(cutsOf(Array.from({ length: 50 }, () => 7)), []);
  assert.deepEqual(findCuts(levels.slice(0, 11), always), { kind: 'absent', why: 'too-few', needed: 12 });
  assert.deepEqual(cutsOf([...noise(30, 3), 100]), [], 'a spike is no level');
});

test('planted shifts are found at their place: 3 standard deviations, nearly always; three levels, both edges', () => {
  let found = 0;
  for (let seed = 1; seed <= 100; seed += 1) {
    const series = noise(40, seed).map((value, i) => value + (i < 25 ? 0 : 3));
    if (cutsOf(series).some((at) => Math.abs(at - 25) <= 1)) found += 1;
  }
  assert.ok(found >= 98, String(found));
  let both = 0;
  for (let seed = 1; seed <= 50; seed += 1) {
    const cuts = cutsOf(noise(90, seed).map((value, i) => value + (i < 30 ? 0 : i < 60 ? 4 : -1)));
    if (cuts.length === 2 && Math.abs(cuts[0]! - 30) <= 1 && Math.abs(cuts[1]! - 60) <= 1) both += 1;
  }
  assert.ok(both >= 47, String(both));
});

test('a shift of the spread alone is found too: it is a test of distributions, not of means', () => {
  let found = 0;
  for (let seed = 1; seed <= 50; seed += 1) if (cutsOf(noise(200, seed).map((value, i) => value * (i < 100 ? 1 : 5))).some((at) => Math.abs(at - 100) <= 12)) found += 1;
  assert.ok(found >= 40, String(found));
});

test('noise alone: false alarms in at most 1 % of 2,000 histories, whatever their length', () => {
  let alarms = 0;
  for (let seed = 1; seed <= 2000; seed += 1) if (cutsOf(noise([12, 20, 40, 80][seed % 4]!, seed)).length > 0) alarms += 1;
  assert.ok(alarms <= 20, String(alarms));
});

test('the same series gives the same cuts, and the same p', () => {
  const series = noise(60, 5).map((value, i) => value + (i < 33 ? 0 : 1.5));
  assert.deepEqual(findCuts(series, always), findCuts(series, always));
});

test('a difference that is not worth telling does not cut', () => {
  const series = noise(60, 7).map((value, i) => value + (i < 30 ? 0 : 9));
  assert.deepEqual(cutsOf(series), [30]);
  assert.deepEqual(findCuts(series, () => false), { kind: 'found', value: [] });
});
