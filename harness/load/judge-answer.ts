import { judgeEnding, type Ending } from '../model/ending.js';
import type { BodyExpectation, RequestPlan } from '../model/request.js';
import type { RequestRow } from './row.js';

/** As expected, or the kind of failure. */
export type Outcome = Ending;

/** Whether a row's request ended as its body should make it end (model/ending.ts). */
export function judgeAnswer(row: Readonly<RequestRow>, expect: BodyExpectation['expect'], plan: RequestPlan): Outcome {
  return judgeEnding(row, expect, plan.scoreRange);
}
