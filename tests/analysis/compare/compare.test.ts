import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareArms, confidenceOfLook, orderOfPair, pairsAtLooks, roundFigures, type RoundFigures } from '../../../harness/analysis/compare/index.js';
import { pairedRatio } from '../../../harness/analysis/compare/paired-ratio.js';
import { wordFor } from '../../../harness/analysis/compare/word.js';
import { analyseRecord } from '../../../harness/analysis/index.js';
import { createRandom, type Random } from '../../../harness/model/random.js';
import { buildRecord } from '../record-builder.js';

const normal = (dice: Random): number => Math.sqrt(-2 * Math.log(1 - dice.next())) * Math.cos(2 * Math.PI * dice.next());
const design = { equivalence: 0.03, metric: 'rps' } as const;

/** Rounds of one stage whose throughput is `base` with the given relative noise. */
function roundsOf(n: number, base: number, noise: number, dice: Random): RoundFigures[] {
  return Array.from({ length: n }, () => {
    const rps = base * Math.exp(noise * normal(dice));
    return { stages: [{ name: 'a', figures: { rps, p95: 1e4 / rps } }], run: { rss: 100 }, traffic: { requests: '10' } };
  });
}

test('pairs go there and back, so that each arm is early as often as late', () => {
  assert.deepEqual([0, 1, 2, 3].map((pair) => orderOfPair(pair, 2)), [[0, 1], [1, 0], [0, 1], [1, 0]]);
  assert.deepEqual(orderOfPair(1, 3), [2, 1, 0]);
  // A linear drift cancels in an even number of pairs.
  const places = [0, 1, 2, 3].flatMap((pair) => orderOfPair(pair, 2)).map((arm, place) => [arm, place] as const);
  const sum = (arm: number): number => places.filter(([one]) => one === arm).reduce((total, [, place]) => total + place, 0);
  assert.equal(sum(0), sum(1));
});

test('looks: as many pairs as asked, then more, at most three times, never twice the same', () => {
  assert.deepEqual(pairsAtLooks(5, 15, 3), [5, 10, 15]);
  assert.deepEqual(pairsAtLooks(5, 5, 3), [5]);
  assert.deepEqual(pairsAtLooks(5, 6, 3), [5, 6]);
  assert.deepEqual(pairsAtLooks(4, 9, 1), [9]);
  assert.ok(Math.abs(confidenceOfLook({ confidence: 0.95, looks: 3 }, 2) - (1 - 0.05 / 3)) < 1e-12);
  assert.ok(Math.abs(confidenceOfLook({ confidence: 0.95, looks: 1 }, 3) - 0.975) < 1e-12);
});

test('the paired ratio by hand: three pairs, t with two degrees of freedom', () => {
  // d = ln 1.1, ln 1.2, ln 1.3: mean 0.18001, s 0.08358, t = 4.302653
  const ratio = pairedRatio([[100, 110], [100, 120], [100, 130]], 0.95);
  assert.ok(ratio !== null && ratio.low !== null && ratio.high !== null && ratio.detectable !== null);
  assert.ok(Math.abs(ratio.value - (1.1 * 1.2 * 1.3) ** (1 / 3)) < 1e-12);
  const d = [Math.log(1.1), Math.log(1.2), Math.log(1.3)];
  const mean = (d[0]! + d[1]! + d[2]!) / 3;
  const half = (4.302652729911275 * Math.sqrt(d.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 2)) / Math.sqrt(3);
  assert.ok(Math.abs(Math.log(ratio.low) - (mean - half)) < 1e-9 && Math.abs(Math.log(ratio.high) - (mean + half)) < 1e-9);
  // The 80 % point of t with two degrees of freedom is 0.6 / √0.32.
  assert.ok(Math.abs(ratio.detectable - Math.expm1(half * (1 + 0.6 / Math.sqrt(0.32) / 4.302652729911275))) < 1e-9);
  assert.deepEqual(pairedRatio([[100, 110]], 0.95), { value: 1.1, low: null, high: null, detectable: null });
  assert.equal(pairedRatio([], 0.95), null);
  assert.equal(pairedRatio([[0, 1]], 0.95), null);
});

test('an effect of the detectable size is found in four of five comparisons', () => {
  const dice = createRandom(11);
  // t(0.975, 9) = 2.262157, t(0.8, 9) = 0.883404; the noise of a pair is √2 times that of a run.
  const effect = Math.exp(((2.262157 + 0.883404) * 0.03 * Math.SQRT2) / Math.sqrt(10));
  let found = 0;
  for (let set = 0; set < 2000; set += 1) {
    const ratio = pairedRatio(Array.from({ length: 10 }, (): [number, number] => [100 * Math.exp(0.03 * normal(dice)), 100 * effect * Math.exp(0.03 * normal(dice))]), 0.95);
    if (ratio !== null && (ratio.low as number) > 1) found += 1;
  }
  assert.ok(found > 1500 && found < 1700, String(found));
});

test('the interval covers: 95 % of 2,000 planted sets of five pairs hold the true ratio, within two points', () => {
  const dice = createRandom(5);
  let held = 0;
  for (let set = 0; set < 2000; set += 1) {
    const ratio = pairedRatio(Array.from({ length: 5 }, (): [number, number] => [100 * Math.exp(0.03 * normal(dice)), 95 * Math.exp(0.03 * normal(dice))]), 0.95);
    if (ratio !== null && (ratio.low as number) <= 0.95 && 0.95 <= (ratio.high as number)) held += 1;
  }
  assert.ok(held >= 1860 && held <= 1940, `${String(held)} of 2000`);
});

