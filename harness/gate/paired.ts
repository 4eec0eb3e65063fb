import type { PairedChange, PairedCheck } from '../model/comparison.js';
import { decide, decideChange } from '../model/decide.js';
import { metrics } from '../model/metric.js';

/**
 * A gate on a baseline, judged over pairs of runs. Answers that changed sides are counted, so one pair is enough; everything else needs two. `sameTraffic`: whether
 * the arms were sent like texts; where not, nothing is said of their speed.
 */
export function judgePaired(change: PairedChange, arm: string, sameTraffic: boolean): PairedCheck {
  const say = (status: PairedCheck['status'], why: PairedCheck['why']): PairedCheck => ({ ...change, arm, status, why });
  const { value, low, high, pairs, beyond, operator } = change;
  const counted = change.metric === 'answers' && change.of === 'difference' && change.first === null;
  if (value === null) {
    if (beyond > 0) return say(operator === '<' || operator === '<=' ? 'fail' : 'inconclusive', 'failures');
    return metrics[change.metric]?.scope === 'run' ? say('skipped', 'not-measured') : say('inconclusive', 'no-pair');
  }
  if (counted) return decide({ low: value, high: value }, operator, change.allowed) === 'pass' ? say('pass', 'allowed') : say('fail', 'beyond');
  // Most of the pairs decide; a few with too many failures leave it open.
  if (beyond > 0 && (operator === '<' || operator === '<=')) return say(beyond > pairs ? 'fail' : 'inconclusive', 'failures');
  if (!sameTraffic) return say('inconclusive', 'traffic');
  if (low === null || high === null) return say('inconclusive', 'one-pair');
  const status = decideChange({ ...change, value, low, high }, operator);
  return say(status, status === 'pass' ? 'allowed' : status === 'fail' ? 'beyond' : 'reaches-over');
}

/** Whether more pairs can change nothing: a gate failed, or none is open. */
export function isSettled(checks: readonly PairedCheck[]): boolean {
  const deciding = checks.filter(({ level }) => level === 'error');
  return deciding.some(({ status }) => status === 'fail') || deciding.every(({ status }) => status !== 'inconclusive');
}
