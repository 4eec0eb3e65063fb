import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cosine, createJudge, expectedGrade, gradeOf, labelOf, labelThresholds, scorePair, signedCosine } from '../../../servers/reference/similarity.js';
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

test('what counts negatively is held against two that both have it: one district named costs nothing, two different ones everything', () => {
  // Place, district (two of them), and that a district is named: it takes off what the district adds.
  const [place, one, other] = [Float32Array.of(1, 0, 0, 0), Float32Array.of(1, 1, 0, 1), Float32Array.of(1, 0, 1, 1)];
  assert.equal(signedCosine(one, one, 1), 1);
  assert.equal(signedCosine(place, one, 1), 1);
  assert.equal(signedCosine(one, other, 1), 0);
  // The lengths of the vectors count for nothing.
  const long = one.map((value) => 3 * value);
  assert.equal(signedCosine(long, other, 1), 0);
  assert.ok(Math.abs(signedCosine(long, place, 1) - 1) < 1e-7);
  const judge = createJudge({ kind: 'bi-encoder', negative: 1, labels: { partial: 0.5, exact: 0.75 } }, 0.9);
  assert.deepEqual([place, other].map((vector) => judge(['a', 'b'], [one, vector])), [{ similarity: 1, label: 'exact' }, { similarity: 0, label: 'not' }]);
});

test('property: without such components it is the cosine; with them 1 for itself, within [-1, 1], whatever the order', () => {
  const vector = fc.array(fc.float({ min: -4, max: 4, noNaN: true }), { minLength: 8, maxLength: 8 }).filter((values) => Math.hypot(...values) > 0.01);
  fc.assert(
    fc.property(vector, vector, fc.integer({ min: 0, max: 7 }), (left, right, negative) => {
      const [a, b] = [Float32Array.from(left), Float32Array.from(right)];
      const unit = (values: Float32Array): Float32Array => values.map((value) => value / Math.hypot(...values));
      assert.ok(Math.abs(signedCosine(a, b, 0) - cosine(unit(a), unit(b))) < 1e-5);
      const score = signedCosine(a, b, negative);
      assert.ok(score >= -1 && score <= 1);
      assert.equal(score, signedCosine(b, a, negative));
      const ofItself = a.reduce((sum, value, at) => sum + (at < 8 - negative ? 1 : -1) * value * value, 0);
      if (ofItself > 0.01) assert.ok(Math.abs(signedCosine(a, a, negative) - 1) < 1e-9);
    }),
  );
});

test('the label follows the threshold, itself included', () => {
  assert.equal(labelOf(0.9, 0.9), 'match');
  assert.equal(labelOf(0.8999, 0.9), 'no_match');
});

test('the grade of three logits: 0 surely not, 1 surely exact, 1/2 surely partial or undecided', () => {
  assert.equal(expectedGrade([0, 0, 0]), 0.5);
  assert.ok(expectedGrade([40, 0, 0]) < 1e-9);
  assert.ok(Math.abs(expectedGrade([0, 40, 0]) - 0.5) < 1e-9);
  assert.ok(expectedGrade([0, 0, 40]) > 1 - 1e-9);
  assert.equal(expectedGrade([0, 0, 2000]), 1);
});

test('property: the grade lies in [0, 1], rises with exact and falls with not', () => {
  const logit = fc.double({ min: -50, max: 50, noNaN: true });
  fc.assert(
    fc.property(logit, logit, logit, fc.double({ min: 0, max: 5, noNaN: true }), (not, partial, exact, more) => {
      const grade = expectedGrade([not, partial, exact]);
      assert.ok(grade >= 0 && grade <= 1);
      assert.ok(expectedGrade([not, partial, exact + more]) >= grade - 1e-12);
      assert.ok(expectedGrade([not + more, partial, exact]) <= grade + 1e-12);
    }),
  );
});

test('the calibrated bias moves the label, not the similarity', () => {
  assert.equal(gradeOf([1, 0.9, 0.5], [0, 0, 0]), 'not');
  assert.equal(gradeOf([1, 0.9, 0.5], [0, 0.2, 0]), 'partial');
  assert.equal(gradeOf([1, 0.9, 0.5], [0, 0, 0.6]), 'exact');
  const judge = createJudge({ kind: 'cross-encoder', negative: 0, labels: { logitBias: [0, 0, 0.6] } }, 0.9);
  assert.deepEqual(judge(['a', 'b'], [Float32Array.of(1, 0, 0.5)]), { similarity: expectedGrade([1, 0, 0.5]), label: 'exact' });
});

test('thresholds of a cross-encoder lie where its label changes while the third label is out of the question', () => {
  for (const logitBias of [[0, 0, 0], [0, 0.1, -0.6], [0.3, -0.2, 0.4]] as const) {
    const { partial, exact } = labelThresholds({ logitBias });
    const at = (logits: number[]): [string, boolean, boolean] => [gradeOf(logits, logitBias), expectedGrade(logits) >= partial, expectedGrade(logits) >= exact];
    const [not, middle, top] = logitBias;
    const far = -50;
    assert.deepEqual(at([far, top - middle - 0.01, 0]), ['exact', true, true]);
    assert.deepEqual(at([far, top - middle + 0.01, 0]), ['partial', true, false]);
    assert.deepEqual(at([middle - not - 0.01, 0, far]), ['partial', true, false]);
    assert.deepEqual(at([middle - not + 0.01, 0, far]), ['not', false, false]);
  }
  assert.deepEqual(labelThresholds({ partial: 0.5, exact: 0.75 }), { partial: 0.5, exact: 0.75 });
});

test('equal texts are exact with similarity 1, whatever the model says', () => {
  assert.deepEqual(createJudge({ kind: 'cross-encoder', negative: 0, labels: null }, 0.9)(['a', 'a'], [Float32Array.of(9, 0, 0)]), { similarity: 1, label: 'exact' });
});

test('cosines get the labels of the model, or those of the threshold', () => {
  const at = (value: number): Float32Array[] => [Float32Array.of(1, 0), Float32Array.of(value, 0)];
  const own = createJudge({ kind: 'bi-encoder', negative: 0, labels: { partial: 0.5, exact: 0.75 } }, 0.9);
  assert.deepEqual([0.25, 0.5, 0.75].map((value) => own(['a', 'b'], at(value)).label), ['not', 'partial', 'exact']);
  const plain = createJudge({ kind: 'bi-encoder', negative: 0, labels: null }, 0.9);
  assert.deepEqual([0.5, 0.9375].map((value) => plain(['a', 'b'], at(value)).label), ['no_match', 'match']);
});
