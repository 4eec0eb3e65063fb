import assert from 'node:assert/strict';
import { test } from 'node:test';
import { longestWay, nextProbe, windowS } from '../../harness/model/search-step.js';
import type { SearchEnd, SearchPlan, SearchProbe } from '../../harness/model/search.js';
import { probeOf, searchPlanOf } from '../analysis/search-record.js';

type Answer = (rateRps: number, nth: number, purpose: SearchProbe['purpose']) => Partial<SearchProbe> & Pick<SearchProbe, 'state'>;

/** Plays a search against a server that answers by rate, and by how often it was asked there. */
function play(plan: SearchPlan, answer: Answer): { log: SearchProbe[]; end: SearchEnd } {
  const log: SearchProbe[] = [];
  for (;;) {
    const step = nextProbe(plan, log);
    if (step.kind === 'end') return { log, end: step.end };
    assert.ok(log.length < 200, 'a search ends');
    const { rateRps, purpose, durationS } = step.probe;
    const { state, ...part } = answer(rateRps, log.filter((probe) => probe.rateRps === rateRps).length, purpose);
    log.push(probeOf(rateRps, state, { stage: log.length, purpose, durationS, due: Math.round(rateRps * durationS), tookS: durationS + 1, ...part }));
  }
}

const upTo = (capacity: number): Answer => (rate) => ({ state: rate <= capacity ? 'pass' : 'fail' });
const told = (log: readonly SearchProbe[]): string[] => log.map(({ rateRps, purpose, state }) => `${purpose} ${String(rateRps)} ${state}`);

test('doubles until a rate fails, halves the gap, confirms', () => {
  const { log, end } = play(searchPlanOf({ resolution: 0.1, confirm: 2 }), upTo(300));
  assert.deepEqual(told(log), [
    'bracket 20 pass', 'bracket 40 pass', 'bracket 80 pass', 'bracket 160 pass', 'bracket 320 fail',
    'bisect 226 pass', 'bisect 269 pass', 'bisect 293 pass', 'confirm 293 pass', 'confirm 293 pass',
  ]);
  assert.deepEqual(end, { kind: 'found', lowRps: 293, highRps: 320, confirmed: 2, neededS: null });
});

test('every capacity of the range is found, within the resolution, with no more probes than were said', () => {
  const plan = searchPlanOf({ resolution: 0.02, confirm: 3 });
  const most = longestWay(plan);
  let longest = 0;
  for (let capacity = 20; capacity < 2000; capacity *= 1.037) {
    const { log, end } = play(plan, upTo(capacity));
    assert.equal(end.kind, 'found', String(capacity));
    assert.ok((end.lowRps ?? 0) <= capacity && capacity < (end.highRps ?? 0) && (end.highRps ?? 0) / (end.lowRps ?? 1) <= 1.02 + 1e-9, `${String(capacity)}: ${JSON.stringify(end)}`);
    longest = Math.max(longest, log.length);
  }
  assert.ok(longest <= most.probes && longest >= most.probes - 1, `${String(longest)} of ${String(most.probes)}`);
});

test('the lowest rate fails, the highest passes', () => {
  const low = play(searchPlanOf(), upTo(10));
  assert.deepEqual([told(low.log), low.end.kind, low.end.lowRps, low.end.highRps], [['bracket 20 fail'], 'lowest-fails', null, 20]);
  const high = play(searchPlanOf({ toRps: 100 }), upTo(5000));
  assert.deepEqual(told(high.log), ['bracket 20 pass', 'bracket 40 pass', 'bracket 80 pass', 'bracket 100 pass', 'confirm 100 pass']);
  assert.deepEqual([high.end.kind, high.end.lowRps, high.end.highRps], ['highest-passes', 100, null]);
});

test('an undecided probe is asked once more, for as long as would decide, at most four times', () => {
  const lengths = (needed: number | null, code: 'too-few' | 'invalid' = 'too-few'): number[] =>
    play(searchPlanOf(), (_, nth) => (nth === 0 ? { state: 'undecided', needed, reason: { code, params: {} } } : { state: 'fail' })).log.map(({ durationS }) => durationS);
  const first = windowS(searchPlanOf(), 20);
  const due = Math.round(20 * first);
  assert.deepEqual(lengths(2 * due), [first, 2 * first]);
  assert.deepEqual(lengths(50 * due), [first, 4 * first]);
  assert.deepEqual(lengths(null), [first, 4 * first]);
  assert.deepEqual(lengths(null, 'invalid'), [first, first], 'more of a broken measurement mends nothing');
});

