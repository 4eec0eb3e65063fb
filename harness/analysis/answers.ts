/**
 * Answers under load against the golden answers taken at concurrency 1, summed over measured stages.
 *
 *   flip rate = flips / checked       a flip is a change of side of the threshold; needs no labels
 *   max |Δscore| = the largest move of any checked answer
 *
 * Assumes a server that gives the same answer to the same question. Refuses (`not-checked`) where no answer was compared.
 */
import type { Finding } from '../model/analysis.js';
import type { StageResult } from '../model/record.js';

export interface AnswersUnderLoad {
  checked: number;
  flips: number;
  moved: number;
  maxDelta: number | null;
}

/** The sum over `stages`. */
export function answersUnderLoad(stages: readonly StageResult[]): Finding<AnswersUnderLoad> {
  const sum: AnswersUnderLoad = { checked: 0, flips: 0, moved: 0, maxDelta: null };
  for (const { answers } of stages) {
    sum.checked += answers.checked;
    sum.flips += answers.flips;
    sum.moved += answers.moved;
    if (answers.maxDelta !== null) sum.maxDelta = Math.max(sum.maxDelta ?? 0, answers.maxDelta);
  }
  return sum.checked === 0 ? { kind: 'absent', why: 'not-checked' } : { kind: 'found', value: sum };
}
