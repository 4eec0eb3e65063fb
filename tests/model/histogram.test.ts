import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { histogramOf, histogramSchema, mergeHistograms, readHistogram, saveHistogram, valueAtRank } from '../../harness/model/histogram.js';

const values = fc.array(fc.oneof(fc.nat(300), fc.nat(20_000_000)), { minLength: 1, maxLength: 300 });

test('every rank gives the value of the sorted list', () => {
  fc.assert(fc.property(values, (raw) => {
    const histogram = histogramOf(raw);
    const sorted = raw.toSorted((a, b) => a - b);
    sorted.forEach((value, i) => { assert.equal(valueAtRank(histogram, i + 1), value); });
    assert.equal(histogram.n, raw.length);
    assert.equal(histogram.sumUs, raw.reduce((sum, v) => sum + v, 0));
  }));
});

test('the saved form reads back the same, and is what the schema says', () => {
  fc.assert(fc.property(fc.oneof(values, fc.constant([])), (raw) => {
    const histogram = histogramOf(raw);
    assert.deepEqual(readHistogram(histogramSchema.parse(saveHistogram(histogram))), histogram);
  }));
});

test('the saved bytes are varints of differences and counts', () => {
  // 1 twice, 3 once, 300 = 3 + 297 once: 01 02 | 02 01 | a9 02 01
  assert.equal(saveHistogram(histogramOf([3, 1, 1, 300])).bins, Buffer.from([1, 2, 2, 1, 0xa9, 2, 1]).toString('base64'));
  assert.equal(saveHistogram(histogramOf([])).bins, '');
});

test('values of more than 32 bits survive', () => {
  const raw = [2 ** 40 + 1, 2 ** 33, 5];
  assert.deepEqual([...readHistogram(saveHistogram(histogramOf(raw))).values], [5, 2 ** 33, 2 ** 40 + 1]);
});

test('merging is recording everything in one', () => {
  fc.assert(fc.property(fc.array(values, { maxLength: 4 }), (parts) => {
    assert.deepEqual(mergeHistograms(parts.map(histogramOf)), histogramOf(parts.flat()));
  }));
});

test('a million requests on 50,000 distinct values take less than three bytes a distinct value', () => {
  const raw = Float64Array.from({ length: 1_000_000 }, (_, i) => 1000 + ((i * 7919) % 50_000));
  assert.ok(saveHistogram(histogramOf(raw)).bins.length < 50_000 * 3);
});

test('beyond two million distinct values, each is at most 0.05 % too low, the sum stays exact, and the histogram says so', () => {
  const count = 2_000_001;
  const raw = Float64Array.from({ length: count }, (_, i) => 10_000 + i);
  const histogram = histogramOf(raw);
  assert.equal(histogram.exact, false);
  assert.equal(histogram.n, count);
  assert.equal(histogram.sumUs, count * 10_000 + (count * (count - 1)) / 2);
  for (const rank of [1, 1000, 777_777, 1_500_000, count]) {
    const truth = raw[rank - 1]!;
    const seen = valueAtRank(histogram, rank);
    assert.ok(seen <= truth && seen >= truth * (1 - 0.0005), `rank ${String(rank)}: ${String(seen)} for ${String(truth)}`);
  }
  assert.equal(histogramOf([1, 2]).exact, true);
});

test('what is no latency, no rank or no histogram is refused', () => {
  for (const bad of [-1, NaN, Infinity]) assert.throws(() => histogramOf([bad]), RangeError);
  const histogram = histogramOf([1, 2, 3]);
  for (const rank of [0, 4, NaN]) assert.throws(() => valueAtRank(histogram, rank), RangeError);
  assert.throws(() => readHistogram({ ...saveHistogram(histogram), n: 4 }), /holds 3 values, its header says 4/);
});
