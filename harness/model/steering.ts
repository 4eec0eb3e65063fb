import { requestsToPass } from './early-stopping.js';
import type { GatePlan } from './metric.js';

/** A gate as a share that may be bad: what a search can decide by counting. */
export interface Steering {
  gate: string;
  /** Share of the requests that may be bad, 0..1, excluded. */
  allowed: number;
  /** Bad is what took longer, ms (`orEqual`: that long or longer), failed or never ended; null: what failed. */
  limitMs: number | null;
  orEqual: boolean;
}

/**
 * The gates that steer a search: percentiles of the latency and the share of errors, bounded from above by a number, for every stage, and not
 * of level `warn`. Means, extremes and counts are no shares: they are judged at the found rate and steer nothing.
 */
export function steeringGates(gates: readonly GatePlan[]): Steering[] {
  return gates.flatMap((gate): Steering[] => {
    const { aggregation, operator, limit, metric } = gate;
    if (gate.level !== 'error' || Object.keys(gate.selector).length > 0 || (operator !== '<' && operator !== '<=') || limit === null) return [];
    const base = { gate: gate.id, orEqual: operator === '<' };
    if (metric === 'errors' && aggregation.kind === 'named' && aggregation.name === 'rate' && limit > 0 && limit < 1) return [{ ...base, allowed: limit, limitMs: null }];
    if (metric !== 'latency') return [];
    if (aggregation.kind === 'percentile') return [{ ...base, allowed: Number(((100 - aggregation.p) / 100).toPrecision(12)), limitMs: limit }];
    return aggregation.name === 'med' ? [{ ...base, allowed: 0.5, limitMs: limit }] : [];
  });
}

/** Slow requests of a probe among which a latency gate may still pass. */
const slowBorne = 10;

/** The fewest requests a probe needs: a latency gate still passes with ten slow ones, a gate on errors with no failure. */
export function requestsForGates(steering: readonly Steering[]): number {
  return Math.max(1, ...steering.map(({ allowed, limitMs }) => requestsToPass(limitMs === null ? 0 : slowBorne, allowed)));
}
