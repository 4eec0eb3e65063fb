/**
 * A drill: how long was the promise broken, and what became of the requests?
 *
 * Windows of w seconds by the moments at which requests were due. A window of n requests, b of them beyond the limit (slower, failed or never ended), holds when
 * its nearest-rank percentile is within the limit:
 *
 *   holds ⟺ n − b ≥ ⌈p·n⌉           time = end of the last window that does not hold − beginning of the first one that does not
 *
 * So the moment at which a fault struck need not be known: what counts is what users saw. The true time lies within a window at either end, so the interval is
 * [time − 2w, time]. At least three windows behind the last broken one must hold, else it was not seen to stay, and only a lower bound is known.
 *
 * Where the fault's own moments are known (fault.ts) its end is exact, and what remains open is where in the last broken window the promise held again:
 *
 *   after the fault = end of the last broken window − end of the fault (of a crash: its moment), at least 0; interval [that − w, that]
 *
 * Accounts: due = answered + failed + unended. Assumes a constant rate. Refuses without windows (`no-limit`) and where the stage ended before four of them
 * (`cut-short`).
 */
import type { Finding } from '../model/estimate.js';
import { valueAtRank, type Histogram } from '../model/histogram.js';
import type { RunRecord, StageResult } from '../model/record.js';
import { findFault } from './fault.js';
import type { Outage } from '../model/outage.js';

const windowsToStay = 3;

/** Absent for a stage that is no drill. */
export function findOutage(record: Pick<RunRecord, 'events' | 'plan'>, result: StageResult, latency: Histogram, confidence: number): Finding<Outage> | undefined {
  const { stage: { drill }, dueWindows, windowFromMs, windowToMs, endedAtMs, requests, errors, degraded, answers: { checked, flips, maxDelta } } = result;
  if (drill === undefined) return undefined;
  if (dueWindows === undefined) return { kind: 'absent', why: 'no-limit' };
  const { within: { p, limitMs }, windowS } = drill;
  const watchedS = (windowToMs - windowFromMs) / 1000;
  const windows = dueWindows.fromS.flatMap((fromS, i) => {
    const [due, beyond] = [dueWindows.due[i] ?? 0, dueWindows.beyond[i] ?? 0];
    return fromS >= watchedS - 1e-9 ? [] : [{ fromS, due, quantileMs: dueWindows.quantileMs[i] ?? null, holds: due - beyond >= Math.ceil((p / 100) * due - 1e-9) }];
  });
  if (windows.length <= windowsToStay) return { kind: 'absent', why: 'cut-short' };
  const first = windows.findIndex(({ holds }) => !holds);
  const last = windows.findLastIndex(({ holds }) => !holds);
  const recovered = windows.length - 1 - last >= windowsToStay;
  const fromS = windows[first]?.fromS ?? null;
  const endS = Math.min(watchedS, (windows[last]?.fromS ?? 0) + windowS);
  const timeS = fromS === null ? 0 : (recovered ? endS : watchedS) - fromS;
  const fault = findFault(record, result);
  const afterS = fault === undefined || fault.toS === null || fromS === null ? undefined : Math.max(0, (recovered ? endS : watchedS) - fault.toS);
  const worst = windows.filter(({ due }) => due > 0).map(({ quantileMs }) => quantileMs);
  return {
    kind: 'found',
    value: {
      p, limitMs, windowS, watchedS, fromS, recovered,
      brokenS: windows.filter(({ holds }) => !holds).length * windowS,
      time: { value: timeS, low: fromS === null ? 0 : Math.max(0, endS - fromS - 2 * windowS), high: recovered ? timeS : null, confidence, method: 'windows', n: requests.started },
      worstMs: worst.some((value) => value === null) ? null : worst.reduce<number>((most, value) => Math.max(most, value ?? 0), 0),
      due: requests.started, answered: requests.completed, failed: requests.failed, unended: requests.censored,
      errors,
      slowestMs: latency.n === 0 ? null : valueAtRank(latency, latency.n) / 1000,
      ...(degraded === undefined ? {} : { degraded }),
      checked, flips, maxDelta,
      ...(fault === undefined ? {} : { fault }),
      ...(afterS === undefined ? {} : { afterFault: { value: afterS, low: Math.max(0, (windows[last]?.fromS ?? 0) - (fault?.toS ?? 0)), high: recovered ? afterS : null } }),
      restarts: record.events.filter(({ kind, tMs }) => kind === 'server-restart' && tMs >= windowFromMs && tMs <= endedAtMs).length,
    },
  };
}
