import assert from 'node:assert/strict';
import test from 'node:test';
import { createBuckets } from '../../harness/load/bucket.js';
import { histogramOf, readHistogram, valueAtRank } from '../../harness/model/histogram.js';
import { createRandom } from '../../harness/model/random.js';

test('percentiles are within 0.05 % of the exact ones, over six decades', () => {
  const random = createRandom(5);
  const values = Array.from({ length: 20_000 }, () => Math.round(10 ** (random.next() * 6)));
  const buckets = createBuckets();
  values.forEach((value) => { buckets.add(value); });
  const exact = histogramOf(values);
  const saved = readHistogram(buckets.save());
  assert.equal(saved.n, values.length);
  assert.equal(saved.sumUs, exact.sumUs, 'the sum is exact');
  for (const p of [1, 50, 95, 99, 99.9]) {
    const rank = Math.ceil((p / 100) * values.length);
    const truth = valueAtRank(exact, rank);
    assert.ok(Math.abs(valueAtRank(saved, rank) - truth) <= 0.0005 * truth, `p${String(p)} from the saved form`);
    assert.equal(buckets.percentile(p), valueAtRank(saved, rank));
  }
});

test('what is no time is left out, what is too long is kept at the edge', () => {
  const buckets = createBuckets();
  for (const value of [NaN, -1, Infinity, 0, 2047, 2048, 2 ** 32 - 1]) buckets.add(value);
  assert.equal(buckets.n, 5);
  const saved = readHistogram(buckets.save());
  assert.deepEqual([valueAtRank(saved, 1), valueAtRank(saved, 2), valueAtRank(saved, 3)], [0, 2047, 2048]);
  assert.ok(valueAtRank(saved, 5) >= 0.9995 * (2 ** 32 - 1));
  assert.equal(saved.exact, false);
  buckets.clear();
  assert.equal(buckets.percentile(50), null);
});
