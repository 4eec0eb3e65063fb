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

/** The kind of an answer to a batch that has more or fewer scores than the batch had pairs. */
export const scoreCount = 'score-count';

/** The kind of a score that is a number, but none the server may give. */
export const outOfRange = 'out-of-range';

/** The kind of an answer whose status is not 2xx: `http-503`. */
export function statusKind(status: number): string {
  return `http-${String(status)}`;
}

/** Reads the score at `path` out of the text of a 2xx answer. */
export function readScore(text: string, path: readonly (string | number)[]): Reading {
  const read = readJson(text);
  return 'fault' in read ? { score: NaN, fault: read.fault } : scoreIn(read.value, path);
}

/** The scores of the entries of the list at `path`, each at `entryPath` in its entry; none where one of them is missing or no number. */
export function readScores(text: string, path: readonly (string | number)[], entryPath: readonly (string | number)[]): { scores: number[]; fault: AnswerFault } {
  const read = readJson(text);
  if ('fault' in read) return { scores: [], fault: read.fault };
  const list = valueAt(read.value, path);
  if (!Array.isArray(list)) return { scores: [], fault: 'no-score' };
  const scores: number[] = [];
  for (const entry of list as unknown[]) {
    const { score, fault } = scoreIn(entry, entryPath);
    if (fault !== '') return { scores: [], fault };
    scores.push(score);
  }
  return { scores, fault: '' };
}

function readJson(text: string): { value: unknown } | { fault: AnswerFault } {
  try {
    return { value: JSON.parse(text) };
  } catch {
    if (/^\s*</.test(text)) return { fault: 'html' };
    // NaN and Infinity are what Python's json writes: not JSON, but worth its own name.
    return { fault: /\b(NaN|Infinity)\b/.test(text) ? 'not-a-number' : 'not-json' };
  }
}

/** undefined where the path leads nowhere. */
function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  for (const key of path) {
    if (value === null || typeof value !== 'object') return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}

function scoreIn(value: unknown, path: readonly (string | number)[]): Reading {
  const found = valueAt(value, path);
  if (found === undefined) return { score: NaN, fault: 'no-score' };
  return typeof found === 'number' && Number.isFinite(found) ? { score: found, fault: '' } : { score: NaN, fault: 'not-a-number' };
}

/** The text at `path` in a JSON answer; '' where there is none. */
export function readWord(text: string, path: readonly (string | number)[]): string {
  const read = readJson(text);
  const found = 'value' in read ? valueAt(read.value, path) : undefined;
  return typeof found === 'string' ? found : '';
}

/** Whether a score lies in [least, most]. */
export function withinRange(score: number, [least, most]: readonly [number, number]): boolean {
  // A cosine of equal vectors may exceed 1 by a rounding error.
  const slack = 1e-6 * Math.max(1, Math.abs(most - least));
  return score >= least - slack && score <= most + slack;
}
