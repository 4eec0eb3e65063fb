import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { layOut, spread } from '../../harness/dataset/mix.js';
import { pairClasses } from '../../harness/model/dataset.js';

const mixes = [
  { high: 500, low: 500, boundary: 500, noisy: 500, abnormal: 0 },
  { high: 1, low: 2, boundary: 3, noisy: 5, abnormal: 7 },
  { high: 0, low: 0, boundary: 1000, noisy: 0, abnormal: 1 },
  { high: 997, low: 13, boundary: 101, noisy: 0, abnormal: 60 },
];

test('each class gets exactly its count, its members numbered in order', () => {
  for (const mix of mixes) {
    const { count, slot } = layOut(mix);
    const seen = { high: 0, low: 0, boundary: 0, noisy: 0, abnormal: 0 };
    for (let i = 0; i < count; i += 1) {
      const { class: name, ordinal } = slot(i);
      assert.equal(ordinal, seen[name]);
      seen[name] += 1;
    }
    assert.deepEqual(seen, mix);
  }
});

test('any prefix holds about the mix', () => {
  for (const mix of mixes) {
    const { count, slot } = layOut(mix);
    const seen = { high: 0, low: 0, boundary: 0, noisy: 0, abnormal: 0 };
    for (let i = 0; i < count; i += 1) {
      seen[slot(i).class] += 1;
      for (const name of pairClasses) assert.ok(Math.abs(seen[name] - (mix[name] * (i + 1)) / count) < 3, `${name} at ${i}`);
    }
  }
});

test('ten million pairs keep their counts, asked anywhere', () => {
  const { count, slot } = layOut({ high: 4_000_000, low: 3_000_000, boundary: 2_000_000, noisy: 999_999, abnormal: 1 });
  assert.equal(count, 10_000_000);
  assert.equal(slot(count - 1).ordinal + 1, { high: 4_000_000, low: 3_000_000, boundary: 2_000_000, noisy: 999_999, abnormal: 1 }[slot(count - 1).class]);
});

test('a pair beyond the dataset is an error', () => {
  const { slot } = layOut({ high: 1, low: 0, boundary: 0, noisy: 0, abnormal: 0 });
  for (const index of [-1, 1, 0.5]) assert.throws(() => slot(index), RangeError);
});

test('a share is met exactly, and every prefix holds it within one pair', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 3000 }), fc.double({ min: 0, max: 1, noNaN: true }), (count, share) => {
    const chosen = spread(count, share);
    let seen = 0;
    for (let i = 0; i < count; i += 1) {
      if (chosen(i)) seen += 1;
      assert.ok(Math.abs(seen - (Math.round(count * share) * (i + 1)) / count) < 1, `${String(i)} of ${String(count)}`);
    }
    assert.equal(seen, Math.round(count * share));
  }), { seed: 5 });
});
