import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calibrate, guessByBias, guessByCuts, mixWeights } from '../../../../../servers/reference/models/recipe/calibrate.js';

test('the largest of the moved logits wins; of equals the lesser', () => {
  assert.equal(guessByBias([1, 0, 0], [0, 0, 0]), 0);
  assert.equal(guessByBias([1, 0, 0], [0, 1.5, 0]), 1);
  assert.equal(guessByBias([1, 0, 0], [0, 0, 1.5]), 2);
  assert.equal(guessByBias([1, 1, 1], [0, 0, 0]), 0);
  assert.deepEqual([0.1, 0.5, 0.9].map((value) => guessByCuts(value, { partial: 0.5, exact: 0.9 })), [0, 1, 2]);
});

test('cuts are found where the labels lie apart', () => {
  const values = [0.15, 0.22, 0.28, 0.52, 0.6, 0.66, 0.86, 0.9, 0.97];
  const scores = values.map((value) => ({ atLeastPartial: value, exact: value, similarity: value, raw: [value] }));
  const rule = calibrate('bi-encoder', scores, [0, 0, 0, 1, 1, 1, 2, 2, 2]);
  assert.ok('partial' in rule);
  assert.ok(rule.partial > 0.28 && rule.partial <= 0.52 && rule.exact > 0.66 && rule.exact <= 0.86);
});

test('the weights are those of a mix that sums to one', () => {
  assert.ok(Math.abs(mixWeights.reduce((sum, weight) => sum + weight, 0) - 3) < 1e-12);
});