test('words: a band around one, and an interval that has to say so', () => {
  const word = (low: number, value: number, high: number, metric: 'rps' | 'p95' = 'rps') => wordFor({ value, low, high, detectable: 0 }, metric, 0.03);
  assert.equal(word(1.05, 1.1, 1.2), 'better');
  assert.equal(word(1.05, 1.1, 1.2, 'p95'), 'worse');
  assert.equal(word(0.8, 0.9, 0.95), 'worse');
  assert.equal(word(0.8, 0.9, 0.95, 'p95'), 'better');
  assert.equal(word(0.98, 1, 1.02), 'equivalent');
  // Certain, but too small to matter: the interval lies in the band.
  assert.equal(word(1.005, 1.01, 1.02), 'equivalent');
  assert.equal(word(0.9, 1.1, 1.3), 'inconclusive');
  assert.equal(word(1.01, 1.02, 1.05), 'inconclusive');
  assert.equal(wordFor({ value: 2, low: null, high: null, detectable: null }, 'rps', 0.03), 'inconclusive');
});

test('A/A: in 1,000 comparisons of an arm with itself, with three looks, at most 1 % raise a false alarm; a planted 10 % is found in at least 95 %', () => {
  const alarms = (slowdown: number): { alarms: number; equivalent: number } => {
    const dice = createRandom(17);
    const tally = { alarms: 0, equivalent: 0 };
    for (let one = 0; one < 1000; one += 1) {
      const a = roundsOf(15, 100, 0.02, dice);
      const b = roundsOf(15, 100 * (1 - slowdown), 0.02, dice);
      for (const n of pairsAtLooks(5, 15, 3)) {
        const comparison = compareArms({ name: 'A', rounds: a.slice(0, n) }, { name: 'B', rounds: b.slice(0, n) }, design, confidenceOfLook({ confidence: 0.95, looks: 3 }, 2));
        const row = comparison.rows[comparison.deciding as number];
        if (row?.word === 'equivalent') tally.equivalent += 1;
        if (row?.word === 'better' || row?.word === 'worse') tally.alarms += 1;
        if (row?.word !== 'inconclusive') break;
      }
    }
    return tally;
  };
  const same = alarms(0);
  assert.ok(same.alarms <= 10, `${String(same.alarms)} false alarms`);
  assert.ok(same.equivalent >= 700, `${String(same.equivalent)} found equivalent`);
  assert.ok(alarms(0.1).alarms >= 950);
});

test('traffic that differs is named, and nothing is called better', () => {
  const dice = createRandom(3);
  const b = roundsOf(5, 200, 0.01, dice).map((round) => ({ ...round, traffic: { requests: '10', characters: 'mean 40' } }));
  const comparison = compareArms({ name: 'A', rounds: roundsOf(5, 100, 0.01, dice) }, { name: 'B', rounds: b }, design, 0.95);
  assert.deepEqual(comparison.traffic, ['characters']);
  for (const row of comparison.rows) assert.deepEqual([row.word, row.why], ['inconclusive', 'traffic']);
});

test('traffic that differs in a later pair only is named as well', () => {
  const dice = createRandom(3);
  const a = roundsOf(5, 100, 0.01, dice);
  const b = roundsOf(5, 200, 0.01, dice).map((round, pair) => (pair === 3 ? { ...round, traffic: { requests: '10', characters: 'mean 40' } } : round));
  const comparison = compareArms({ name: 'a', rounds: a }, { name: 'b', rounds: b }, design, 0.95);
  assert.deepEqual(comparison.traffic, ['characters']);
  for (const row of comparison.rows) assert.deepEqual([row.word, row.why], ['inconclusive', 'traffic']);
});

test('a latency of arms with another throughput says so; a round without figures drops its pair', () => {
  const dice = createRandom(3);
  const comparison = compareArms({ name: 'A', rounds: [...roundsOf(5, 100, 0.01, dice), null] }, { name: 'B', rounds: roundsOf(6, 150, 0.01, dice) }, design, 0.95);
  assert.equal(comparison.pairs, 5);
  const p95 = comparison.rows.find(({ metric }) => metric === 'p95');
  assert.deepEqual([p95?.otherThroughput, p95?.word], [true, 'better']);
  const alike = compareArms({ name: 'A', rounds: roundsOf(5, 100, 0.001, dice) }, { name: 'B', rounds: roundsOf(5, 100, 0.001, dice) }, design, 0.95);
  assert.equal(alike.rows.find(({ metric }) => metric === 'p95')?.otherThroughput, false);
});

test('figures of a run: measured stages by name, invalid ones without, and what was sent', () => {
  const record = buildRecord({ stages: [{ users: 2, latencyMs: 20 }, { users: 8, latencyMs: 25, censored: 1000 }] });
  const figures = roundFigures(record, analyseRecord(record));
  assert.deepEqual(figures.stages.map(({ name }) => name), ['2 users', '8 users']);
  assert.ok((figures.stages[0]?.figures.rps ?? 0) > 0);
  assert.deepEqual(figures.stages[1]?.figures, {});
  assert.deepEqual(Object.keys(figures.traffic), ['requests', 'classes', 'characters', 'repeats', 'load']);
});
