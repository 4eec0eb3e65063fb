import assert from 'node:assert/strict';
import { test } from 'node:test';
import { armLimits, armsBeyondLimits } from '../../harness/model/arm-limits.js';
import type { ComparisonRecord, RoundCheck } from '../../harness/model/comparison.js';

const check = (status: RoundCheck['status'], actual: number | null, more: Partial<RoundCheck> = {}): RoundCheck => ({ gate: 'rss max<83MiB', stage: null, metric: 'rss', actual, limit: 83, unit: 'MiB', level: 'error', status, reason: { code: status, params: {} }, ...more });
const round = (arm: string, verdict: string, checks?: RoundCheck[]): ComparisonRecord['rounds'][number] => ({ arm, pair: 0, run: '', folder: '', outcome: 'completed', verdict, why: null, ...(checks === undefined ? {} : { checks }) });
const of = (rounds: ComparisonRecord['rounds']) => ({ arms: [{ name: 'a', settings: {} }, { name: 'b', settings: {} }], rounds });

test('an arm is beyond its limits when more than half of its runs failed, not when half of them did', () => {
  assert.deepEqual(armsBeyondLimits(of([round('a', 'pass'), round('a', 'fail'), round('b', 'fail'), round('b', 'pass'), round('b', 'fail')])), ['b']);
  assert.deepEqual(armsBeyondLimits(of([])), []);
});

test('each gate of each arm: the mean of what was measured, and in how many runs it failed', () => {
  const [a, b, ...more] = armLimits(of([round('a', 'pass', [check('pass', 80)]), round('a', 'fail', [check('fail', 84)]), round('b', 'fail', [check('fail', 90)]), round('b', 'fail', [check('fail', 92)])]));
  assert.deepEqual([a?.arm, a?.actual, a?.failed, a?.runs, a?.status], ['a', 82, 1, 2, 'pass']);
  assert.deepEqual([b?.arm, b?.actual, b?.failed, b?.runs, b?.status, more.length], ['b', 91, 2, 2, 'fail', 0]);
});

test('what is listed only where it failed counts over all runs; stages are apart; older files tell nothing', () => {
  const wrong = check('fail', 3, { gate: 'answers wrong==0' });
  const limits = armLimits(of([round('a', 'fail', [wrong]), round('a', 'pass', []), round('a', 'pass', []), round('b', 'pass', [check('pass', 1, { stage: 'x' }), check('pass', 2, { stage: 'y' })])]));
  assert.deepEqual(limits.map(({ arm, stage, failed, runs }) => [arm, stage, failed, runs]), [['a', null, 1, 3], ['b', 'x', 0, 1], ['b', 'y', 0, 1]]);
  assert.equal(limits[0]?.status, 'pass');
  assert.deepEqual(armLimits(of([round('a', 'fail')])), []);
});
