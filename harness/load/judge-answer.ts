import { outOfRange, statusKind, withinRange } from '../model/answer.js';
import type { BodyExpectation, RequestPlan } from '../model/request.js';
import type { RequestRow } from './row.js';

/** `''` = as expected; otherwise the kind of failure. */
export type Outcome = { completed: true; rejected: boolean } | { completed: false; kind: string };

const right: Outcome = { completed: true, rejected: false };
const refused: Outcome = { completed: true, rejected: true };
const wrong = new Map<string, Outcome>();

/** Whether a request ended as its body should make it end; if not, how it failed: a fault, `http-<status>`, `out-of-range` or `accepted-bad-input`. */
export function judgeAnswer(row: Readonly<RequestRow>, expect: BodyExpectation['expect'], plan: RequestPlan): Outcome {
  const { status, fault, score } = row;
  if (status === 0) return failure(fault === '' ? 'other' : fault);
  const refusal = status >= 400 && status < 500;
  if (expect !== 'answer' && refusal) return refused;
  if (status < 200 || status > 299) return failure(statusKind(status));
  if (expect === 'reject') return failure('accepted-bad-input');
  if (fault !== '') return failure(fault);
  if (Number.isNaN(score)) return failure('no-score');
  return withinRange(score, plan.scoreRange) ? right : failure(outOfRange);
}

/** One object a kind: no garbage per request. */
function failure(kind: string): Outcome {
  const known = wrong.get(kind);
  if (known !== undefined) return known;
  const made: Outcome = { completed: false, kind };
  wrong.set(kind, made);
  return made;
}
