import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { auc, median } from '../../harness/model/rank.js';

test('median of odd and even counts', () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
});

test('AUC equals the share of ordered pairs, ties counted half', () => {
  assert.equal(auc([3, 4], [1, 2]), 1);
  assert.equal(auc([1, 2], [3, 4]), 0);
  assert.equal(auc([1], [1]), 0.5);
  assert.equal(auc([], [1]), null);
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 20 }), fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 20 }), (high, low) => {
    let sum = 0;
    for (const h of high) for (const l of low) sum += h > l ? 1 : h === l ? 0.5 : 0;
    assert.ok(Math.abs((auc(high, low) ?? -1) - sum / (high.length * low.length)) < 1e-12);
  }));
});
