import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MatchLabel } from '../../harness/model/dataset.js';
import { isRight, labelRuleOf, sameFrom, saidLabels, wrongness, type LabelRule } from '../../harness/model/label-rule.js';

const one: LabelRule = { source: 'threshold', threshold: 0.8 };
const two: LabelRule = { source: 'thresholds', partial: 0.4, exact: 0.8 };
const own: LabelRule = { source: 'labels', threshold: 0.8 };
const answer = (expected: MatchLabel[], score: number, label?: MatchLabel): { expected: MatchLabel[]; score: number; label?: MatchLabel } => ({ expected, score, ...(label === undefined ? {} : { label }) });

test('what an answer says, by each rule', () => {
  assert.deepEqual(saidLabels({ score: 0.8 }, one), ['exact']);
  assert.deepEqual(saidLabels({ score: 0.79 }, one), ['partial', 'not']);
  assert.deepEqual([0.8, 0.79, 0.4, 0.39].map((score) => saidLabels({ score }, two)), [['exact'], ['partial'], ['partial'], ['not']]);
  assert.deepEqual([saidLabels({ score: 0.1, label: 'exact' }, own), saidLabels({ score: 0.1 }, own)], [['exact'], []]);
});

test('a threshold that the scenario wrote holds; else that of the server; else the default', () => {
  const health = { model: { labels: { logitBias: [0, 0, 0] }, thresholds: { partial: 0.25, exact: 0.75 } } };
  assert.equal(sameFrom({ threshold: 0.9, thresholdFrom: 'default' }, health), 0.75);
  assert.equal(sameFrom({ threshold: 0.9, thresholdFrom: 'scenario' }, health), 0.9);
  assert.equal(sameFrom({ threshold: 0.9 }, health), 0.9, 'records without the word');
  for (const none of [null, undefined, 'ok', {}, { model: 'm' }, { model: { thresholds: null } }]) assert.equal(sameFrom({ threshold: 0.9, thresholdFrom: 'default' }, none), 0.9);
  assert.deepEqual(labelRuleOf([{ score: 0.8, label: 'exact' }], { threshold: 0.9, thresholdFrom: 'default' }, health), { source: 'labels', threshold: 0.75 });
});

test('right is any of the expected labels', () => {
  assert.ok(isRight(answer(['partial', 'not'], 0.2), one) && isRight(answer(['partial'], 0.2), one), 'one threshold cannot tell partial from not');
  assert.ok(!isRight(answer(['partial'], 0.2), two) && isRight(answer(['partial', 'not'], 0.2), two));
  assert.ok(!isRight(answer(['exact'], 0.99, 'partial'), own));
});

test('no wrong answer is less wrong than a right one, two labels off is worse than one, and farther is worse', () => {
  for (const rule of [one, two, own]) {
    const all = (['exact', 'partial', 'not'] as const).flatMap((truth) => [0, 0.2, 0.39, 0.4, 0.6, 0.79, 0.8, 0.9, 1].map((score) => {
      const said = answer([truth], score, score >= 0.7 ? 'exact' : score >= 0.3 ? 'partial' : 'not');
      return { right: isRight(said, rule), wrong: wrongness(said, rule, [0, 1]) };
    }));
    const worstRight = Math.max(...all.filter(({ right }) => right).map(({ wrong }) => wrong));
    const bestWrong = Math.min(...all.filter(({ right }) => !right).map(({ wrong }) => wrong));
    assert.ok(worstRight <= bestWrong + 1e-12, `${rule.source}: ${String(worstRight)} ${String(bestWrong)}`);
  }
  assert.ok(wrongness(answer(['exact'], 0.1, 'not'), own, [0, 1]) > wrongness(answer(['exact'], 0.1, 'partial'), own, [0, 1]));
  assert.ok(wrongness(answer(['not'], 0.95), one, [0, 1]) > wrongness(answer(['not'], 0.85), one, [0, 1]));
  assert.ok(wrongness(answer(['not'], 0.1), one, [0, 1]) < wrongness(answer(['not'], 0.7), one, [0, 1]), 'near misses come before what is far from wrong');
});
