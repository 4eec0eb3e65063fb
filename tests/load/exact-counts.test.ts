import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createExactCounts } from '../../harness/load/exact-counts.js';
import { histogramOf, readHistogram, saveHistogram } from '../../harness/model/histogram.js';
import { createRandom } from '../../harness/model/random.js';

test('as if all values had been kept: also over many chunks, and when asked in between', () => {
  for (const count of [0, 1, 4096, 4097, 131_072, 131_073, 400_000]) {
    const dice = createRandom(count + 1);
    const counts = createExactCounts();
    const values = Array.from({ length: count }, () => Math.floor(dice.next() * 50_000));
    for (const [i, us] of values.entries()) {
      counts.add(us);
      if (i === 5000) assert.equal(counts.histogram().n, 5001);
    }
    assert.deepEqual(counts.histogram(), histogramOf(values), String(count));
    assert.deepEqual(counts.histogram(), histogramOf(values), 'asked again');
  }
});

test('values all different: beyond two million each is at most 0.05 % too low, none is lost, and the sum is exact', () => {
  const counts = createExactCounts();
  const count = 2_400_000;
  let sumUs = 0;
  // 7,919 is prime: each value once, in no order.
  for (let i = 0; i < count; i += 1) {
    const us = 10_000 + ((i * 7919) % count);
    counts.add(us);
    sumUs += us;
  }
  const histogram = counts.histogram();
  assert.deepEqual([histogram.exact, histogram.n, histogram.sumUs], [false, count, sumUs]);
  assert.ok(histogram.values.length < 2_000_000);
  for (const share of [0.001, 0.5, 0.95, 1]) {
    const truth = 10_000 + share * count - 1;
    const at = histogram.cumulative.findIndex((upTo) => upTo >= share * count);
    const seen = histogram.values[at] as number;
    assert.ok(seen <= truth + 1 && seen >= truth * (1 - 0.0006), `${String(share)}: ${String(seen)} for ${String(truth)}`);
  }
  assert.deepEqual(readHistogram(saveHistogram(histogram)).cumulative.at(-1), count);
});
