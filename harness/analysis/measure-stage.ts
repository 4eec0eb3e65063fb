/** The metrics of one stage that a gate can ask for: latency, errors, rps, recovery, cpu; drift and leak: measure-drift.ts. Rules and refusals: measure.ts. */
import type { Estimate, Finding } from '../model/analysis.js';
import { valueAtRank, type Histogram } from '../model/histogram.js';
import type { GatePlan } from '../model/metric.js';
import type { StageResult } from '../model/record.js';
import type { AnalysedStage } from './analysed-stage.js';
import { driftShare, leakPerHour } from './measure-drift.js';
import { intervalRanks, meanEstimate, observed, valuesNeeded } from './interval.js';
import { percentileUs, percentileWithFailuresUs } from './percentile.js';
import { throughput } from './throughput.js';

/** One measured value; what is not said is the ordinary: finite, enough data, as valid as its stage. */
export interface Reading {
  value: Finding<Estimate>;
  infinite?: boolean;
  needed?: number;
  valid?: boolean;
}

/** A gate of stage scope, measured in one stage. */
export function measureStage(stage: AnalysedStage, gate: GatePlan, confidence: number): Reading {
  const { result, analysis } = stage;
  const name = gate.aggregation.kind === 'named' ? gate.aggregation.name : '';
  if (gate.metric === 'latency') return latencyReading(stage, gate.aggregation.kind === 'percentile' ? gate.aggregation.p / 100 : name, confidence);
  if (gate.metric === 'errors' && name === 'rate') return { value: analysis.errorRate };
  if (gate.metric === 'errors' && name === 'count') return started(result, observed(result.requests.failed, result.requests.started, confidence));
  if (gate.metric === 'rps') return started(result, throughput(result, confidence));
  if (gate.metric === 'recovery') return { value: recoveryMs(analysis.recovery) };
  if (gate.metric === 'drift') return { value: driftShare(stage, gate) };
  if (gate.metric === 'leak') return { value: leakPerHour(stage, gate) };
  if (gate.metric === 'cpu') {
    const cores = analysis.cpu.server;
    return { value: cores === null ? { kind: 'absent', why: 'not-measured' } : { kind: 'found', value: observed(cores, 1, confidence) } };
  }
  return { value: { kind: 'absent', why: 'not-measured' } };
}

/** Seconds to ms, the unit of gates; a spike that was not recovered from bounds the time from below alone. */
function recoveryMs(recovery: AnalysedStage['analysis']['recovery']): Finding<Estimate> {
  if (recovery === null || recovery.kind === 'absent') return recovery ?? { kind: 'absent', why: 'no-spike' };
  const { value, low, high, ...rest } = recovery.value.time;
  return { kind: 'found', value: { ...rest, value: value * 1000, low: low === null ? null : low * 1000, high: high === null ? null : high * 1000 } };
}

function started(result: StageResult, value: Estimate): Reading {
  return { value: result.requests.started === 0 ? { kind: 'absent', why: 'no-answer' } : { kind: 'found', value } };
}

function latencyReading({ result, latency }: AnalysedStage, what: number | string, confidence: number): Reading {
  const beyond = result.requests.failed + result.requests.censored;
  if (what === 'med') return percentileReading(latency, beyond, 0.5, confidence);
  if (typeof what === 'number') return percentileReading(latency, beyond, what, confidence);
  const largest = percentileUs(latency, 1);
  const smallest = percentileUs(latency, 0);
  if (largest === null || smallest === null) return { value: { kind: 'absent', why: 'no-answer' }, infinite: what === 'max' && beyond > 0 };
  if (what === 'avg') return { value: { kind: 'found', value: meanLatency(latency, confidence) } };
  if (what === 'min') return { value: { kind: 'found', value: observed(smallest / 1000, latency.n, confidence) } };
  if (beyond === 0) return { value: { kind: 'found', value: observed(largest / 1000, latency.n, confidence) } };
  return { value: { kind: 'found', value: { ...observed(largest / 1000, latency.n + beyond, confidence), high: null } }, infinite: true };
}

/** The p-quantile with `beyond` values of +∞ and its interval; bounds that fall among the infinite, or beyond the sample, are null. */
function percentileReading(latency: Histogram, beyond: number, p: number, confidence: number): Reading {
  const n = latency.n + beyond;
  const quantile = percentileWithFailuresUs(latency, beyond, p);
  const largest = percentileUs(latency, 1);
  if (quantile === null || largest === null) return { value: { kind: 'absent', why: 'no-answer' }, infinite: beyond > 0 };
  const ranks = intervalRanks(n, p, confidence);
  const infinite = quantile === 'infinite';
  const bound = (rank: number | null): number | null => (rank === null || rank > latency.n ? null : valueAtRank(latency, rank) / 1000);
  // A lower rank among the infinite still says that the quantile is no smaller than every finite latency.
  const low = ranks.low !== null && ranks.low > latency.n ? largest / 1000 : bound(ranks.low);
  const needed = valuesNeeded(p, confidence);
  return {
    value: { kind: 'found', value: { value: (infinite ? largest : quantile) / 1000, low, high: bound(ranks.high), confidence, method: 'order-statistics', n } },
    infinite,
    ...(n < needed ? { needed } : {}),
  };
}

function meanLatency(latency: Histogram, confidence: number): Estimate {
  const mean = latency.sumUs / latency.n / 1000;
  let squares = 0;
  for (let i = 0; i < latency.values.length; i += 1) squares += ((latency.values[i] ?? 0) / 1000 - mean) ** 2 * (latency.counts[i] ?? 0);
  return meanEstimate(mean, squares / Math.max(1, latency.n - 1), latency.n, confidence, 'student');
}
