/**
 * Throughput of a stage: successful answers of the window / length of the window, with an interval. In open load these are the
 * answers that came while it was open: the requests of the window are as many as were asked, however late their answers.
 *
 * Interval by blocks of one second (batch means, Law & Kelton §9.5.3): mean ± t·s/√B over the B whole seconds of the window, put
 * around the exact value. It needs no assumption on single requests, which in a closed load are far more even than Poisson and
 * in a batching server come in clumps. Fewer than 10 whole seconds: the Poisson interval of the count, wider than a closed load
 * deserves.
 * Assumes seconds that are nearly independent and a window without trend. Sampling only: another run may differ by more.
 */
import type { Estimate } from '../model/analysis.js';
import type { StageResult } from '../model/record.js';
import { meanEstimate, poissonRate } from './interval.js';

const leastBlocks = 10;

/** Successful answers a second in the window; 0 where there was no window. */
export function achievedRps(stage: StageResult): number {
  const windowS = (stage.windowToMs - stage.windowFromMs) / 1000;
  return windowS > 0 ? answersOf(stage) / windowS : 0;
}

/** Closed load: answers to requests that started in the window. Open load: answers that came in the window, for others come late. */
function answersOf({ schedule, requests, timeline }: StageResult): number {
  return schedule ? timeline.completed.reduce((sum, n) => sum + n, 0) : requests.completed;
}

/** The rate with its interval. */
export function throughput(stage: StageResult, confidence: number): Estimate {
  const windowS = (stage.windowToMs - stage.windowFromMs) / 1000;
  const rate = achievedRps(stage);
  const { t, completed } = stage.timeline;
  const blocks = completed.filter((_, i) => (t[i] ?? Infinity) + 1 <= windowS + 1e-9);
  if (blocks.length < leastBlocks) return { ...poissonRate(answersOf(stage), Math.max(windowS, 1e-9), confidence), value: rate };
  const mean = blocks.reduce((sum, n) => sum + n, 0) / blocks.length;
  const variance = blocks.reduce((sum, n) => sum + (n - mean) ** 2, 0) / (blocks.length - 1);
  return meanEstimate(rate, variance, blocks.length, confidence, 'block-means');
}
