import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readBytes, readDurationMs, readShare } from '../../../servers/reference/quantity.js';

test('durations need a unit', () => {
  assert.deepEqual(['50ms', '1.5s', '2m', '1h', '5', '5 s', '-5s', 's', ''].map(readDurationMs), [50, 1500, 120_000, 3_600_000, null, null, null, null, null]);
});

test('bytes are whole, and KiB is 1024', () => {
  assert.deepEqual(['512B', '4KiB', '1.5MiB', '1GiB', '64', '64MB', '-1B'].map(readBytes), [512, 4096, 1_572_864, 2 ** 30, null, null, null]);
});

test('a share lies above 0 and at most at 1', () => {
  assert.deepEqual(['0.1', '10%', '1', '100%', '0', '1.1', '101%', '.5', 'x'].map(readShare), [0.1, 0.1, 1, 1, null, null, null, null, null]);
});
