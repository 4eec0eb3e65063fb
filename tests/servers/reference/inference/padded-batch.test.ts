import assert from 'node:assert/strict';
import { test } from 'node:test';
import { padBatch, padPairs, padSides } from '../../../../servers/reference/inference/padded-batch.js';
import { normaliseRows, poolStates } from '../../../../servers/reference/inference/pooling.js';

const batch = padBatch(Int32Array.of(101, 5, 102, 101, 21_127, 7, 8, 102), Int32Array.of(3, 5));

test('pads to the longest text and marks what is real', () => {
  assert.deepEqual([batch.texts, batch.tokens], [2, 5]);
  assert.deepEqual(Array.from(batch.ids, Number), [101, 5, 102, 0, 0, 101, 21_127, 7, 8, 102]);
  assert.deepEqual(Array.from(batch.mask, Number), [1, 1, 1, 0, 0, 1, 1, 1, 1, 1]);
  assert.deepEqual(Array.from(batch.types, Number), new Array(10).fill(0));
});

test('the two sides of pairs are padded each for itself', () => {
  const [left, right] = padSides(Int32Array.of(5, 6, 7, 8, 9, 10), Int32Array.of(1, 2, 2, 1));
  assert.deepEqual([left.texts, left.tokens, Array.from(left.ids, Number)], [2, 2, [5, 0, 8, 9]]);
  assert.deepEqual([right.texts, right.tokens, Array.from(right.ids, Number)], [2, 2, [6, 7, 10, 0]]);
});

test('a pair as BERT reads it: one [CLS], two segments', () => {
  const pairs = padPairs(Int32Array.of(2, 7, 3, 2, 8, 9, 3, 2, 3, 2, 3), Int32Array.of(3, 4, 2, 2));
  assert.deepEqual([pairs.texts, pairs.tokens], [2, 6]);
  assert.deepEqual(Array.from(pairs.ids, Number), [2, 7, 3, 8, 9, 3, 2, 3, 3, 0, 0, 0]);
  assert.deepEqual(Array.from(pairs.types, Number), [0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 0, 0]);
  assert.deepEqual(Array.from(pairs.mask, Number), [1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0]);
});

test('mean pooling leaves padding out; cls takes the first state', () => {
  const small = padBatch(Int32Array.of(1, 2, 3), Int32Array.of(1, 2));
  const states = Float32Array.of(1, 10, 100, 1000, 2, 20, 4, 60);
  assert.deepEqual(Array.from(poolStates(states, small, 2, 'mean')), [1, 10, 3, 40]);
  assert.deepEqual(Array.from(poolStates(states, small, 2, 'cls')), [1, 10, 2, 20]);
});

test('rows come to length 1, a zero row stays zero', () => {
  const rows = normaliseRows(Float32Array.of(3, 4, 0, 0, 0, -2), 2);
  assert.deepEqual(Array.from(rows), [3 / 5, 4 / 5, 0, 0, 0, -1].map(Math.fround));
});
