import { judgeBatch, judgeEnding, type Ending } from '../model/ending.js';
import { pairsIn, type BodyExpectation, type BodySet, type RequestPlan } from '../model/request.js';
import type { RequestRow } from './row.js';

/** As expected, or the kind of failure. */
export type Outcome = Ending;

/** Whether a row's request ended as its body should make it end (model/ending.ts). */
export function judgeAnswer(row: Readonly<RequestRow>, expect: BodyExpectation['expect'], plan: RequestPlan): Outcome {
  return judgeEnding(row, expect, plan.scoreRange);
}

/** The same by the index of a body, which may be several pairs. */
export function createJudge(bodies: BodySet, plan: RequestPlan): (row: Readonly<RequestRow>, body: number) => Outcome {
  const { expectations, pairsEach } = bodies;
  if (pairsEach === undefined) return (row, body) => judgeAnswer(row, expectations[body]?.expect ?? 'answer', plan);
  return (row, body) => {
    const pairs = pairsIn(bodies, body);
    return judgeBatch({ status: row.status, fault: row.fault, scores: scoresOf(row) }, pairs, expectedOf(expectations, body * pairsEach, pairs), plan.scoreRange);
  };
}

/** Scores of a row, one a pair: a list of one is written as one score. */
export function scoresOf({ scores, score }: Readonly<Pick<RequestRow, 'scores' | 'score'>>): readonly number[] {
  return scores.length > 0 || Number.isNaN(score) ? scores : [score];
}

/** A server that may refuse one of the pairs may refuse them all. */
function expectedOf(expectations: readonly BodyExpectation[], from: number, pairs: number): BodyExpectation['expect'] {
  for (let pair = from; pair < from + pairs; pair += 1) if (expectations[pair]?.expect !== 'answer') return 'either';
  return 'answer';
}
