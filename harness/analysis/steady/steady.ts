/**
 * Was a stage's window steady, from when on, and how many independent seconds does it hold?
 *
 * MSER-5 (mser.ts) on successful answers by second and on ln(median latency) by second; a cut counts where what it cuts off is unlike
 * the rest (unlike.ts); the later of the two counts wins, and a cut at half of either means: no steady part. Two series, for MSER depends
 * on the measure (Wang & Glynn 2016). Independent seconds: the smaller effective size (effective-size.ts) of the two series after the cut. What is
 * left after it is asked for a slope (drifting.ts); not of soaks, whose drift is their own question (drift.ts), nor of drills, whose faults are meant.
 *
 * Nothing is cut off the numbers: latencies are kept as one histogram of the whole window, and a figure from a window that was chosen
 * afterwards, by the same data, would not be the one that was asked for. What was found is said.
 *
 * Assumes a load that is the same in every second. Refuses fewer than 50 whole seconds (`too-short`), bursts, spikes and replays (`bursts`: their seconds are
 * unlike by design), arrivals that exceed service (`unstable`: said already), stages that only warm up (`warm-up`), and windows with a mean
 * of five seconds in which nothing was answered (`no-answer`).
 */
import type { Offered } from '../../model/analysis.js';
import type { StageResult } from '../../model/record.js';
import type { SteadyFinding, SteadySeries, UnlikeStart } from '../../model/steady.js';
import { driftOfRest } from './drifting.js';
import { effectiveSize } from './effective-size.js';
import { batchMeans, batchSize, leastValues, mserCut } from './mser.js';
import { unlikeHead } from './unlike.js';

/** One stage; `offered` as backlog.ts found it. */
export function findSteady(result: StageResult, offered: Offered | null): SteadyFinding {
  const { stage, timeline, windowFromMs, windowToMs } = result;
  if (stage.role !== 'measure') return { kind: 'absent', why: 'warm-up' };
  if (stage.arrival.kind !== 'closed' && stage.arrival.kind !== 'open') return { kind: 'absent', why: 'bursts' };
  if (offered?.unstable === true) return { kind: 'absent', why: 'unstable' };
  const windowS = (windowToMs - windowFromMs) / 1000;
  const whole = timeline.t.filter((t) => t + 1 <= windowS + 1e-9).length;
  if (whole < leastValues) return { kind: 'absent', why: 'too-short', needed: leastValues };
  const throughput = timeline.completed.slice(0, whole);
  const logMs = timeline.p50Ms.slice(0, whole).map((p50) => (p50 === null ? null : Math.log(Math.max(p50, 1e-3))));
  const logMeans = batchMeans(logMs);
  if (logMeans === null) return { kind: 'absent', why: 'no-answer' };

  const starts = [startOf(batchMeans(throughput) ?? [], 'throughput'), startOf(logMeans, 'latency')].filter((start) => start !== null);
  const unsettled = starts.find(({ atHalf }) => atHalf);
  if (unsettled) return { kind: 'absent', why: 'not-steady', start: unsettled.start };
  const later = starts.map(({ start }) => start).toSorted((a, b) => b.cutS - a.cutS)[0] ?? null;
  const from = later?.cutS ?? 0;
  const sizes = [throughput, logMs].flatMap((series) => {
    const kept = series.slice(from).filter((value) => value !== null);
    // A second without a median breaks the order of the others.
    return kept.length === whole - from ? [effectiveSize(kept)] : [];
  }).filter((size) => size !== null);
  const drift = stage.soak === true || stage.drill !== undefined ? null : driftOfRest({ throughput: throughput.slice(from), latency: timeline.p50Ms.slice(from, whole) });
  return { kind: 'found', value: { start: later, seconds: whole - from, independent: sizes.length === 0 ? null : Math.min(...sizes), drift } };
}

/** What of a series is unlike the rest; null where nothing is. */
function startOf(means: readonly number[], of: SteadySeries): { start: UnlikeStart; atHalf: boolean } | null {
  const cut = mserCut(means);
  const off = cut === null ? null : unlikeHead(means, cut.values / batchSize, of === 'latency' ? 'log' : 'value');
  return cut === null || off === null ? null : { start: { cutS: cut.values, of, off }, atHalf: cut.atHalf };
}
