import assert from 'node:assert/strict';
import { test } from 'node:test';
import { padBatch } from '../../../../servers/reference/inference/padded-batch.js';
import { normaliseRows, poolStates } from '../../../../servers/reference/inference/pooling.js';

const batch = padBatch(Int32Array.of(101, 5, 102, 101, 21_127, 7, 8, 102), Int32Array.of(3, 5));

test('pads to the longest text and marks what is real', () => {
  assert.deepEqual([batch.texts, batch.tokens], [2, 5]);
  assert.deepEqual(Array.from(batch.ids, Number), [101, 5, 102, 0, 0, 101, 21_127, 7, 8, 102]);
  assert.deepEqual(Array.from(batch.mask, Number), [1, 1, 1, 0, 0, 1, 1, 1, 1, 1]);
  assert.deepEqual(Array.from(batch.types, Number), new Array(10).fill(0));
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
