/**
 * What a search found, from its log: the end, the stages it rests on, and whether the limit is a cliff.
 *
 *   cliff ⟺ at the highest passing rate the gate's latency is at most half its limit, and at the lowest failing rate, not more than twice
 *           the resolution above it, at least twice the limit or beyond every bound
 *
 * So within one step of the rate the latency grew fourfold or more: no number between the two rates is a capacity, and only the interval is told.
 * Latencies by nearest rank over all requests, failures as +∞ (percentile.ts). Silent where no rate passed or none failed.
 */
import type { SearchAnalysis } from '../../model/analysis.js';
import type { RunRecord } from '../../model/record.js';
import type { SearchProbe } from '../../model/search.js';
import { steeringGates } from '../../model/steering.js';
import type { AnalysedStage } from '../analysed-stage.js';
import { percentileWithFailuresUs } from '../percentile.js';

/** Undefined where nothing was searched. */
export function analyseSearch(record: RunRecord, stages: readonly AnalysedStage[]): SearchAnalysis | undefined {
  const { search } = record;
  if (search === undefined) return undefined;
  const { probes, end } = search;
  return {
    end,
    judged: judgedStages(probes, end?.lowRps ?? null),
    cliff: findCliff(record, stages),
    sent: probes.reduce((sum, { sent }) => sum + sent, 0),
    tookS: probes.reduce((sum, { tookS }) => sum + tookS, 0),
  };
}

function judgedStages(probes: readonly SearchProbe[], lowRps: number | null): number[] {
  if (lowRps !== null) return probes.filter(({ rateRps, state }) => rateRps === lowRps && state === 'pass').map(({ stage }) => stage);
  const lowest = Math.min(...probes.map(({ rateRps }) => rateRps));
  const there = probes.filter(({ rateRps }) => rateRps === lowest);
  const failed = there.filter(({ state }) => state === 'fail');
  return (failed.length > 0 ? failed : there).map(({ stage }) => stage);
}

function findCliff({ plan, search }: RunRecord, stages: readonly AnalysedStage[]): SearchAnalysis['cliff'] {
  const { lowRps, highRps } = search?.end ?? { lowRps: null, highRps: null };
  const resolution = plan.load.search?.resolution ?? 0;
  if (lowRps === null || highRps === null || highRps / lowRps > 1 + 2 * resolution) return null;
  const at = (rateRps: number, state: SearchProbe['state']): AnalysedStage[] => {
    const indexes = new Set((search?.probes ?? []).filter((probe) => probe.rateRps === rateRps && probe.state === state).map(({ stage }) => stage));
    return stages.filter(({ result }) => indexes.has(result.stage.index));
  };
  for (const { gate, allowed, limitMs } of steeringGates(plan.gates)) {
    if (limitMs === null) continue;
    const lowMs = Math.max(...at(lowRps, 'pass').map((stage) => latencyMs(stage, 1 - allowed)));
    const highMs = Math.min(...at(highRps, 'fail').map((stage) => latencyMs(stage, 1 - allowed)));
    if (lowMs <= limitMs / 2 && lowMs > 0 && highMs >= 2 * limitMs) return { gate, limitMs, lowMs, highMs: Number.isFinite(highMs) ? highMs : null };
  }
  return null;
}

function latencyMs({ result, latency }: AnalysedStage, p: number): number {
  const quantile = percentileWithFailuresUs(latency, result.requests.failed + result.requests.censored, p);
  return quantile === null || quantile === 'infinite' ? Infinity : quantile / 1000;
}
