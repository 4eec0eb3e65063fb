import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createErrorRate } from '../../../servers/reference/error-rate.js';

test('the share of failures among the answers of the last sixty seconds', () => {
  let nowMs = 500;
  const rate = createErrorRate(() => nowMs);
  assert.equal(rate.lastMinute(), null);
  rate.add(true);
  rate.add(false);
  assert.equal(rate.lastMinute(), 0.5);
  nowMs = 30_000;
  rate.add(false);
  rate.add(false);
  assert.equal(rate.lastMinute(), 0.25);
  // The first second is now more than a minute ago.
  nowMs = 61_000;
  assert.equal(rate.lastMinute(), 0);
  // Its slot is used again.
  rate.add(true);
  assert.equal(rate.lastMinute(), 1 / 3);
  nowMs = 200_000;
  assert.equal(rate.lastMinute(), null);
});
