/**
 * What an answer says: the one place that reads a score, for the probe as for the engines, and names what is wrong. No import: the
 * k6 script runs this file inside k6.
 */

/** What is wrong with a 2xx answer that holds no score; '' = it holds one. */
export type AnswerFault = '' | 'html' | 'not-json' | 'no-score' | 'not-a-number';

/** The score in an answer (NaN where there is none) and what is wrong with it. Its range is another question: `withinRange`. */
export interface Reading {
  score: number;
  fault: AnswerFault;
}

/** The kind of a score that is a number, but none the server may give. */
export const outOfRange = 'out-of-range';

/** The kind of an answer whose status is not 2xx: `http-503`. */
export function statusKind(status: number): string {
  return `http-${String(status)}`;
}

/** Reads the score at `path` out of the text of a 2xx answer. */
export function readScore(text: string, path: readonly (string | number)[]): Reading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    if (/^\s*</.test(text)) return { score: NaN, fault: 'html' };
    // NaN and Infinity are what Python's json writes: not JSON, but worth its own name.
    return { score: NaN, fault: /\b(NaN|Infinity)\b/.test(text) ? 'not-a-number' : 'not-json' };
  }
  for (const key of path) {
    if (value === null || typeof value !== 'object') return { score: NaN, fault: 'no-score' };
    value = (value as Record<string | number, unknown>)[key];
  }
  if (value === undefined) return { score: NaN, fault: 'no-score' };
  return typeof value === 'number' && Number.isFinite(value) ? { score: value, fault: '' } : { score: NaN, fault: 'not-a-number' };
}

/** The text at `path` in a JSON answer; '' where there is none. */
export function readWord(text: string, path: readonly (string | number)[]): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return '';
  }
  for (const key of path) {
    if (value === null || typeof value !== 'object') return '';
    value = (value as Record<string | number, unknown>)[key];
  }
  return typeof value === 'string' ? value : '';
}

/** Whether a score lies in [least, most]. */
export function withinRange(score: number, [least, most]: readonly [number, number]): boolean {
  // A cosine of equal vectors may exceed 1 by a rounding error.
  const slack = 1e-6 * Math.max(1, Math.abs(most - least));
  return score >= least - slack && score <= most + slack;
}
