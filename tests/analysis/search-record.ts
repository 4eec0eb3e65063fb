import { requestsForGates, steeringGates } from '../../harness/model/steering.js';
import type { GatePlan } from '../../harness/model/metric.js';
import type { RunRecord } from '../../harness/model/record.js';
import type { SearchEnd, SearchPlan, SearchProbe } from '../../harness/model/search.js';
import { openStage, type OpenShape } from './open-stage.js';
import { percentileGate, type RecordShape } from './record-builder.js';

export const slo: GatePlan = percentileGate('latency', 95, '<', 100);

/** A search from 20 to 2000 requests a second; two percent, one confirmation, unless the test says otherwise. */
export function searchPlanOf(part: Partial<SearchPlan> = {}): SearchPlan {
  return { fromRps: 20, toRps: 2000, resolution: 0.02, process: 'poisson', inFlight: null, warmupS: 1, durationS: 10, requests: requestsForGates(steeringGates([slo])), confirm: 1, budgetS: 3600, ...part };
}

/** A probe of a log. */
export function probeOf(rateRps: number, state: SearchProbe['state'], part: Partial<SearchProbe> = {}): SearchProbe {
  return { stage: 0, rateRps, purpose: 'bisect', state, reason: { code: state === 'pass' ? 'within' : state === 'fail' ? 'beyond' : 'too-few', params: {} }, due: 1000, sent: 1100, durationS: 10, tookS: 12, needed: null, ...part };
}

/** A record whose stages are the probes of a search, each with its latency: its log and its end are given. */
export function searchRecord(probes: readonly (OpenShape & { state: SearchProbe['state']; purpose: SearchProbe['purpose'] })[], end: SearchEnd | null, part: { plan?: Partial<SearchPlan>; gates?: readonly GatePlan[]; change?: RecordShape['change'] } = {}): RecordShape {
  const gates = part.gates ?? [slo];
  const names = probes.map(({ rateRps }, i) => {
    const repeat = probes.slice(0, i).filter((earlier) => earlier.rateRps === rateRps).length;
    return `${String(rateRps)}/s${repeat === 0 ? '' : `, again ${String(repeat)}`}`;
  });
  const log = probes.map(({ rateRps, state, purpose, latencyMs = 20, durationS = 12 }, stage): SearchProbe => {
    const n = rateRps * durationS;
    return {
      ...probeOf(rateRps, state, { stage, purpose, due: n, sent: n, durationS, tookS: durationS + 2 }),
      reason: { code: state === 'pass' ? 'within' : state === 'fail' ? 'beyond' : 'too-few', params: { gate: slo.id, bad: state === 'undecided' ? Math.round(n / 20) : latencyMs > (slo.limit ?? NaN) ? n : 0, n, allowed: 0.05 } },
    };
  });
  return {
    stages: probes.map((probe, i) => ({ ...openStage(probe), name: names[i] })), gates,
    change: (record) => {
      const plan: RunRecord['plan'] = { ...record.plan, load: { ...record.plan.load, stages: [], search: searchPlanOf(part.plan) } };
      const search = { probes: log, end };
      return { plan, search, ...part.change?.({ ...record, plan, search }) };
    },
  };
}

/** Found between 100 and 104 requests a second, at these latencies. */
export function searched({ lowMs, highMs }: { lowMs: number; highMs: number }): RecordShape {
  return searchRecord([
    { rateRps: 100, latencyMs: lowMs, state: 'pass', purpose: 'bracket' }, { rateRps: 104, latencyMs: highMs, state: 'fail', purpose: 'bisect' },
    { rateRps: 100, latencyMs: lowMs, state: 'pass', purpose: 'confirm' },
  ], { kind: 'found', lowRps: 100, highRps: 104, confirmed: 1, neededS: null }, { plan: { resolution: 0.05 } });
}
