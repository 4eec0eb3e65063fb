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

export const guessByCuts = (similarity: number, cuts: { partial: number; exact: number }): number => (similarity >= cuts.exact ? 2 : similarity >= cuts.partial ? 1 : 0);

export const guess = (score: PairScore, rule: LabelRule): number =>
  'logitBias' in rule ? guessByBias(score.raw, rule.logitBias) : guessByCuts(score.similarity, rule);

/** The rule with the best macro-F1 at the real mix of labels, found by trying a grid. */
export const calibrate = (kind: 'cross-encoder' | 'bi-encoder', scores: readonly PairScore[], labels: readonly number[]): LabelRule => {
  const rules: LabelRule[] =
    kind === 'cross-encoder'
      ? range(-1.5, 1.5, 0.1).flatMap((partial) => range(-1.5, 1.5, 0.1).map((exact): LabelRule => ({ logitBias: [0, partial, exact] })))
      : range(0.1, 0.95, 0.01).flatMap((partial) => range(partial, 0.99, 0.01).map((exact): LabelRule => ({ partial, exact })));
  let best = rules[0];
  let bestF1 = -1;
  for (const rule of rules) {
    const f1 = macroF1(confusion(labels, scores.map((score) => guess(score, rule)), mixWeights));
    if (f1 > bestF1) [best, bestF1] = [rule, f1];
  }
  if (best === undefined) throw new RangeError('no rule to try');
  return best;
};
