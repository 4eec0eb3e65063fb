/** What a plan would do, in numbers: requests, seconds, bytes. */
import type { Plan } from '../model/plan.js';
import { longestWay } from '../model/search-step.js';
import type { Stage } from '../model/stage.js';
import { offlineBytes } from './describe-offline.js';

/** What cannot be known before the run, assumed. */
export interface Assumptions {
  /** Latency of one answer, ms. */
  latencyMs: number;
  /** Mean bytes of one request body. */
  bodyBytes: number;
  /** Pairs of the user's own, once they are read: in all and of each class. */
  own?: { count: number; byClass: Readonly<Record<string, number>> };
}

/** What a plan would do: of a job that it ends within `loadS`, and nothing of requests. Closed load sends as much as the server answers, so requests and bytes hold for the assumed latency only; open load sends what is asked. */
export interface PlanEstimate {
  scenario: string;
  planHash: string;
  stages: { index: number; name: string; warmupS: number; durationS: number; requests: number }[];
  /** A search chooses its stages: how many it takes at most where each decides at once, and the s of load after which it stops whatever it knows. `loadS` and `requests` are of that longest way. */
  search?: { probes: number; requestsPerProbe: number; budgetS: number };
  /** Load in all, s: warm-up and windows; the upper bound where a stage ends by a number of requests. */
  loadS: number;
  requests: number;
  pairs: number;
  /** MiB sent in request bodies. */
  sentMiB: number;
  assumed: Assumptions;
}

/** A typical address has 19 characters (docs/dataset.md), each 3 bytes in UTF-8. */
const addressBytes = 19 * 3;

/** The request's own words plus two typical addresses, for who has no pairs to weigh; 50 ms an answer. */
export function usualAssumptions(plan: Plan): Assumptions {
  return { latencyMs: 50, bodyBytes: plan.request.body.replace(/\{\{[ab]\}\}/g, '""').length + 2 * addressBytes };
}

/** Requests = users · seconds / (think + latency), the closed-load form of Little's law, or rate · seconds of open load, or size · releases of bursts; warm-up included. */
export function estimatePlan(plan: Plan, assumed: Assumptions = usualAssumptions(plan)): PlanEstimate {
  const stages = plan.load.stages.map((stage) => ({ index: stage.index, name: stage.name, warmupS: stage.warmupS, durationS: stage.durationS, requests: requestsOf(stage, assumed.latencyMs) }));
  const { search } = plan.load;
  const longest = search === undefined ? null : longestWay(search);
  const requests = longest === null ? stages.reduce((sum, stage) => sum + stage.requests, 0) : Math.round(longest.requests);
  return {
    scenario: plan.name,
    planHash: plan.hash,
    stages,
    ...(search === undefined || longest === null ? {} : { search: { probes: longest.probes, requestsPerProbe: search.requests, budgetS: search.budgetS } }),
    // Parts of a mix go on at the same time.
    loadS: longest !== null ? longest.loadS : plan.load.stages[0]?.mixed === true ? Math.max(...stages.map((stage) => stage.warmupS + stage.durationS)) : stages.reduce((sum, stage) => sum + stage.warmupS + stage.durationS, 0),
    requests,
    pairs: plan.load.job !== undefined || plan.load.conformance !== undefined ? 0 : assumed.own?.count ?? Object.values(plan.dataset.mix).reduce((sum, count) => sum + count, 0),
    sentMiB: (search === undefined ? plan.load.stages.reduce((sum, stage) => sum + bytesOf(stage, plan, assumed), 0) : requests * assumed.bodyBytes) / 2 ** 20,
    assumed,
  };
}

function requestsOf(stage: Stage, latencyMs: number): number {
  const { arrival } = stage;
  if (arrival.kind === 'offline') return arrival.requests;
  if (arrival.kind === 'spike') return Math.round(arrival.baseRps * (stage.warmupS + arrival.beforeS + arrival.afterS) + arrival.peakRps * arrival.duringS);
  if (arrival.kind === 'replay') return arrival.requests;
  if (arrival.kind === 'job') return 0;
  if (arrival.kind === 'open') return Math.round(arrival.rateRps * (stage.warmupS + stage.durationS));
  if (arrival.kind === 'burst') return arrival.requests * (arrival.repeats + (stage.warmupS > 0 ? 1 : 0));
  const { users, thinkMs: [least, most] } = arrival;
  const rateRps = (users * 1000) / (latencyMs + (least + most) / 2);
  return Math.round(rateRps * stage.warmupS + Math.min(rateRps * stage.durationS, stage.minRequests ?? Infinity));
}

function bytesOf(stage: Stage, { request }: Plan, { latencyMs, bodyBytes }: Assumptions): number {
  return stage.arrival.kind === 'offline' ? offlineBytes(stage.arrival, request, bodyBytes) : requestsOf(stage, latencyMs) * bodyBytes;
}
