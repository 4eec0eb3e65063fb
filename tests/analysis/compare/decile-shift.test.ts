import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareArms } from '../../../harness/analysis/compare/index.js';
import { decileShifts, decilesOf } from '../../../harness/analysis/compare/decile-shift.js';
import { pairedDifference } from '../../../harness/analysis/compare/paired-difference.js';
import { histogramOf } from '../../../harness/model/histogram.js';

test('deciles by nearest rank, in ms; fewer than ten answers have none', () => {
  assert.deepEqual(decilesOf(histogramOf(Array.from({ length: 10 }, (_, i) => (i + 1) * 1000))), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assert.equal(decilesOf(histogramOf([1, 2, 3])), null);
});

test('a planted shift of the tail alone is found there and nowhere else', () => {
  const first = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  const second = (noise: number): number[] => first.map((at, i) => at + noise + (i >= 7 ? 5 : 0));
  const found = decileShifts('s', [[first, second(-0.1)], [first, second(0.1)], [first, second(0)]], 0.95);
  assert.deepEqual(found?.rows.map(({ shift }) => Math.round(shift) + 0), [0, 0, 0, 0, 0, 0, 0, 5, 5]);
  for (const { decile, low, high } of found?.rows ?? []) assert.equal((low ?? 0) > 0 || (high ?? 0) < 0, decile >= 8, String(decile));
});

test('one pair has shifts and no interval; no pair has nothing', () => {
  const one = decileShifts('s', [[[1, 1, 1, 1, 1, 1, 1, 1, 1], [2, 2, 2, 2, 2, 2, 2, 2, 2]]], 0.95);
  assert.deepEqual(one?.rows[0], { decile: 1, first: 1, second: 2, shift: 1, low: null, high: null });
  assert.equal(decileShifts('s', [], 0.95), null);
});

test('Student’s interval of paired differences: 1, 2, 3 at 95 % is 2 ± 4.303 · 1 / √3', () => {
  const { value, low, high } = pairedDifference([1, 2, 3], 0.95);
  assert.equal(value, 2);
  assert.ok(Math.abs((high ?? 0) - 2 - 4.3027 / Math.sqrt(3)) < 1e-3 && Math.abs(2 - (low ?? 0) - 4.3027 / Math.sqrt(3)) < 1e-3);
  assert.deepEqual(pairedDifference([], 0.95), { value: null, low: null, high: null });
});

test('a comparison takes them of the stage its verdict rests on, from pairs that have both', () => {
  const nine = (plus: number): number[] => Array.from({ length: 9 }, (_, i) => i + 1 + plus);
  const round = (plus: number, has: boolean): Parameters<typeof compareArms>[0]['rounds'][number] => ({ stages: [{ name: 'low', figures: { rps: 10 }, deciles: nine(100) }, { name: 'high', figures: { rps: 20 }, deciles: has ? nine(plus) : null }], run: {}, traffic: {} });
  const compared = compareArms({ name: 'a', rounds: [round(0, true), round(0, true)] }, { name: 'b', rounds: [round(3, true), round(9, false)] }, { equivalence: 0.03, metric: 'rps' }, 0.95);
  assert.deepEqual([compared.deciles?.stage, compared.deciles?.pairs, compared.deciles?.rows[4]?.shift], ['high', 1, 3]);
  const without = compareArms({ name: 'a', rounds: [round(0, false)] }, { name: 'b', rounds: [round(3, false)] }, { equivalence: 0.03, metric: 'rps' }, 0.95);
  assert.equal(without.deciles, undefined);
});
