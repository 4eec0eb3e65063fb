import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cosine, labelOf, scorePair } from '../../../servers/reference/similarity.js';
import { fakeEncode, fakeVector } from './fake-inference.js';

test('cosine of known vectors', () => {
  const vector = (...values: number[]): Float32Array => Float32Array.from(values);
  assert.equal(cosine(vector(1, 0), vector(0, 1)), 0);
  assert.equal(cosine(vector(1, 0), vector(-1, 0)), -1);
  assert.ok(Math.abs(cosine(vector(0.6, 0.8), vector(0.8, 0.6)) - 0.96) < 1e-6);
});

test('property: equal addresses are exactly 1, and no rounding leaves [-1, 1] or depends on the order', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (left, right) => {
      const [a, b] = [fakeVector(fakeEncode(left)), fakeVector(fakeEncode(right))];
      assert.equal(scorePair([left, left], a, a), 1);
      const score = scorePair([left, right], a, b);
      assert.ok(score >= -1 && score <= 1);
      assert.equal(score, scorePair([right, left], b, a));
    }),
  );
});

test('rounding beyond 1 is cut', () => {
  const almost = Float32Array.from([Math.fround(Math.SQRT1_2) + 1e-6, Math.fround(Math.SQRT1_2) + 1e-6]);
  assert.equal(cosine(almost, almost), 1);
});

test('the label follows the threshold, itself included', () => {
  assert.equal(labelOf(0.9, 0.9), 'match');
  assert.equal(labelOf(0.8999, 0.9), 'no_match');
});
