/**
 * Little's law as a check of the measurement itself: L = X·R.
 *
 *   in flight: X·R / L           L = time-averaged requests in flight, from start and end moments, not from latencies
 *   users:     X·(R + Z) / N     closed load; Z = mean think time really taken, N = configured users
 *
 * X·R = (sum of the latencies of all ended requests of the window) / window. All: a failed request occupied its user and the
 * wire as an answered one did, so leaving failures out would make every stage with errors look broken. Both ratios are 1 when
 * nothing was lost, invented or cut short; a truncated timer, unrecorded requests and double counts move both, a generator that
 * dawdles between requests moves the second only (Little 1961; Denning & Buzen 1978 for the operational form).
 *
 * In open load L is the time that the same requests were due and not ended, to their end, over the window: a backlog that goes on
 * behind the window is on both sides. There are no users, so no second ratio.
 *
 * Assumes a window many turns long (closed load). The requests that straddle its edges are counted whole or not at all, an error of at most one
 * turn a user, (R + Z)/T of the ratio; beyond 50 turns that is below the 2 % of `suspect`. Below 50 turns the tolerance is one
 * turn, and the stage can only become suspect, never invalid.
 * Refuses (null) with no ended request, no in-flight mean, or more than 1 % failures of unknown duration; the second also where
 * more than 1 % failed without an answer or a time-out: after such failures users back off, a pause no record of thinking has.
 */
import type { Histogram } from '../model/histogram.js';
import type { StageResult } from '../model/record.js';

export interface Little {
  inFlight: number | null;
  users: number | null;
  /** Turns (answer + thinking) an average user got in the window; null with no ended request. */
  turns: number | null;
  /** Mean of one answer, failures included, and of one turn (with its thinking), ms. */
  answerMs: number | null;
  turnMs: number | null;
}

const largestUnknownShare = 0.01;

/** Both ratios of a stage; `latency` is its decoded histogram, `timeoutS` the plan's. */
export function checkLittle(stage: StageResult, latency: Histogram, timeoutS: number): Little {
  const windowUs = (stage.windowToMs - stage.windowFromMs) * 1000;
  const ended = stage.requests.completed + stage.requests.failed;
  const sumUs = latencySumUs(stage, latency, timeoutS);
  if (ended === 0 || windowUs <= 0 || sumUs === null) return { inFlight: null, users: null, turns: null, answerMs: null, turnMs: null };
  const thinkUs = meanThinkMs(stage) * 1000;
  const turnUs = sumUs / ended + thinkUs;
  const { arrival } = stage.stage;
  const inFlightMean = stage.schedule ? (stage.schedule.heldMs * 1000) / windowUs : stage.inFlightMean;
  return {
    inFlight: inFlightMean === null || inFlightMean <= 0 ? null : sumUs / windowUs / inFlightMean,
    users: arrival.kind !== 'closed' || hasBackedOff(stage) ? null : (sumUs + ended * thinkUs) / windowUs / arrival.users,
    // Both sides of an open load are about the same requests: no edge blurs them, so the window counts as long.
    turns: stage.schedule ? Infinity : windowUs / turnUs,
    answerMs: sumUs / ended / 1000,
    turnMs: turnUs / 1000,
  };
}

/** Of all ended requests. Where the record has no sum of the failed, time-outs count the time-out and the rest the mean answer. */
function latencySumUs(stage: StageResult, latency: Histogram, timeoutS: number): number | null {
  const { failed, timedOut, completed } = stage.requests;
  if (failed === 0) return latency.sumUs;
  if (typeof stage.failedSumUs === 'number') return latency.sumUs + stage.failedSumUs;
  const unknown = failed - timedOut;
  if (unknown > 0 && (latency.n === 0 || unknown > largestUnknownShare * (failed + completed))) return null;
  return latency.sumUs + timedOut * timeoutS * 1e6 + (unknown > 0 ? unknown * (latency.sumUs / latency.n) : 0);
}

function hasBackedOff(stage: StageResult): boolean {
  const ended = stage.requests.completed + stage.requests.failed;
  const answered = Object.values(stage.statuses).reduce((sum, n) => sum + n, 0);
  return stage.thinkMeanMs === null && ended - answered - stage.requests.timedOut > largestUnknownShare * ended;
}

function meanThinkMs(stage: StageResult): number {
  const { arrival } = stage.stage;
  if (arrival.kind !== 'closed') return 0;
  const [least, most] = arrival.thinkMs;
  return stage.thinkMeanMs ?? (least + most) / 2;
}
