/**
 * Share of right answers by class, by family of operators and by length, each k/n with Wilson's interval.
 *
 * A pair whose operators are of several families counts in each of them, once. Its length is that of its longer side, in characters.
 * Below ten pairs no share is given (`too-few-pairs`); the counts stay.
 */
import type { RightShare } from '../../model/answer-quality.js';
import { shareFinding } from '../interval.js';
import { leastPairs } from './confusion.js';

/** Upper ends of the buckets of length, characters; real queries: half up to 18, nine in ten up to 31. */
const ends = [12, 18, 24, 31, 45, 64] as const;

/** Name of the bucket: "13–18", "65+". */
export function lengthBucket(characters: number): string {
  const at = ends.findIndex((end) => characters <= end);
  if (at === 0) return `1–${String(ends[0])}`;
  return at < 0 ? `${String(ends[ends.length - 1])}+` : `${String((ends[at - 1] ?? 0) + 1)}–${String(ends[at])}`;
}

/** Where a bucket stands among the others. */
export const lengthRank = (name: string): number => Number.parseInt(name, 10);

/** Shares by name, in the order of first appearance. */
export function sharesBy<T extends { right: boolean }>(answers: readonly T[], namesOf: (answer: T) => readonly string[], confidence: number): RightShare[] {
  const counted = new Map<string, { right: number; n: number }>();
  for (const answer of answers) {
    for (const name of new Set(namesOf(answer))) {
      const counts = counted.get(name) ?? { right: 0, n: 0 };
      counted.set(name, { right: counts.right + (answer.right ? 1 : 0), n: counts.n + 1 });
    }
  }
  return [...counted].map(([name, { right, n }]) => ({ name, right, n, share: n < leastPairs ? { kind: 'absent', why: 'too-few-pairs', needed: leastPairs } : shareFinding(right, n, confidence) }));
}
