import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { percentileUs, percentileWithFailuresUs } from '../../harness/analysis/percentile.js';
import { nearestRank } from '../../harness/model/rank.js';
import { histogramOf } from '../../harness/model/histogram.js';

/** By the definition: the smallest value with at least p·n values at or below it; p as an exact fraction of a thousand. */
function byCounting(values: readonly number[], perMille: number): number {
  return values.toSorted((a, b) => a - b).find((value) => values.filter((other) => other <= value).length * 1000 >= perMille * values.length)!;
}

test('nearest rank agrees with counting', () => {
  fc.assert(fc.property(fc.array(fc.nat(500), { minLength: 1, maxLength: 120 }), fc.integer({ min: 1, max: 999 }), (values, perMille) => {
    assert.equal(percentileUs(histogramOf(values), perMille / 1000), byCounting(values, perMille));
  }), { numRuns: 500 });
});

test('failures stand behind every answer as +∞', () => {
  fc.assert(fc.property(fc.array(fc.nat(500), { maxLength: 80 }), fc.nat(40), fc.integer({ min: 1, max: 999 }), (values, beyond, perMille) => {
    const expected = values.length + beyond === 0 ? null : byCounting([...values, ...Array.from({ length: beyond }, () => Infinity)], perMille);
    assert.equal(percentileWithFailuresUs(histogramOf(values), beyond, perMille / 1000), expected === Infinity ? 'infinite' : expected);
  }), { numRuns: 500 });
});

test('a rank is not pushed up by a product that floating point makes too large', () => {
  assert.ok(0.07 * 100 > 7);
  assert.equal(nearestRank(0.07, 100), 7);
  for (const [p, n, rank] of [[0.95, 20, 19], [0.95, 21, 20], [0.999, 1000, 999], [0.99, 10_000_000, 9_900_000], [0.5, 1, 1], [1, 10_000_000, 10_000_000]] as const) {
    assert.equal(nearestRank(p, n), rank);
  }
});

test('of nothing there is no percentile', () => {
  assert.equal(percentileUs(histogramOf([]), 0.5), null);
  assert.equal(percentileWithFailuresUs(histogramOf([]), 3, 0.5), 'infinite');
});
