import type { LabelRule, ModelInfo } from './inference/types.js';

/** MGeo's own labels where the model has them; otherwise whether a threshold is reached. */
export type Label = 'exact' | 'partial' | 'not' | 'match' | 'no_match';

/** The answer to a pair. */
export interface Judgement {
  similarity: number;
  label: Label;
}

/** Judges a pair by what the model gave: the vectors of both texts, or the logits of the pair. */
export type Judge = (pair: readonly [string, string], rows: readonly Float32Array[]) => Judgement;

const clamped = (value: number): number => Math.max(-1, Math.min(1, value));

/** Dot product of two L2-normalised vectors, clamped to [-1, 1]: rounding may leave it a little outside. */
export const cosine = (left: Float32Array, right: Float32Array): number => {
  let sum = 0;
  for (let index = 0; index < left.length; index += 1) sum += (left[index] ?? 0) * (right[index] ?? 0);
  return clamped(sum);
};

/** Sum of the products of the components, of which the last `negative` are subtracted. */
const signedProduct = (left: Float32Array, right: Float32Array, negative: number): number => {
  const turn = left.length - negative;
  let sum = 0;
  for (let index = 0; index < turn; index += 1) sum += (left[index] ?? 0) * (right[index] ?? 0);
  for (let index = turn; index < left.length; index += 1) sum -= (left[index] ?? 0) * (right[index] ?? 0);
  return sum;
};

/** A model whose vector makes nothing with itself would divide by zero. */
const leastOfItself = 1e-6;

/**
 * The cosine where the last `negative` components count negatively: ⟨a, b⟩ / √(⟨a, a⟩ ⟨b, b⟩) with ⟨a, b⟩ = Σ ± aᵢ bᵢ, clamped to [-1, 1]; 1 for
 * equal vectors, whatever their lengths. What stands in such components is held against a pair where both sides have it, unless the others make up for it. So a
 * district that only one side names can cost nothing and two different ones everything; by a cosine, what costs nothing alone costs nothing twice.
 */
export const signedCosine = (left: Float32Array, right: Float32Array, negative: number): number => {
  const ofItself = (vector: Float32Array): number => Math.max(leastOfItself, signedProduct(vector, vector, negative));
  return clamped(signedProduct(left, right, negative) / Math.sqrt(ofItself(left) * ofItself(right)));
};

/** Similarity of two addresses' vectors; equal addresses are exactly 1, whatever the rounding of their vectors. */
export const scorePair = (pair: readonly [string, string], left: Float32Array, right: Float32Array, negative = 0): number => {
  if (pair[0] === pair[1]) return 1;
  return negative === 0 ? cosine(left, right) : signedCosine(left, right, negative);
};

/** A similarity at the threshold is a match. */
export const labelOf = (similarity: number, threshold: number): Label => (similarity >= threshold ? 'match' : 'no_match');

/**
 * P(exact) + P(partial) / 2 of three logits (not, partial, exact): the expected grade, 0 for surely not and 1 for surely exact.
 * It never decreases when the logit of exact rises or that of not falls.
 */
export const expectedGrade = (logits: ArrayLike<number>): number => {
  const [not = 0, partial = 0, exact = 0] = Array.from(logits);
  const largest = Math.max(not, partial, exact);
  const [n, p, e] = [Math.exp(not - largest), Math.exp(partial - largest), Math.exp(exact - largest)];
  return (e + p / 2) / (n + p + e);
};

const grades = ['not', 'partial', 'exact'] as const;

/** The label whose logit is largest once the calibrated bias is added; the lesser one of equals. */
export const gradeOf = (logits: ArrayLike<number>, bias: readonly number[]): Label => {
  let best = 0;
  const value = (index: number): number => (logits[index] ?? 0) + (bias[index] ?? 0);
  for (let index = 1; index < grades.length; index += 1) if (value(index) > value(best)) best = index;
  return grades[best] ?? 'not';
};

/**
 * The similarities at which the labels begin, for /health. Of three logits no single similarity tells the label; named is where a pair lies
 * that is certainly not the third label: two biased logits equal and the other probability 0.
 *
 *   exact    P(partial) / P(exact) = e^(b exact − b partial)      partial    P(not) / P(partial) = e^(b partial − b not)
 */
export const labelThresholds = (labels: LabelRule): { partial: number; exact: number } => {
  if ('exact' in labels) return { partial: labels.partial, exact: labels.exact };
  const [not, partial, exact] = labels.logitBias;
  const tie = Math.exp(exact - partial);
  return { partial: 0.5 / (1 + Math.exp(partial - not)), exact: (1 + tie / 2) / (1 + tie) };
};

/**
 * Equal texts are the same place: similarity 1 and the highest label by definition, whatever the model computes of them.
 * `threshold` is for models that bring no rule of their own.
 */
export const createJudge = ({ kind, labels, negative }: Pick<ModelInfo, 'kind' | 'labels' | 'negative'>, threshold: number): Judge => {
  if (kind === 'cross-encoder') {
    const bias = labels !== null && 'logitBias' in labels ? labels.logitBias : [0, 0, 0];
    return ([left, right], [logits = []]) =>
      left === right ? { similarity: 1, label: 'exact' } : { similarity: expectedGrade(logits), label: gradeOf(logits, bias) };
  }
  const cuts = labels !== null && 'exact' in labels ? labels : null;
  return (pair, [left = new Float32Array(), right = new Float32Array()]) => {
    const similarity = scorePair(pair, left, right, negative);
    if (cuts === null) return { similarity, label: labelOf(similarity, threshold) };
    return { similarity, label: similarity >= cuts.exact ? 'exact' : similarity >= cuts.partial ? 'partial' : 'not' };
  };
};
