import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCollector } from '../../harness/load/collect.js';
import type { StageResult } from '../../harness/model/record.js';
import type { BodySet } from '../../harness/model/request.js';
import { expectAnswers, offlineStageOf, requestPlan, rowOf } from './stage-setup.js';

/** Ten pairs in three requests of four, four and two. */
const bodies: BodySet = { file: '', count: 3, pairsEach: 4, expectations: [...expectAnswers(6, 'high'), ...expectAnswers(4, 'low')] };
const collect = (part: { durationS?: number; warmupS?: number } = {}, golden = new Map<number, number>()) => createCollector({
  stage: offlineStageOf({ pairs: 10, batch: 4, inFlight: 2 }, part), seed: 1, startMs: 1000, bodies, golden, tolerance: 1e-6, request: requestPlan,
});
const scores = (count: number, score = 0.75): number[] => Array.from({ length: count }, () => score);

test('the window opens with the load and closes with the last end; every pair is counted once, by class and by second', () => {
  const collector = collect({}, new Map([[5, 0.75], [9, 0.75]]));
  collector.add(rowOf({ user: 0, ticket: 0, startMs: 1000, endMs: 1900, scores: scores(4) }));
  collector.add(rowOf({ user: 1, ticket: 1, startMs: 1000, endMs: 2500, scores: scores(4) }));
  assert.equal(collector.window.settled(), false);
  // A batch of two, of which the second has another score than alone, on the other side of the threshold.
  collector.add(rowOf({ user: 0, ticket: 2, startMs: 1900, endMs: 2400, scores: [0.75, 0.25] }));
  assert.equal(collector.window.settled(), true);
  const { measured, fromMs, toMs } = collector.finish();
  assert.deepEqual([fromMs, toMs], [1000, 2500]);
  assert.deepEqual(measured.pairs, { sent: 10, answered: 10, refused: 0, failed: 0, late: 0, again: 0, bySecond: [4, 6] });
  assert.deepEqual([measured.requests.started, measured.requests.completed, measured.requests.censored], [3, 3, 0]);
  assert.deepEqual([measured.answers.checked, measured.answers.flips, measured.answers.maxDelta], [2, 1, 0.5]);
  assert.deepEqual(measured.byClass['low'], { started: 4, completed: 4, failed: 0, rejected: 0, checked: 1, flips: 1, p50Ms: null, p95Ms: null });
  assert.equal(measured.byClass['high']?.started, 6);
});

const pairsOf = (rows: Parameters<typeof rowOf>[0][], durationS = 60): Pick<StageResult, 'pairs' | 'requests' | 'errors'> => {
  const collector = collect({ durationS });
  for (const row of rows) collector.add(rowOf(row));
  return collector.finish().measured;
};

test('an answer with more or fewer scores than pairs, or one out of range, fails all its pairs', () => {
  const { pairs, errors } = pairsOf([
    { ticket: 0, startMs: 1000, endMs: 1100, scores: scores(3) },
    { ticket: 1, startMs: 1100, endMs: 1200, scores: [0.1, 0.2, 7, 0.3] },
    { ticket: 2, startMs: 1200, endMs: 1300, status: 503, scores: [] },
  ]);
  assert.deepEqual(errors, { 'score-count': 1, 'out-of-range': 1, 'http-503': 1 });
  assert.deepEqual([pairs?.sent, pairs?.answered, pairs?.failed], [10, 0, 10]);
});

test('what ends behind the time is late, what was open then never ended, and what was not sent is in no count', () => {
  const { pairs, requests } = pairsOf([
    { user: 0, ticket: 0, startMs: 1000, endMs: 2500, scores: scores(4) },
    { user: 1, ticket: 1, startMs: 1000, endMs: 1500, scores: scores(4) },
  ], 1);
  assert.deepEqual([pairs?.answered, pairs?.late, pairs?.sent], [4, 4, 8]);
  // The second worker had taken the last request at 1500.
  assert.deepEqual([requests.started, requests.completed, requests.censored], [3, 2, 1]);
});

test('a pair that is sent again is told', () => {
  const { pairs } = pairsOf([
    { ticket: 0, startMs: 1000, endMs: 1100, scores: scores(4) },
    { ticket: 0, startMs: 1100, endMs: 1200, scores: scores(4) },
    { ticket: 2, startMs: 1200, endMs: 1300, scores: scores(2) },
  ]);
  assert.deepEqual([pairs?.answered, pairs?.again], [6, 4]);
});
