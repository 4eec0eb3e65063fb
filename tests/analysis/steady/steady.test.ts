import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findSteady } from '../../../harness/analysis/steady/steady.js';
import type { StageResult } from '../../../harness/model/record.js';
import { createRandom } from '../../../harness/model/random.js';
import { burstStage } from '../open-stage.js';
import { buildStage, type StageShape } from '../synthetic-stage.js';
import { noisy, rising, unlikeBefore } from './series.js';

const build = (shape: Partial<StageShape>): StageResult => buildStage({ users: 4, durationS: 60, ...shape }, 0, 6000, 1);
/** A minute whose seconds are planted; null medians are seconds without an answer. */
const planted = (completed: readonly number[], p50Ms: readonly (number | null)[]): StageResult =>
  build({ change: ({ timeline }) => ({ timeline: { ...timeline, completed: [...completed], p50Ms: [...p50Ms] } }) });
const minute = (shape: (t: number) => number, rho = 0, seed = 3): number[] => noisy(60, shape, rho, 0.03, createRandom(seed));

test('a steady minute: nothing is unlike, and its seconds are independent', () => {
  const found = findSteady(build({}), null);
  assert.ok(found.kind === 'found');
  assert.deepEqual([found.value.start, found.value.seconds], [null, 60]);
  assert.ok(found.value.independent! > 40 && found.value.independent! <= 60, String(found.value.independent));
});

test('the later cut wins: of throughput or of latency, with how far it was off', () => {
  const flat = minute(() => 200);
  const slow = findSteady(planted(flat, minute((t) => (t < 20 ? 30 : 20), 0, 4)), null);
  assert.ok(slow.kind === 'found' && slow.value.start);
  assert.deepEqual([slow.value.start.of, slow.value.start.cutS, slow.value.seconds], ['latency', 20, 40]);
  assert.ok(Math.abs(slow.value.start.off - 0.5) < 0.03, String(slow.value.start.off));
  const both = findSteady(planted(minute((t) => (t < 15 ? 150 : 200)), minute((t) => (t < 5 ? 30 : 20), 0, 4)), null);
  assert.ok(both.kind === 'found' && both.value.start);
  assert.deepEqual([both.value.start.of, both.value.start.cutS], ['throughput', 15]);
  assert.ok(Math.abs(both.value.start.off + 0.25) < 0.03, String(both.value.start.off));
});

test('a change at half, in either series, leaves no steady part', () => {
  const found = findSteady(planted(minute((t) => (t < 5 ? 100 : 200)), minute((t) => (t < 30 ? 20 : 25), 0, 4)), null);
  assert.ok(found.kind === 'absent' && found.why === 'not-steady', JSON.stringify(found));
  assert.deepEqual([found.start.of, found.start.cutS], ['latency', 30]);
});

test('correlated seconds are worth fewer; the lesser of the two series counts, and one without all its seconds does not', () => {
  const dragging = minute(() => 200, 0.9);
  const size = (completed: number[], p50Ms: (number | null)[]): number => {
    const found = findSteady(planted(completed, p50Ms), null);
    return found.kind === 'found' ? found.value.independent ?? NaN : NaN;
  };
  const free = minute(() => 20, 0, 8);
  assert.ok(size(dragging, free) < 25, String(size(dragging, free)));
  assert.equal(size(dragging, free.map((p50, t) => (t === 40 ? null : p50))), size(dragging, free.map(() => 20)));
  assert.ok(Number.isNaN(size(free.map(() => 200), free.map(() => 20))), 'all alike: nothing can be told');
});

test('what is left drifts, or does not; of soaks and drills nothing is asked here', () => {
  const driftOf = (stage: StageResult): unknown => {
    const found = findSteady(stage, null);
    return found.kind === 'found' ? found.value.drift?.of ?? null : found.why;
  };
  assert.equal(driftOf(build({})), null);
  const slow = build({ change: rising(0.08) });
  assert.equal(driftOf(slow), 'latency');
  // The start of 20 s is cut off, and what stays is flat.
  assert.equal(driftOf(planted(minute(() => 200), minute((t) => (t < 20 ? 30 : 20), 0, 4))), null);
  assert.equal(driftOf({ ...slow, stage: { ...slow.stage, soak: true } }), null);
  assert.equal(driftOf({ ...slow, stage: { ...slow.stage, drill: { within: { p: 95, limitMs: 500, from: 'scenario' }, windowS: 1 } } }), null);
});

test('refusals, each by its name', () => {
  const why = (stage: StageResult, unstable = false): unknown => {
    const found = findSteady(stage, unstable ? { askedRps: 1, scheduledRps: 1, endedRps: 1, openAtStart: 0, openAtEnd: 0, unstable } : null);
    return found.kind === 'absent' ? found.why : found.kind;
  };
  assert.deepEqual(findSteady(build({ durationS: 49 }), null), { kind: 'absent', why: 'too-short', needed: 50 });
  assert.equal(why(build({ durationS: 50 })), 'found');
  // A 50th second that the window cut short is none.
  assert.equal(why({ ...build({ durationS: 50 }), windowToMs: 6000 + 49_500 }), 'too-short');
  assert.equal(why(build({ role: 'warmup', change: unlikeBefore(15, 0.5) })), 'warm-up');
  assert.equal(why(build(burstStage({ requests: 50 }))), 'bursts');
  assert.equal(why(build({ change: unlikeBefore(30, 0.5) }), true), 'unstable');
  assert.equal(why(planted(minute(() => 200), minute(() => 20).map((p50, t) => (t >= 20 && t < 25 ? null : p50)))), 'no-answer');
  assert.equal(why(planted(minute(() => 0), minute(() => 20).map(() => null))), 'no-answer');
});
