import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { spreadLines } from '../../../../../servers/reference/models/recipe/card-spread.js';
import type { FinishedScores, TrainingFacts } from '../../../../../servers/reference/models/recipe/training-facts.js';
import { packageRoot } from '../../../../../servers/reference/model/package-root.js';

const factsOf = (name: string): TrainingFacts => JSON.parse(readFileSync(join(packageRoot(), 'servers/reference/models', name, 'training.json'), 'utf8')) as TrainingFacts;
const cardOf = (name: string): string => readFileSync(join(packageRoot(), 'servers/reference/models', name, 'README.md'), 'utf8');

const scores = (value: number, flips: number): FinishedScores => {
  const both = { auc: { atLeastPartial: value, exactOrRest: value, exactOrNot: value }, macroF1: { balanced: value, realMix: value } };
  return { fp32: both, int8: both, flips };
};

test('the spread is the mean and the standard deviation over the runs', () => {
  const facts: TrainingFacts = { ...factsOf('address-mini'), steps: 900, spread: [1, 2, 3].map((seed) => ({ seed, steps: 300, ...scores(0.5 + seed / 10, seed) })) };
  const lines = spreadLines(facts, 30_000);
  assert.match(lines[0] ?? '', /300 steps each rather than 900/);
  // 0.6, 0.7, 0.8: mean 0.7, squares of 0.1 twice over two.
  assert.ok(lines.includes('| macro-F1, int8 | 0.6000 | 0.7000 | 0.8000 | 0.7000 ± 0.1000 |'));
  assert.ok(lines.includes('| labels of 30,000 that int8 changes | 1 | 2 | 3 | 2 ± 1 |'));
  assert.match(spreadLines({ ...facts, steps: 300 }, 30_000)[0] ?? '', /seed 1 is the shipped one/);
  assert.ok(spreadLines({ ...facts, spread: facts.spread.slice(0, 1) }, 30_000).includes('| macro-F1, int8 | 0.6000 | – |'));
  assert.deepEqual(spreadLines({ ...facts, spread: [] }, 30_000), []);
});

test('the cards say what training.json says, and of what nobody wrote down that it was not', () => {
  for (const name of ['address-mini', 'address-mini-bi']) {
    const facts = factsOf(name);
    const card = cardOf(name);
    for (const line of spreadLines(facts, 30_000)) assert.ok(card.includes(line), line);
    const took = facts.seconds === null ? 'not recorded' : `${(facts.seconds / 60).toFixed(0)} minutes`;
    assert.ok(card.includes(`| training took | ${took} |`));
    assert.ok(card.includes(`| on | ${facts.machine ?? 'not recorded'} |`));
  }
  assert.deepEqual(factsOf('address-mini').spread.map(({ seed, steps }) => [seed, steps]), [[1, 3500], [2, 3500], [3, 3500]]);
});
