/**
 * Confusion table and macro-F1.
 *
 *   F1 of label i = 2·n_ii / (n_i. + n_.i),   macro-F1 = mean over the labels that were expected or said
 *   interval: delta method for the multinomial, ∂F1_i/∂p_ii = 2(1−F1_i)/s_i, ∂F1_i/∂p_ij = ∂F1_i/∂p_ji = −F1_i/s_i, s_i = p_i. + p_.i
 *   (Takahashi, Yamamoto, Kuchiba & Koyama 2022, Applied Intelligence 52:4961–4972), taken around the table with z²/k² added to each of its k²
 *   cells (the remedy of Agresti & Coull 1998 for shares): without it a table without a mistake would have no width
 *
 * A pair with several right labels counts under the one that was said, where it is right, else under the first. Where only one
 * threshold is known the labels are `same` (exact) and `other` (partial, not); a pair that may be either is left out and counted.
 * Refuses below ten pairs (`too-few-pairs`), and where one label is right for every pair (`too-few-labels`): who always said it would be perfect,
 * and what is left is the mean over labels that nobody was to say.
 */
import type { Estimate, Finding } from '../../model/analysis.js';
import type { Confusion } from '../../model/answer-quality.js';
import { matchLabels, type MatchLabel } from '../../model/dataset.js';
import { saidLabels, type Answered, type LabelRule } from '../../model/label-rule.js';
import { normalQuantile } from '../distribution.js';

/** Below so many pairs neither F1 nor a share is shown. */
export const leastPairs = 10;

/** On which side of a lone threshold a label lies. */
const sideOf = (label: MatchLabel): string => (label === 'exact' ? 'same' : 'other');

/** [true label, said label]; null where the pair says nothing. */
function cellOf(answer: Answered, rule: LabelRule): readonly [string, string] | null {
  const said = saidLabels(answer, rule);
  const right = said.find((label) => answer.expected.includes(label));
  if (rule.source !== 'threshold') {
    const [first] = said;
    const truth = right ?? answer.expected[0];
    return first === undefined || truth === undefined ? null : [truth, first];
  }
  const truths = new Set(answer.expected.map(sideOf));
  const [truth] = truths;
  return truths.size !== 1 || truth === undefined ? null : [truth, said.includes('exact') ? 'same' : 'other'];
}

/** The table of all answers. */
export function confusionOf(answers: readonly Answered[], rule: LabelRule): Confusion {
  const cells = answers.map((answer) => cellOf(answer, rule)).filter((cell) => cell !== null);
  const all: readonly string[] = rule.source === 'threshold' ? ['same', 'other'] : matchLabels;
  const labels = all.filter((label) => cells.some((cell) => cell.includes(label)));
  const counts = labels.map((truth) => labels.map((said) => cells.filter((cell) => cell[0] === truth && cell[1] === said).length));
  return { labels, counts, f1: f1Of(counts), undecidable: answers.length - cells.length };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const column = (counts: readonly (readonly number[])[], j: number): number => sum(counts.map((row) => row[j] ?? 0));

/** F1 of each label; 0 for one that was never right. */
export function f1Of(counts: readonly (readonly number[])[]): number[] {
  return counts.map((row, i) => {
    const size = sum(row) + column(counts, i);
    return size === 0 ? 0 : (2 * (row[i] ?? 0)) / size;
  });
}

/** Whether no label alone is right for every pair that says something. */
export function tellsLabelsApart(answers: readonly Pick<Answered, 'expected'>[], rule: LabelRule): boolean {
  const sides = answers.map(({ expected }) => new Set<string>(rule.source === 'threshold' ? expected.map(sideOf) : expected));
  const telling = rule.source === 'threshold' ? sides.filter(({ size }) => size === 1) : sides;
  const [first] = telling;
  return first !== undefined && ![...first].some((label) => telling.every((labels) => labels.has(label)));
}

/** Macro-F1 of a table with its interval. */
export function macroF1(counts: readonly (readonly number[])[], confidence: number): Finding<Estimate> {
  const n = sum(counts.map(sum));
  if (n < leastPairs) return { kind: 'absent', why: 'too-few-pairs', needed: leastPairs };
  const k = counts.length;
  const value = sum(f1Of(counts)) / k;
  const z = normalQuantile(1 - (1 - confidence) / 2);
  const added = counts.map((row) => row.map((count) => count + (z * z) / (k * k)));
  const centre = sum(f1Of(added)) / k;
  const half = z * Math.sqrt(f1Variance(added));
  // The point always lies inside; a share never leaves 0..1.
  const low = Math.max(0, Math.min(value, centre - half));
  const high = Math.min(1, Math.max(value, centre + half));
  return { kind: 'found', value: { value, low, high, confidence, method: 'delta', n } };
}

function f1Variance(counts: readonly (readonly number[])[]): number {
  const n = sum(counts.map(sum));
  const k = counts.length;
  const f1 = f1Of(counts);
  const size = counts.map((row, i) => (sum(row) + column(counts, i)) / n);
  const slope = (i: number, j: number): number => {
    if (i === j) return (2 * (1 - (f1[i] ?? 0))) / (size[i] ?? 1) / k;
    return -((f1[i] ?? 0) / (size[i] ?? 1) + (f1[j] ?? 0) / (size[j] ?? 1)) / k;
  };
  const cells = counts.flatMap((row, i) => row.map((count, j) => ({ p: count / n, d: slope(i, j) })));
  const mean = sum(cells.map(({ p, d }) => p * d));
  return Math.max(0, sum(cells.map(({ p, d }) => p * d * d)) - mean * mean) / n;
}
