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

/** A change against a baseline: its value and interval, the change when both are the same, and the one that is still allowed. */
export interface JudgedChange extends Interval {
  value: number;
  none: number;
  allowed: number;
}

/**
 * Judges a change: `pass` when every value in the interval is allowed; `fail` when the value itself is not, and the interval excludes
 * that nothing changed for the worse (or no value in it is allowed); else `inconclusive`. So noise alone seldom fails a gate, and a change that
 * is real, but smaller than what is allowed, never does.
 */
export function decideChange({ value, low, high, none, allowed }: JudgedChange, operator: GateOperator): 'pass' | 'fail' | 'inconclusive' {
  const outright = decide({ low, high }, operator, allowed);
  if (outright !== 'inconclusive' || decide({ low: value, high: value }, operator, allowed) !== 'fail') return outright;
  if (operator === '<' || operator === '<=') return low !== null && low > none ? 'fail' : 'inconclusive';
  if (operator === '>' || operator === '>=') return high !== null && high < none ? 'fail' : 'inconclusive';
  return 'inconclusive';
}
