/** How a request ended against what its body should bring: the one rule for the probe and for the engines. */
import { outOfRange, scoreCount, statusKind, withinRange } from './answer.js';
import type { BodyExpectation } from './request.js';

/** As expected, or the kind of failure. */
export type Ending = { completed: true; rejected: boolean } | { completed: false; kind: string };

/** What was seen of one request: HTTP status (0 without an answer), what was wrong (transport or answer), the score or NaN. */
export interface SeenEnd {
  status: number;
  fault: string;
  score: number;
}

const right: Ending = { completed: true, rejected: false };
const refused: Ending = { completed: true, rejected: true };
const wrong = new Map<string, Ending>();

/** Whether a request ended as its body should make it end; if not, how it failed: a fault, `http-<status>`, `out-of-range` or `accepted-bad-input`. */
export function judgeEnding({ status, fault, score }: Readonly<SeenEnd>, expect: BodyExpectation['expect'], scoreRange: readonly [number, number]): Ending {
  if (status === 0) return failure(fault === '' ? 'other' : fault);
  const refusal = status >= 400 && status < 500;
  if (expect !== 'answer' && refusal) return refused;
  if (status < 200 || status > 299) return failure(statusKind(status));
  if (expect === 'reject') return failure('accepted-bad-input');
  if (fault !== '') return failure(fault);
  if (Number.isNaN(score)) return failure('no-score');
  return withinRange(score, scoreRange) ? right : failure(outOfRange);
}

/** The same of a request with `pairs` pairs, which ended as it should when each has a sound score: `scores` in the order of the pairs. */
export function judgeBatch({ status, fault, scores }: Readonly<Omit<SeenEnd, 'score'> & { scores: readonly number[] }>, pairs: number, expect: BodyExpectation['expect'], scoreRange: readonly [number, number]): Ending {
  const first = judgeEnding({ status, fault, score: scores[0] ?? NaN }, expect, scoreRange);
  if (!first.completed || first.rejected) return first;
  if (scores.length !== pairs) return failure(scoreCount);
  return scores.every((score) => withinRange(score, scoreRange)) ? right : failure(outOfRange);
}

/** One object a kind: no garbage per request. */
function failure(kind: string): Ending {
  const known = wrong.get(kind);
  if (known !== undefined) return known;
  const made: Ending = { completed: false, kind };
  wrong.set(kind, made);
  return made;
}
