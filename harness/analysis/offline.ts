/**
 * An offline load: how much of its lot was answered, and how long that took.
 *
 *   time        from the opening of the window, with the first sending, to the last end of a request; unknown (null) where one did not end in time
 *   pairs/s     pairs in requests that were answered as they should be, over the length of the window
 *   missing     pairs − answered − refused − failed: not sent, or not ended, when the time was over
 *
 * Interval of pairs/s: by blocks of one second, as of throughput (throughput.ts); below ten whole seconds that of the number of answered requests (Poisson),
 * times the pairs of one: pairs of a request come together, so they are no independent events. Sampling only: another run may differ by more.
 */
import type { Estimate, OfflineAnalysis } from '../model/analysis.js';
import type { StageResult } from '../model/record.js';
import { meanEstimate, poissonRate } from './interval.js';

const leastBlocks = 10;

/** null for a stage of another kind. */
export function analyseOffline({ stage: { arrival, durationS }, pairs, status, windowFromMs, windowToMs }: StageResult): OfflineAnalysis | null {
  if (arrival.kind !== 'offline' || pairs === undefined) return null;
  const { answered, refused, failed, late } = pairs;
  const windowS = Math.max(0, windowToMs - windowFromMs) / 1000;
  const missing = Math.max(0, arrival.pairs - answered - refused - failed);
  return {
    pairs: arrival.pairs, answered, refused, failed, missing, late,
    timeS: missing === 0 ? windowS : null,
    ranOut: missing > 0 && status === 'completed',
    limitS: durationS,
    pairsPerS: windowS > 0 ? answered / windowS : 0,
  };
}

/** Pairs a second with its interval. */
export function pairsPerSecond({ requests, pairs, timeline, windowFromMs, windowToMs }: StageResult, { answered, pairsPerS }: OfflineAnalysis, confidence: number): Estimate {
  const windowS = Math.max(1e-9, (windowToMs - windowFromMs) / 1000);
  const blocks = (pairs?.bySecond ?? []).filter((_, i) => (timeline.t[i] ?? Infinity) + 1 <= windowS + 1e-9);
  if (blocks.length < leastBlocks) {
    const each = requests.completed === 0 ? 0 : answered / requests.completed;
    const { low, high, ...rest } = poissonRate(requests.completed, windowS, confidence);
    return { ...rest, value: pairsPerS, low: low === null ? null : low * each, high: high === null ? null : high * each };
  }
  const mean = blocks.reduce((sum, n) => sum + n, 0) / blocks.length;
  const variance = blocks.reduce((sum, n) => sum + (n - mean) ** 2, 0) / (blocks.length - 1);
  return meanEstimate(pairsPerS, variance, blocks.length, confidence, 'block-means');
}
