import assert from 'node:assert/strict';
import { test } from 'node:test';
import { confusionOf, f1Of, macroF1, tellsLabelsApart } from '../../../harness/analysis/answer-quality/confusion.js';
import type { MatchLabel } from '../../../harness/model/dataset.js';
import type { LabelRule } from '../../../harness/model/label-rule.js';
import { createRandom } from '../../../harness/model/random.js';

const labels: LabelRule = { source: 'labels', threshold: 0.5 };
const pair = (expected: MatchLabel[], label: MatchLabel | undefined, score = 0.5): { expected: MatchLabel[]; label?: MatchLabel; score: number } => ({ expected, score, ...(label === undefined ? {} : { label }) });

test('three labels: rows are what was expected, columns what was said', () => {
  const answers = [pair(['exact'], 'exact'), pair(['exact'], 'partial'), pair(['partial'], 'partial'), pair(['not'], 'not'), pair(['not'], 'exact')];
  const { labels: names, counts, f1, undecidable } = confusionOf(answers, labels);
  assert.deepEqual(names, ['exact', 'partial', 'not']);
  assert.deepEqual(counts, [[1, 1, 0], [0, 1, 0], [1, 0, 1]]);
  assert.deepEqual(f1.map((one) => Math.round(one * 1000) / 1000), [0.5, 0.667, 0.667]);
  assert.equal(undecidable, 0);
});

test('a pair with several right labels counts under the one that was said, where it is right, else under its first', () => {
  const { counts, labels: names } = confusionOf([pair(['partial', 'not'], 'not'), pair(['partial', 'not'], 'partial'), pair(['partial', 'not'], 'exact')], labels);
  assert.deepEqual(names, ['exact', 'partial', 'not']);
  assert.deepEqual(counts, [[0, 0, 0], [1, 1, 0], [0, 0, 1]]);
});

test('with one threshold two labels are told apart, and a pair that may be either is left out', () => {
  const rule: LabelRule = { source: 'threshold', threshold: 0.8 };
  const { labels: names, counts, undecidable } = confusionOf([pair(['exact'], undefined, 0.9), pair(['exact'], undefined, 0.7), pair(['partial', 'not'], undefined, 0.8), pair(['not'], undefined, 0.1), pair(['exact', 'partial'], undefined, 0.9)], rule);
  assert.deepEqual([names, counts, undecidable], [['same', 'other'], [[1, 1], [1, 1]], 1]);
});

test('F1 of a known table, and of a label that was never right', () => {
  assert.deepEqual(f1Of([[50, 0], [0, 50]]), [1, 1]);
  assert.deepEqual(f1Of([[8, 2], [4, 6]]).map((one) => Math.round(one * 1e4) / 1e4), [0.7273, 0.6667]);
  assert.deepEqual(f1Of([[0, 3], [0, 7]])[0], 0);
});

test('macro-F1: too few pairs are refused, a table without a mistake is not certain', () => {
  assert.deepEqual(macroF1([[5, 0], [0, 4]], 0.95), { kind: 'absent', why: 'too-few-pairs', needed: 10 });
  const perfect = macroF1([[30, 0, 0], [0, 30, 0], [0, 0, 30]], 0.95);
  assert.ok(perfect.kind === 'found' && perfect.value.value === 1 && perfect.value.high === 1 && (perfect.value.low ?? 1) < 0.99 && (perfect.value.low ?? 0) > 0.9, JSON.stringify(perfect));
});

test('where one label is right for every pair there is no macro-F1, whatever was answered', () => {
  const apart = (expected: MatchLabel[][], rule: LabelRule = labels): boolean => tellsLabelsApart(expected.map((one) => ({ expected: one })), rule);
  assert.equal(apart([['exact'], ['exact']]), false);
  assert.equal(apart([['exact'], ['exact', 'partial'], ['exact']]), false, 'who always says exact is always right');
  assert.equal(apart([['exact'], ['partial', 'not']]), true, 'labels 1 and 0');
  assert.equal(apart([['exact', 'partial'], ['partial', 'not'], ['exact']]), true);
  assert.equal(apart([]), false);
  const threshold: LabelRule = { source: 'threshold', threshold: 0.5 };
  assert.equal(apart([['partial'], ['not']], threshold), false, 'one threshold does not tell these apart');
  assert.equal(apart([['exact'], ['exact', 'partial']], threshold), false, 'a pair that may be either says nothing');
  assert.equal(apart([['exact'], ['not']], threshold), true);
});

test('its interval covers the truth of planted tables, perfect and poor', () => {
  const random = createRandom(5);
  for (const right of [0.98, 0.9, 0.6]) {
    // Three labels of equal weight, mistakes spread evenly: F1 of each is the share that is right.
    let covered = 0;
    const runs = 1000;
    for (let run = 0; run < runs; run += 1) {
      const counts = [[0, 0, 0], [0, 0, 0], [0, 0, 0]];
      for (let i = 0; i < 120; i += 1) {
        const truth = random.below(3);
        const said = random.chance(right) ? truth : (truth + 1 + random.below(2)) % 3;
        counts[truth]![said]! += 1;
      }
      const found = macroF1(counts, 0.95);
      assert.ok(found.kind === 'found');
      if ((found.value.low ?? 0) <= right && right <= (found.value.high ?? 1)) covered += 1;
    }
    assert.ok(covered / runs > 0.9, `${String(right)}: ${String(covered / runs)}`);
  }
});
