import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { perReplica, replicaRow, replicasFor } from '../../../harness/analysis/capacity/replicas.js';
import { targetRates } from '../../../harness/analysis/capacity/target-rates.js';

const assumed = { growth: 0, headroom: 0.3, balance: 0.9, spare: 1 };

test('by hand: ⌈peak · (1 + growth) / (C · balance · (1 − headroom))⌉ + spare', () => {
  // 500 / (1000 · 0.9 · 0.7 = 630) = 0.79 → 1, and one spare.
  assert.equal(replicasFor(500, 1000, assumed), 2);
  // 1200 · 1.5 = 1800; 400 · 0.8 · 0.75 = 240; 7.5 → 8, and two spare.
  assert.equal(replicasFor(1200, 400, { growth: 0.5, headroom: 0.25, balance: 0.8, spare: 2 }), 10);
  // 2000 / (703 · 0.9 · 0.7 = 442.89) = 4.516 → 5, and one spare.
  assert.equal(replicasFor(2000, 703, assumed), 6);
  assert.equal(replicasFor(1, 1e6, { ...assumed, spare: 0 }), 1, 'never none');
});

test('a whole quotient is not pushed up by a rounding error, and anything above it is', () => {
  // 0.9 · 0.7 · 1000 is 630 only up to a rounding error.
  for (const times of [1, 2, 3, 7, 10, 100]) assert.equal(replicasFor(630 * times, 1000, { ...assumed, spare: 0 }), times);
  assert.equal(replicasFor(630.1, 1000, { ...assumed, spare: 0 }), 2);
});

test('with the spare replicas lost the busiest keeps its headroom; with one fewer it would not', () => {
  const share = (least: number, most: number) => fc.double({ min: least, max: most, noNaN: true });
  fc.assert(fc.property(share(1, 1e5), share(1, 1e4), share(0, 3), share(0, 0.9), share(0.1, 1), fc.integer({ min: 1, max: 5 }), (target, born, growth, headroom, balance, spare) => {
    const plan = { growth, headroom, balance, spare };
    const row = replicaRow(target, true, { lowRps: born, highRps: born * 1.1 }, plan);
    assert.ok((row.loadAfterLoss ?? 9) <= (1 - headroom) * (1 + 1e-9), JSON.stringify(row));
    const busiest = (n: number): number => row.peakRps / (n * balance) / born;
    if (row.replicas - spare > 1) assert.ok(busiest(row.replicas - spare - 1) > (1 - headroom) * (1 - 1e-9), JSON.stringify(row));
    assert.ok((row.fewest ?? 0) <= row.replicas && (row.fewest ?? 0) >= 1 + spare);
  }));
});

test('fewest: planned with all but the rate that failed; null where none did', () => {
  const at = (highRps: number | null): number | null => replicaRow(1260, true, { lowRps: 900, highRps }, { ...assumed, spare: 0 }).fewest;
  // 1260 / 567 = 2.2 → 3 with 900; 1260 / 630 = 2 with 1000, which failed, so not quite 2.
  assert.deepEqual([at(null), at(1000), at(1001)], [null, 3, 2]);
  assert.equal(replicaRow(10, true, { lowRps: 900, highRps: null }, { ...assumed, spare: 0 }).loadAfterLoss, null);
});

test('what is no rate, no share or no number of replicas is refused', () => {
  for (const wrong of [{ headroom: 1 }, { headroom: -0.1 }, { balance: 0 }, { balance: 1.1 }, { growth: -0.1 }, { spare: 0.5 }, { spare: -1 }]) assert.throws(() => perReplica(100, { ...assumed, ...wrong }), RangeError);
  for (const rate of [0, -5, Number.NaN]) {
    assert.throws(() => perReplica(rate, assumed), RangeError);
    assert.throws(() => replicasFor(rate, 100, assumed), RangeError);
  }
});

test('the table has the asked rates and round ones around them', () => {
  assert.deepEqual(targetRates([500], 100).map(({ targetRps, asked }) => (asked ? `${String(targetRps)}!` : String(targetRps))), ['200', '500!', '1000', '2000']);
  assert.deepEqual(targetRates([], 443).map(({ targetRps }) => targetRps), [500, 1000, 2000, 5000]);
  assert.deepEqual(targetRates([0.3, 40, 40], 1).map(({ targetRps }) => targetRps), [0.1, 0.3, 1, 10, 40, 100], 'of many decades the powers alone');
});
