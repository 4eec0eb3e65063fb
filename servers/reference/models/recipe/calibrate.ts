import type { LabelRule } from '../../inference/types.js';
import type { PairScore } from './score-pairs.js';
import { confusion, macroF1 } from './yardstick.js';

/** Shares of not, partial and exact among pairs that people really ask about; generated pairs have a third of each. */
export const realMix = [0.51, 0.39, 0.1] as const;

/** What one pair of each label counts for, so that generated pairs weigh as real ones. */
export const mixWeights: readonly number[] = realMix.map((share) => share * 3);

const round = (value: number): number => Math.round(value * 1000) / 1000;

const range = (from: number, to: number, step: number): number[] => Array.from({ length: Math.round((to - from) / step) + 1 }, (_, index) => round(from + index * step));

/** The index of the largest of three. */
export const guessByBias = (raw: readonly number[], [, partial = 0, exact = 0]: readonly number[]): number => {
  const [n = 0, p = 0, e = 0] = raw;
  return e + exact > Math.max(n, p + partial) ? 2 : p + partial > n ? 1 : 0;
};

/** Index of the label (0 not, 1 partial, 2 exact) of a similarity, by two thresholds that belong to the upper side. */
export const guessByCuts = (similarity: number, cuts: { partial: number; exact: number }): number => (similarity >= cuts.exact ? 2 : similarity >= cuts.partial ? 1 : 0);

/** Index of the label that a rule of either kind says. */
export const guess = (score: PairScore, rule: LabelRule): number =>
  'logitBias' in rule ? guessByBias(score.raw, rule.logitBias) : guessByCuts(score.similarity, rule);

/** Rules this near to the best are as good as it: generated pairs are easier than real ones, and say little about the last per mille. */
const asGood = 0.005;

const moves = (rule: LabelRule): number => ('logitBias' in rule ? Math.hypot(...rule.logitBias) : 0);

/**
 * The rule with the best macro-F1 at the real mix of labels, found by trying a grid; for a cross-encoder, of all that are as good, the
 * one that moves the logits least.
 */
export const calibrate = (kind: 'cross-encoder' | 'bi-encoder', scores: readonly PairScore[], labels: readonly number[]): LabelRule => {
  const rules: LabelRule[] =
    kind === 'cross-encoder'
      ? range(-1, 1, 0.1).flatMap((partial) => range(-1, 1, 0.1).map((exact): LabelRule => ({ logitBias: [0, partial, exact] })))
      : range(0.1, 0.95, 0.01).flatMap((partial) => range(partial, 0.99, 0.01).map((exact): LabelRule => ({ partial, exact })));
  const tried = rules.map((rule) => ({ rule, f1: macroF1(confusion(labels, scores.map((score) => guess(score, rule)), mixWeights)) }));
  const bestF1 = Math.max(...tried.map(({ f1 }) => f1));
  const [chosen] = tried.filter(({ f1 }) => f1 >= bestF1 - (kind === 'cross-encoder' ? asGood : 0)).sort((a, b) => moves(a.rule) - moves(b.rule));
  if (chosen === undefined) throw new RangeError('no rule to try');
  return chosen.rule;
};
