/**
 * What gates on a soak ask, from its slopes with their intervals (drift.ts):
 *
 *   drift p(50), p(95)   slope · window / median of the blocks: the change through the window as a share; negative where it falls
 *   leak rss             slope of the server's resident memory, MiB an hour
 *   leak vram            the steepest slope of the selected GPUs, MiB an hour, never their sum; both ends of the interval are the highest of theirs
 *
 * Refuses with `too-short` (fewer than 30 blocks: the gate is undecided) and `not-measured` or `no-gpu` (it is skipped).
 */
import type { Estimate, Finding } from '../model/estimate.js';
import type { GatePlan } from '../model/metric.js';
import type { Drift } from '../model/shape-analysis.js';
import type { AnalysedStage } from './analysed-stage.js';

const hourMs = 3_600_000;

/** The change of a percentile through the window, as a share of its median. */
export function driftShare({ result, analysis }: AnalysedStage, { aggregation }: GatePlan): Finding<Estimate> {
  const row = analysis.drift.find(({ of }) => aggregation.kind === 'percentile' && of === `latency-p${String(aggregation.p)}`);
  const slope = slopeOf(row);
  if (slope.kind === 'absent') return slope;
  // A latency of 0 changes by no share of itself.
  if (!row?.median) return { kind: 'absent', why: 'not-measured' };
  const windowH = (result.windowToMs - result.windowFromMs) / hourMs;
  return { kind: 'found', value: scaled(slope.value, windowH / row.median) };
}

/** The slope of memory, MiB an hour. `gpu` of the selector is a uuid or an index. */
export function leakPerHour({ analysis }: AnalysedStage, { aggregation, selector }: GatePlan): Finding<Estimate> {
  if (aggregation.kind === 'named' && aggregation.name === 'rss') return slopeOf(analysis.drift.find(({ of }) => of === 'memory'));
  const gpus = analysis.drift.filter(({ of }) => of === 'vram').filter(({ source }, index) => selector['gpu'] === undefined || selector['gpu'] === source || selector['gpu'] === String(index));
  if (gpus.length === 0) return { kind: 'absent', why: 'no-gpu' };
  const slopes = gpus.map(slopeOf);
  const estimates = slopes.flatMap((slope) => (slope.kind === 'found' ? [slope.value] : []));
  const [first] = estimates;
  // A GPU that could not be read may be the one that leaks: then nothing is said.
  const unknown = slopes.find(({ kind }) => kind === 'absent');
  if (unknown !== undefined || first === undefined) return unknown ?? { kind: 'absent', why: 'not-measured' };
  const highest = (side: 'low' | 'high'): number | null => (estimates.some((one) => one[side] === null) ? null : Math.max(...estimates.map((one) => one[side] ?? -Infinity)));
  return { kind: 'found', value: { ...first, value: Math.max(...estimates.map(({ value }) => value)), low: highest('low'), high: highest('high') } };
}

/** A slope that is missing for want of time is undecided, not skipped: how many blocks it lacks is no number of requests. */
function slopeOf(row: Drift | undefined): Finding<Estimate> {
  if (row === undefined) return { kind: 'absent', why: 'not-measured' };
  return row.slope.kind === 'found' ? row.slope : { kind: 'absent', why: row.slope.why };
}

const scaled = ({ value, low, high, ...rest }: Estimate, factor: number): Estimate =>
  ({ ...rest, value: value * factor, low: low === null ? null : low * factor, high: high === null ? null : high * factor });
