/**
 * The metrics of one stage that a gate can ask for: latency, errors, rps, recovery, cpu; drift and leak: measure-drift.ts; pairs: measure-offline.ts. Rules and
 * refusals: measure.ts.
 *
 * A percentile is judged by the early-stopping rule (model/early-stopping.ts), like a probe of a search: pass or fail is said at 99 %,
 * else how many requests would decide. The rule is the same as asking on which side of the limit an interval lies whose ends are
 * order statistics, each at 99 %: at most t of n values reach the limit ⟺ the u-th smallest, u = Q_B(0.99) + 1, lies below it.
 */
import type { Estimate, Finding } from '../model/analysis.js';
import { countBelow, valueAtRank, type Histogram } from '../model/histogram.js';
import { requestsToDecide, stoppingConfidence } from '../model/early-stopping.js';
import type { GatePlan } from '../model/metric.js';
import type { StageResult } from '../model/record.js';
import type { AnalysedStage } from './analysed-stage.js';
import { driftShare, leakPerHour } from './measure-drift.js';
import { intervalRanks, meanEstimate, observed } from './interval.js';
import { measureJob } from './measure-job.js';
import { measureOffline } from './measure-offline.js';
import { percentileUs, percentileWithFailuresUs } from './percentile.js';
import { throughput } from './throughput.js';

/** One measured value; what is not said is the ordinary: finite, enough data, as valid as its stage. */
export interface Reading {
  value: Finding<Estimate>;
  infinite?: boolean;
  needed?: number;
  unseen?: number;
  valid?: boolean;
}

/** A gate of stage scope, measured in one stage. */
export function measureStage(stage: AnalysedStage, gate: GatePlan, confidence: number): Reading {
  const { result, analysis } = stage;
  const name = gate.aggregation.kind === 'named' ? gate.aggregation.name : '';
  if (gate.metric === 'job' || gate.metric === 'metric') return { value: analysis.job === undefined ? { kind: 'absent', why: 'no-stage' } : measureJob(result, analysis.job, gate, confidence) };
  if (gate.metric === 'pairs') return { value: measureOffline(stage, gate, confidence) };
  if (gate.metric === 'latency') return latencyReading(stage, gate, confidence);
  if (gate.metric === 'errors' && name === 'rate') return { value: analysis.errorRate };
  if (gate.metric === 'errors' && name === 'count') return started(result, observed(result.requests.failed, result.requests.started, confidence));
  if (gate.metric === 'rps') return started(result, throughput(result, confidence));
  if (gate.metric === 'recovery') return { value: recoveryMs(analysis.outage ?? analysis.recovery) };
  if (gate.metric === 'drift') return { value: driftShare(stage, gate) };
  if (gate.metric === 'leak') return { value: leakPerHour(stage, gate) };
  if (gate.metric === 'cpu') {
    const cores = analysis.job === undefined ? analysis.cpu.server : analysis.job.cores;
    return { value: cores === null ? { kind: 'absent', why: 'not-measured' } : { kind: 'found', value: observed(cores, 1, confidence) } };
  }
  return { value: { kind: 'absent', why: 'not-measured' } };
}

/** Seconds to ms, the unit of gates; a spike or a drill that was not recovered from bounds the time from below alone. */
function recoveryMs(recovery: Finding<{ time: Estimate }> | null): Finding<Estimate> {
  if (recovery === null || recovery.kind === 'absent') return recovery ?? { kind: 'absent', why: 'no-spike' };
  const { value, low, high, ...rest } = recovery.value.time;
  return { kind: 'found', value: { ...rest, value: value * 1000, low: low === null ? null : low * 1000, high: high === null ? null : high * 1000 } };
}

function started(result: StageResult, value: Estimate): Reading {
  return { value: result.requests.started === 0 ? { kind: 'absent', why: 'no-answer' } : { kind: 'found', value } };
}

function latencyReading({ result, latency }: AnalysedStage, gate: GatePlan, confidence: number): Reading {
  const beyond = result.requests.failed + result.requests.censored;
  if (gate.aggregation.kind === 'percentile') return percentileReading(latency, beyond, gate.aggregation.p / 100, gate, confidence);
  const what = gate.aggregation.name;
  if (what === 'med') return percentileReading(latency, beyond, 0.5, gate, confidence);
  const largest = percentileUs(latency, 1);
  const smallest = percentileUs(latency, 0);
  if (largest === null || smallest === null) return { value: { kind: 'absent', why: 'no-answer' }, infinite: what === 'max' && beyond > 0 };
  if (what === 'avg') return { value: { kind: 'found', value: meanLatency(latency, confidence) } };
  if (what === 'min') return { value: { kind: 'found', value: observed(smallest / 1000, latency.n, confidence) } };
  if (beyond === 0) return { value: { kind: 'found', value: observed(largest / 1000, latency.n, confidence) } };
  return { value: { kind: 'found', value: { ...observed(largest / 1000, latency.n + beyond, confidence), high: null } }, infinite: true };
}

/**
 * The p-quantile with `beyond` values of +∞ and the interval of the early-stopping rule; bounds that fall among the infinite, or beyond
 * the sample, are null. Where the gate stays undecided, `needed` is the number of requests that would decide were the share as seen.
 */
function percentileReading(latency: Histogram, beyond: number, p: number, gate: GatePlan, asked: number): Reading {
  const n = latency.n + beyond;
  const quantile = percentileWithFailuresUs(latency, beyond, p);
  const largest = percentileUs(latency, 1);
  if (quantile === null || largest === null) return { value: { kind: 'absent', why: 'no-answer' }, infinite: beyond > 0 };
  // A policy may ask for more than 99 % at either end, never for less.
  const oneSided = Math.max(stoppingConfidence, (1 + asked) / 2);
  const confidence = 2 * oneSided - 1;
  const ranks = intervalRanks(n, p, confidence);
  const infinite = quantile === 'infinite';
  const bound = (rank: number | null): number | null => (rank === null || rank > latency.n ? null : valueAtRank(latency, rank) / 1000);
  // A lower rank among the infinite still says that the quantile is no smaller than every finite latency.
  const low = ranks.low !== null && ranks.low > latency.n ? largest / 1000 : bound(ranks.low);
  const reached = gate.limit === null ? null : n - countBelow(latency, gate.limit * 1000, gate.operator === '<=' || gate.operator === '>');
  const needed = reached !== null && p > 0 && p < 1 ? requestsToDecide(reached, n, Number((1 - p).toPrecision(12)), oneSided) : null;
  return {
    value: { kind: 'found', value: { value: (infinite ? largest : quantile) / 1000, low, high: bound(ranks.high), confidence, method: 'early-stopping', n } },
    infinite,
    ...(needed !== null && needed > n ? { needed } : {}),
  };
}

function meanLatency(latency: Histogram, confidence: number): Estimate {
  const mean = latency.sumUs / latency.n / 1000;
  let squares = 0;
  for (let i = 0; i < latency.values.length; i += 1) squares += ((latency.values[i] ?? 0) / 1000 - mean) ** 2 * (latency.counts[i] ?? 0);
  return meanEstimate(mean, squares / Math.max(1, latency.n - 1), latency.n, confidence, 'student');
}
