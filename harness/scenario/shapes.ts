/** Stages of the load kinds whose rate changes or that go on for long: spike, soak, replay. */
import { basename } from 'node:path';
import { BenchError } from '../model/error.js';
import type { GatePlan } from '../model/metric.js';
import type { Scenario } from '../model/scenario.js';
import { readWithin } from '../model/scenario-load-shapes.js';
import { durationMs, thinkMsOf } from '../model/scenario-value.js';
import { workersFor, type Stage } from '../model/stage.js';
import type { ArrivalMoments, Within } from '../model/stage-shapes.js';
import { formatDuration } from '../model/unit.js';

type Load = Scenario['load'];
const seconds = (text: string): number => durationMs(text) / 1000;
const plain = { index: 0, role: 'measure', arm: '', repeat: 0, minRequests: null } as const;
const longestMs = 86_400_000;

/** What must hold again: as written, else the first gate on a percentile of latency of every stage. */
function withinOf(written: string | undefined, gates: readonly GatePlan[]): Within | null {
  const read = written === undefined ? null : readWithin(written);
  if (read !== null) return { ...read, from: 'scenario' };
  for (const { metric, selector, aggregation, operator, limit } of gates) {
    if (metric === 'latency' && aggregation.kind === 'percentile' && limit !== null && (operator === '<' || operator === '<=') && Object.keys(selector).length === 0) return { p: aggregation.p, limitMs: limit, from: 'gate' };
  }
  return null;
}

/** Whole seconds in which the base rate brings enough requests for the percentile to leave one out: n(1 − p) ≥ 1. */
export function windowSFor(p: number, baseRps: number): number {
  // One rounding error must not make 20 requests into 21.
  return Math.max(1, Math.ceil(100 / (100 - p) / baseRps - 1e-9));
}

/** One stage: base, peak, base again. */
export function spikeStages({ base, peak, before, during, after, within: written, arrivals, inFlight }: NonNullable<Load['spike']>, warmup: string, gates: readonly GatePlan[]): Stage[] {
  const within = withinOf(written, gates);
  const [beforeS, duringS, afterS] = [seconds(before), seconds(during), seconds(after)];
  return [{
    ...plain, name: `spike ${String(base)} to ${String(peak)}/s`, warmupS: seconds(warmup), durationS: beforeS + duringS + afterS,
    arrival: {
      kind: 'spike', baseRps: base, peakRps: peak, beforeS, duringS, afterS, process: arrivals, inFlight: inFlight ?? workersFor(2 * peak),
      within, windowS: windowSFor(within?.p ?? 95, base),
    },
  }];
}

/** One long stage of open or closed load. */
export function soakStages({ rate, users, arrivals, think, duration, inFlight }: NonNullable<Load['soak']>, warmup: string): Stage[] {
  const shared = { ...plain, warmupS: seconds(warmup), durationS: seconds(duration), soak: true };
  if (rate !== undefined) return [{ ...shared, name: `${String(rate)}/s`, arrival: { kind: 'open', rateRps: rate, process: arrivals, inFlight: inFlight ?? workersFor(2 * rate) } }];
  if (users === undefined) throw new RangeError('a checked soak has a rate or users');
  return [{ ...shared, name: `${String(users)} ${users === 1 ? 'user' : 'users'}`, arrival: { kind: 'closed', users, thinkMs: thinkMsOf(think) } }];
}

/** One stage for each speed. Throws dataset-unusable where the moments make no schedule that can be driven. */
export function replayStages({ file, speed, inFlight }: NonNullable<Load['replay']>, warmup: string, { momentsMs, sha256 }: ArrivalMoments): Stage[] {
  const name = basename(file);
  const warmupS = seconds(warmup);
  const requests = momentsMs.length;
  const spanMs = momentsMs[requests - 1] ?? 0;
  const speeds = [speed].flat();
  return speeds.map((factor, index) => {
    const stop = (sentence: string, hint: string): never => { throw new BenchError('dataset-unusable', `${name}: at speed ${String(factor)} its moments span ${formatDuration(spanMs / factor)}, ${sentence}.`, { hint }); };
    if (spanMs / factor > longestMs) stop('but a schedule is at most 24 h long', 'Raise load.replay.speed, cut the file, or say load.replay.unit where its numbers are milliseconds.');
    // The last moment lies inside the window.
    const lengthS = (Math.floor(spanMs / factor) + 1) / 1000;
    if (lengthS <= warmupS) stop(`and the warm-up alone takes ${formatDuration(warmupS * 1000)}`, 'Shorten load.warmup: the moments in it are sent, and not measured.');
    const repeat = speeds.slice(0, index).filter((earlier) => earlier === factor).length;
    const base = factor === 1 ? 'replay' : `replay x${String(factor)}`;
    return {
      ...plain, index, repeat, name: repeat === 0 ? base : `${base}, again ${String(repeat)}`, warmupS, durationS: lengthS - warmupS,
      arrival: { kind: 'replay', file: name, sha256, requests, speed: factor, rateRps: Number((requests / lengthS).toPrecision(4)), inFlight: inFlight ?? workersFor(busiest(momentsMs, 2000 * factor)) },
    };
  });
}

/** Most moments that any span of `spanMs` holds. */
function busiest(momentsMs: Float64Array, spanMs: number): number {
  let from = 0;
  let most = 0;
  for (let to = 0; to < momentsMs.length; to += 1) {
    while ((momentsMs[to] as number) - (momentsMs[from] as number) >= spanMs) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most;
}
