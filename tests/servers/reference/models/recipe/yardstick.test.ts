import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { auc, confusion, f1ByLabel, macroF1 } from '../../../../../servers/reference/models/recipe/yardstick.js';

test('AUC of known rankings', () => {
  const of = (scores: number[], positives: number[]): number => auc(scores, (index) => positives.includes(index));
  assert.equal(of([1, 2, 3, 4], [2, 3]), 1);
  assert.equal(of([1, 2, 3, 4], [0, 1]), 0);
  assert.equal(of([5, 5, 5, 5], [0, 3]), 0.5);
  // Two positives, two negatives: 2 > 1, 2 < 3, 3 = 3 (half), 3 > 1.
  assert.equal(of([2, 3, 1, 3], [0, 1]), 2.5 / 4);
});

test('property: AUC is the share of couples in order', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.boolean()), { minLength: 2, maxLength: 30 }), (items) => {
      const yes = items.filter(([, positive]) => positive);
      const no = items.filter(([, positive]) => !positive);
      fc.pre(yes.length > 0 && no.length > 0);
      const couples = yes.flatMap(([y]) => no.map(([n]): number => (y > n ? 1 : y === n ? 0.5 : 0)));
      const expected = couples.reduce((sum, value) => sum + value, 0) / couples.length;
      assert.ok(Math.abs(auc(items.map(([score]) => score), (index) => items[index]?.[1] === true) - expected) < 1e-12);
    }),
  );
});

test('F1 by hand, plain and weighed', () => {
  const labels = [0, 0, 1, 1, 2, 2];
  const guesses = [0, 1, 1, 1, 2, 0];
  const table = confusion(labels, guesses);
  assert.deepEqual(table, [[1, 1, 0], [0, 2, 0], [1, 0, 1]]);
  assert.deepEqual(f1ByLabel(table), [2 / 4, 4 / 5, 2 / 3]);
  assert.ok(Math.abs(macroF1(table) - (0.5 + 0.8 + 2 / 3) / 3) < 1e-12);
  assert.deepEqual(confusion(labels, guesses, [2, 1, 0.5]), [[2, 2, 0], [0, 2, 0], [0.5, 0, 0.5]]);
});
