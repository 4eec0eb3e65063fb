import type { GateOperator } from './metric.js';

/** What is known of a value: between `low` and `high`; null = not bounded on that side. */
export interface Interval {
  low: number | null;
  high: number | null;
}

/**
 * Judges an interval, not a point: `pass` when every value in it satisfies the gate, `fail` when none does, else `inconclusive`.
 * A wider interval can therefore only turn a pass or a fail into inconclusive, never the other way round. A single-run point
 * gate is a coin flip near its limit.
 */
export function decide({ low, high }: Interval, operator: GateOperator, limit: number): 'pass' | 'fail' | 'inconclusive' {
  const least = low ?? -Infinity;
  const most = high ?? Infinity;
  const [all, none] = {
    '<': [most < limit, least >= limit],
    '<=': [most <= limit, least > limit],
    '>': [least > limit, most <= limit],
    '>=': [least >= limit, most < limit],
    '==': [least === limit && most === limit, least > limit || most < limit],
    '!=': [least > limit || most < limit, least === limit && most === limit],
  }[operator];
  if (all) return 'pass';
  return none ? 'fail' : 'inconclusive';
}
