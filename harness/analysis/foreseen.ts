/**
 * Gates that the planned requests cannot pass, whatever the server does: known before the run where a schedule, or a number of requests, says how many there will be.
 *
 *   latency percentile p     n ≥ requestsToPass(0, 1 − p): the early-stopping rule with not one request beyond the limit (model/early-stopping.ts; measure-stage.ts)
 *   errors rate < r          n > z²(1/r − 1): the upper end of Wilson's interval of 0 failures in n, z²/(n + z²), is r there (Wilson 1927)
 *
 * A Poisson schedule counts with its mean. Such a gate may still fail; it can never pass, so a run of it ends undecided at best.
 * Refuses nothing: stages whose number of requests is the server's to say are left out, and so are gates that only warn.
 */
import { requestsToPass, stoppingConfidence } from '../model/early-stopping.js';
import { picksStage } from '../model/gate-stage.js';
import type { GatePlan } from '../model/metric.js';
import type { Plan } from '../model/plan.js';
import type { Stage } from '../model/stage.js';
import { normalQuantile } from './distribution.js';

export interface TooFew {
  gate: string;
  stage: string;
  /** Planned in the window, on average. */
  requests: number;
  needed: number;
  /** At which the gate can be decided, 0..1. */
  confidence: number;
  /** The setting that would be enough, such as `load.open.duration: 46s`; null where it is a file's to say. */
  enough: string | null;
}

/** In the order of gates, then of stages; of a gate the stage that lacks most. */
export function foreseeTooFew({ gates, load, policy }: Pick<Plan, 'gates' | 'load' | 'policy'>): TooFew[] {
  return gates.filter(({ level }) => level === 'error').flatMap((gate): TooFew[] => {
    const need = neededBy(gate, policy.confidence);
    if (need === null) return [];
    const lacking = load.stages.filter((stage) => picksStage(gate, stage)).flatMap((stage): TooFew[] => {
      const planned = plannedRequests(stage);
      return planned === null || planned >= need.needed ? [] : [{ gate: gate.id, stage: stage.name, requests: Math.round(planned), ...need, enough: enoughFor(stage, need.needed) }];
    });
    return lacking.toSorted((x, y) => x.requests - y.requests).slice(0, 1);
  });
}

function neededBy({ metric, aggregation, operator, limit }: GatePlan, asked: number): Pick<TooFew, 'needed' | 'confidence'> | null {
  if ((operator !== '<' && operator !== '<=') || limit === null) return null;
  if (metric === 'latency' && (aggregation.kind === 'percentile' || aggregation.name === 'med')) {
    const confidence = Math.max(stoppingConfidence, (1 + asked) / 2);
    const p = aggregation.kind === 'percentile' ? aggregation.p / 100 : 0.5;
    return p > 0 && p < 1 ? { needed: requestsToPass(0, Number((1 - p).toPrecision(12)), confidence), confidence } : null;
  }
  if (metric !== 'errors' || aggregation.kind !== 'named' || aggregation.name !== 'rate' || limit === null || limit <= 0 || limit >= 1) return null;
  const z = normalQuantile(1 - (1 - asked) / 2);
  const least = z * z * (1 / limit - 1);
  return { needed: operator === '<' ? Math.floor(least) + 1 : Math.ceil(least), confidence: asked };
}

/** Null where the server's speed decides. */
function plannedRequests({ arrival, durationS, minRequests }: Stage): number | null {
  switch (arrival.kind) {
    case 'closed': return minRequests;
    case 'job': return null;
    case 'open': return arrival.rateRps * durationS;
    case 'spike': return arrival.baseRps * (arrival.beforeS + arrival.afterS) + arrival.peakRps * arrival.duringS;
    case 'burst': return arrival.requests * arrival.repeats;
    case 'replay': return arrival.rateRps * durationS;
    case 'offline': return arrival.requests;
  }
}

function enoughFor({ arrival, soak, mixed, name }: Stage, needed: number): string | null {
  const at = mixed === true ? `load.mix.${name}` : 'load';
  switch (arrival.kind) {
    case 'closed': return `load.closed.requests: ${String(needed)}`;
    case 'open': return `${at}.${soak === true ? 'soak' : 'open'}.duration: ${String(Math.ceil(needed / arrival.rateRps))}s`;
    case 'spike': return `load.spike.after: ${String(Math.ceil((needed - arrival.peakRps * arrival.duringS) / arrival.baseRps - arrival.beforeS))}s`;
    case 'burst': return `load.burst.repeats: ${String(Math.ceil(needed / arrival.requests))}`;
    case 'offline': return `${at}.offline.pairs: ${String(needed * arrival.batch)}`;
    case 'replay': case 'job': return null;
  }
}