test('what stays undecided is between the two ends of the interval, never a pass', () => {
  const { log, end } = play(searchPlanOf(), (rate) => ({ state: rate < 400 ? 'pass' : rate > 440 ? 'fail' : 'undecided' }));
  assert.equal(end.kind, 'found');
  assert.ok((end.lowRps ?? 0) < 400 && (end.lowRps ?? 0) > 392, JSON.stringify(end));
  assert.ok((end.highRps ?? 0) > 440 && (end.highRps ?? 0) < 450, JSON.stringify(end));
  assert.ok(log.some(({ state }) => state === 'undecided'));
});

test('nothing is decided: not even the lowest rate; a generator that gives up leaves the upper end open', () => {
  const never = play(searchPlanOf(), () => ({ state: 'undecided' }));
  assert.deepEqual([never.log.length, never.end.kind], [2, 'lowest-undecided']);
  const late = play(searchPlanOf(), (rate) => (rate <= 300 ? { state: 'pass' } : { state: 'undecided', reason: { code: 'invalid', params: { why: 'lag' } } }));
  assert.deepEqual([late.end.kind, late.end.highRps, late.end.confirmed], ['machine', null, 1]);
  assert.ok((late.end.lowRps ?? 0) > 294);
  const odd = play(searchPlanOf(), (rate) => (rate <= 300 ? { state: 'pass' } : { state: 'undecided', reason: { code: 'invalid', params: { why: 'server-failed' } } }));
  assert.deepEqual([odd.end.kind, odd.end.highRps], ['unbounded', null], 'not for every invalid probe is the machine to blame');
});

test('rates that this machine cannot drive: the search ends with a lower bound, and does not look above them', () => {
  const late = (from: number, to: number): Answer => (rate) => (rate > from && rate < to ? { state: 'undecided', reason: { code: 'invalid', params: { why: 'lag' } } } : { state: rate <= from ? 'pass' : 'fail' });
  const { log, end } = play(searchPlanOf({ resolution: 0.05, confirm: 3 }), late(703, 1200));
  assert.deepEqual([end.kind, end.highRps, end.confirmed], ['machine', 1280, 3]);
  assert.ok((end.lowRps ?? 0) <= 703 && (end.lowRps ?? 0) > 703 / 1.06, JSON.stringify(end));
  assert.ok(log.length <= 20, `${String(log.length)} probes`);
  // What failed lies within the resolution of what passed: the search has found what it was asked for.
  const within = play(searchPlanOf({ resolution: 0.05, confirm: 1 }), (rate, nth) => (rate > 700 && rate < 725 && nth > 0 ? { state: 'undecided', reason: { code: 'invalid', params: { why: 'lag' } } } : { state: rate <= 712 ? 'pass' : 'fail' }));
  assert.equal(within.end.kind, 'found', JSON.stringify(within.end));
});

test('runs that disagree: the rate is in doubt, and the search goes on below it', () => {
  const { log, end } = play(searchPlanOf({ resolution: 0.1, confirm: 2 }), (rate, _, purpose) => ({ state: rate > 300 || (rate > 280 && purpose === 'confirm') ? 'fail' : 'pass' }));
  assert.deepEqual(told(log).slice(-4), ['bisect 293 pass', 'confirm 293 fail', 'confirm 269 pass', 'confirm 269 pass']);
  assert.deepEqual([end.kind, end.lowRps, end.highRps, end.confirmed], ['found', 269, 320, 2]);
});

test('the budget ends a search before a probe that would go over it, and says what would have been enough', () => {
  const whole = play(searchPlanOf(), upTo(300));
  const spentS = whole.log.reduce((sum, { tookS }) => sum + tookS, 0);
  const { log, end } = play(searchPlanOf({ budgetS: spentS / 2 }), upTo(300));
  assert.equal(end.kind, 'budget');
  assert.ok(log.reduce((sum, { tookS }) => sum + tookS, 0) <= spentS / 2);
  assert.ok(end.neededS !== null && end.neededS >= spentS, JSON.stringify(end));
  assert.equal(play(searchPlanOf({ budgetS: end.neededS }), upTo(300)).end.kind, 'found');
});

test('a low rate is given the time its requests need', () => {
  assert.equal(windowS(searchPlanOf({ requests: 400, durationS: 10 }), 100), 10);
  assert.ok(windowS(searchPlanOf({ requests: 400, durationS: 10 }), 20) * 20 >= 400 + 3 * 20 - 1);
});

test('the finest resolution over the widest range is planned in no time and finds its way', () => {
  const plan = searchPlanOf({ fromRps: 1, toRps: 100_000, resolution: 0.001, confirm: 1 });
  assert.ok(longestWay(plan).probes <= 17 + 10 + 1);
  const { end } = play({ ...plan, budgetS: 1e9 }, upTo(54_321));
  assert.ok((end.lowRps ?? 0) <= 54_321 && (end.highRps ?? 0) > 54_321 && (end.highRps ?? 0) / (end.lowRps ?? 1) <= 1.001 + 1e-9);
});
