import assert from 'node:assert/strict';
import test from 'node:test';
import { createCollector, type Collected, type Collector } from '../../harness/load/collect.js';
import { expectAnswers, openStageOf, requestPlan, rowOf } from './stage-setup.js';

/** Ten requests, one every 100 ms from 1,000 on the engine's clock; the window holds those from 1,200 to 1,699. */
const schedule = Float64Array.from({ length: 10 }, (_, k) => 100 * k);
const stage = openStageOf(10, { warmupS: 0.2, durationS: 0.5, inFlight: 2 });

function collect(): Collector {
  return createCollector({ stage, seed: 1, startMs: 1000, schedule, firstTicket: 500, bodies: { file: '', count: 10, expectations: expectAnswers(10) }, golden: new Map(), tolerance: 0, request: requestPlan });
}

/** Request `k` was sent `lateMs` after its moment by `user`, and took `tookMs`. */
const sent = (k: number, lateMs: number, tookMs: number, user = 0, seq = k): ReturnType<typeof rowOf> => rowOf({ user, seq, ticket: 500 + k, startMs: 1000 + 100 * k + lateMs, endMs: 1000 + 100 * k + lateMs + tookMs });

function finish(rows: ReturnType<typeof rowOf>[], collector = collect()): Collected {
  for (const row of rows) collector.add(row);
  return collector.finish();
}

test('latency counts from the moment, and belongs to the window in which it was due', () => {
  const { measured } = finish(Array.from({ length: 8 }, (_, k) => sent(k, k === 1 ? 150 : 3, 20, k === 1 ? 1 : 0)));
  // Request 1 was due before the window and sent inside it.
  assert.deepEqual(measured.requests, { started: 5, completed: 5, failed: 0, timedOut: 0, censored: 0, warmup: 2 });
  assert.equal(measured.latency.sumUs, 5 * 23_000);
  assert.deepEqual(measured.schedule, { due: 5, unsent: 0, waited: 0, longestWaitMs: 0, openAtStart: 1, heldMs: 115 });
  assert.deepEqual(measured.timeline.started, [5]);
});

test('a free worker that sends late is the generator\'s fault, a busy one is not', () => {
  const late = finish([0, 1, 2, 3, 4, 5, 6].map((k) => sent(k, 7, 20)));
  assert.deepEqual([late.lagP50Ms, late.lagP99Ms, late.measured.schedule?.waited], [7, 7, 0]);
  // One worker, each answer takes 150 ms: it comes later and later, and 1 ms of each is its own.
  let freeMs = 1000;
  const busy = finish([0, 1, 2, 3, 4, 5, 6].map((k) => {
    const startMs = Math.max(1000 + 100 * k, freeMs) + 1;
    freeMs = startMs + 150;
    return rowOf({ user: 0, seq: k, ticket: 500 + k, startMs, endMs: freeMs });
  }));
  assert.deepEqual([busy.lagP50Ms, busy.lagP99Ms], [1, 1]);
  assert.deepEqual([busy.measured.schedule?.waited, busy.measured.schedule?.longestWaitMs], [5, 306]);
});

test('the window is settled when every request due in it has its row, in whatever order', () => {
  const collector = collect();
  for (const k of [6, 0, 5, 2, 3, 1]) {
    collector.add(sent(k, 0, 20, k % 2));
    assert.equal(collector.window.settled(), false);
  }
  collector.add(sent(9, 0, 20));
  assert.equal(collector.window.settled(), false, 'a later one does not count');
  collector.add(sent(4, 0, 20));
  assert.equal(collector.window.settled(), true);
});

test('what never came is counted: on the wire one a worker, the rest was never sent', () => {
  const { measured } = finish([sent(0, 0, 20), sent(1, 0, 20), sent(2, 0, 20)]);
  assert.deepEqual([measured.requests.started, measured.requests.completed, measured.requests.censored], [5, 1, 4]);
  assert.equal(measured.schedule?.unsent, 2);
  assert.equal(measured.timeline.inFlight[0], (20 + 400 + 300 + 200 + 100) / 500, 'they were in the system until the close');
});

test('a window that closes early asks only for what was due by then', () => {
  const collector = collect();
  for (const k of [0, 1, 2, 3]) collector.add(sent(k, 0, 20));
  collector.window.closeAt(1350);
  assert.equal(collector.window.settled(), true);
  const { measured } = collector.finish();
  assert.deepEqual([measured.requests.started, measured.schedule?.due], [2, 2]);
});

test('a worker that the pool does not have is not believed', () => {
  assert.equal(finish([sent(3, 0, 20, 2)]).rows, 0);
});

test('a schedule without a moment is settled before anything is sent, and nothing is missing', () => {
  const empty = createCollector({ stage, seed: 7, startMs: 1000, schedule: new Float64Array(0), firstTicket: 500, bodies: { file: '', count: 10, expectations: expectAnswers(10) }, golden: new Map(), tolerance: 0, request: requestPlan });
  assert.equal(empty.window.settled(), true);
  const { measured } = empty.finish();
  assert.deepEqual(measured.requests, { started: 0, completed: 0, failed: 0, timedOut: 0, censored: 0, warmup: 0 });
  assert.deepEqual(measured.schedule, { due: 0, unsent: 0, waited: 0, longestWaitMs: 0, openAtStart: 0, heldMs: 0 });
});
