import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pairClasses } from '../../harness/model/dataset.js';
import { scaleMix } from '../../harness/model/mix.js';

const quarters = { high: 4000, low: 4000, boundary: 4000, noisy: 4000, abnormal: 0 };

test('what is left over goes to the classes with the largest remainders, then to those named first', () => {
  assert.deepEqual(scaleMix(quarters, 1), { high: 1, low: 0, boundary: 0, noisy: 0, abnormal: 0 });
  assert.deepEqual(scaleMix(quarters, 10), { high: 3, low: 3, boundary: 2, noisy: 2, abnormal: 0 });
  assert.deepEqual(scaleMix({ high: 10, low: 0, boundary: 0, noisy: 17, abnormal: 3 }, 10), { high: 3, low: 0, boundary: 0, noisy: 6, abnormal: 1 });
});

test('any mix scaled to any number has exactly that many, each class within one of its share', () => {
  const counts = fc.tuple(...pairClasses.map(() => fc.nat(10_000_000)));
  fc.assert(
    fc.property(counts, fc.integer({ min: 1, max: 10_000_000 }), (numbers, pairs) => {
      const mix = { ...quarters };
      pairClasses.forEach((name, i) => (mix[name] = numbers[i] ?? 0));
      const total = numbers.reduce((sum, n) => sum + n, 0);
      fc.pre(total > 0);
      const scaled = scaleMix(mix, pairs);
      assert.equal(Object.values(scaled).reduce((sum, n) => sum + n, 0), pairs);
      for (const name of pairClasses) assert.ok(Math.abs(scaled[name] - (mix[name] / total) * pairs) < 1);
    }),
    { seed: 1 },
  );
});

test('a mix of nothing has no proportions', () => {
  assert.throws(() => scaleMix({ high: 0, low: 0, boundary: 0, noisy: 0, abnormal: 0 }, 5), RangeError);
});
