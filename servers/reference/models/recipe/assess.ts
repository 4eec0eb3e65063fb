import type { LabelRule } from '../../inference/types.js';
import { guess, mixWeights } from './calibrate.js';
import type { LabelledPair } from './pairs-file.js';
import type { PairScore } from './score-pairs.js';
import { auc, confusion, f1ByLabel, macroF1, type Confusion } from './yardstick.js';

/** Share of pairs with the right label, of those that have something in common. */
export interface Share {
  name: string;
  pairs: number;
  right: number;
}

export interface Assessment {
  pairs: number;
  /** Areas under the ROC curve, each of the score that suits the question. */
  auc: { atLeastPartial: number; exactOrRest: number; exactOrNot: number };
  /** Every label weighing the same, and each by its share among real pairs. */
  macroF1: { balanced: number; realMix: number };
  f1: number[];
  confusion: Confusion;
  byClass: Share[];
  /** Worst first. */
  byFamily: Share[];
  byOperator: Share[];
}

const classes = ['not', 'partial', 'exact'] as const;

const shares = (named: Map<string, boolean[]>): Share[] =>
  [...named].map(([name, hits]) => ({ name, pairs: hits.length, right: hits.filter(Boolean).length / hits.length })).sort((a, b) => a.right - b.right);

/** Measures of one model on these pairs; `scores` in the order of `pairs`. */
export const assess = (pairs: readonly LabelledPair[], scores: readonly PairScore[], rule: LabelRule): Assessment => {
  const labels = pairs.map(({ label }) => label);
  const guesses = scores.map((score) => guess(score, rule));
  const table = confusion(labels, guesses);
  const groups = { family: new Map<string, boolean[]>(), operator: new Map<string, boolean[]>(), label: new Map<string, boolean[]>() };
  const note = (group: Map<string, boolean[]>, name: string, hit: boolean): void => {
    const hits = group.get(name);
    if (hits === undefined) group.set(name, [hit]);
    else hits.push(hit);
  };
  pairs.forEach(({ label, family, operators }, index) => {
    const hit = guesses[index] === label;
    note(groups.label, classes[label as 0 | 1 | 2], hit);
    note(groups.family, family, hit);
    for (const operator of new Set(operators)) if (operator !== family) note(groups.operator, operator, hit);
  });
  const ends = pairs.flatMap(({ label }, index) => (label === 1 ? [] : [index]));
  return {
    pairs: pairs.length,
    auc: {
      atLeastPartial: auc(scores.map((score) => score.atLeastPartial), (index) => (labels[index] ?? 0) > 0),
      exactOrRest: auc(scores.map((score) => score.exact), (index) => labels[index] === 2),
      exactOrNot: auc(ends.map((index) => scores[index]?.similarity ?? 0), (index) => labels[ends[index] ?? 0] === 2),
    },
    macroF1: { balanced: macroF1(table), realMix: macroF1(confusion(labels, guesses, mixWeights)) },
    f1: f1ByLabel(table),
    confusion: table,
    byClass: shares(groups.label),
    byFamily: shares(groups.family),
    byOperator: shares(groups.operator),
  };
};
