/**
 * Spike: how long after the step down until the latency stays within its limit again?
 *
 * Windows of w seconds by the moments at which requests were due, one edge on the step down. A window of n requests, b of them beyond the limit (slower,
 * failed or never ended), holds when its nearest-rank percentile is within the limit:
 *
 *   holds ⟺ n − b ≥ ⌈p·n⌉           recovery = end of the last window after the step down that does not hold; 0 where all hold
 *
 * The moment itself lies in that window or at its end, so the interval is as wide as a window. At least three windows behind it must hold, else it was
 * not seen to stay: "did not recover within" what was watched, and only a lower bound is known.
 *
 * Assumes a server that meets the limit at the base rate. Refuses without a limit (`no-limit`), where more than a tenth of the windows before the step up
 * break it (`not-held-before`: nothing to come back to), and where the stage ended before four windows of the time after (`cut-short`).
 * One slow second long after the peak counts as not yet recovered: that is what "stays" means.
 */
import type { Finding } from '../model/estimate.js';
import type { DueWindows, StageResult } from '../model/record.js';
import type { Recovery } from '../model/shape-analysis.js';

const windowsToStay = 3;
const mostBrokenBefore = 0.1;

/** null for a stage that is no spike. */
export function findRecovery({ stage: { arrival }, dueWindows, windowFromMs, windowToMs }: StageResult, confidence: number): Finding<Recovery> | null {
  if (arrival.kind !== 'spike') return null;
  const { within, windowS, beforeS, duringS } = arrival;
  if (within === null) return { kind: 'absent', why: 'no-limit' };
  const stepDownS = beforeS + duringS;
  const lengthS = (windowToMs - windowFromMs) / 1000;
  const windows = dueWindows === undefined ? [] : windowsOf(dueWindows, within.p / 100);
  // A window that the end of the stage cuts is judged by what was due in it.
  const after = windows.filter(({ fromS }) => fromS >= stepDownS - 1e-9 && fromS < lengthS - 1e-9);
  if (after.length <= windowsToStay) return { kind: 'absent', why: 'cut-short' };
  const before = windows.filter(({ fromS, due }) => due > 0 && fromS >= -1e-9 && fromS + windowS <= beforeS + 1e-9);
  if (before.filter(({ holds }) => !holds).length > mostBrokenBefore * before.length) return { kind: 'absent', why: 'not-held-before' };

  const broken = after.findLastIndex(({ holds }) => !holds) + 1;
  const recovered = after.length - broken >= windowsToStay;
  const watchedS = lengthS - stepDownS;
  const n = after.reduce((sum, { due }) => sum + due, 0);
  const endS = Math.min(broken * windowS, watchedS);
  const lowS = Math.max(0, broken - 1) * windowS;
  const spiked = windows.filter(({ fromS }) => fromS + windowS > beforeS + 1e-9);
  const worst = spiked.filter(({ due }) => due > 0).map(({ quantileMs }) => quantileMs);
  return {
    kind: 'found',
    value: {
      p: within.p, limitMs: within.limitMs, windowS, stepUpS: beforeS, stepDownS, watchedS,
      broken: spiked.some(({ holds }) => !holds),
      recovered,
      time: { value: recovered ? endS : watchedS, low: lowS, high: recovered ? endS : null, confidence, method: 'windows', n },
      worstMs: worst.some((value) => value === null) ? null : worst.reduce<number>((most, value) => Math.max(most, value ?? 0), 0),
    },
  };
}

interface JudgedWindow { fromS: number; due: number; quantileMs: number | null; holds: boolean }

/** A window in which nothing was due breaks nothing. */
function windowsOf({ fromS, due, beyond, quantileMs }: DueWindows, p: number): JudgedWindow[] {
  return fromS.map((from, i) => {
    const [n, late] = [due[i] ?? 0, beyond[i] ?? 0];
    return { fromS: from, due: n, quantileMs: quantileMs[i] ?? null, holds: n - late >= Math.ceil(p * n - 1e-9) };
  });
}
