import assert from 'node:assert/strict';
import test from 'node:test';
import { createCollector, type Collected, type Collector } from '../../harness/load/collect.js';
import type { RequestRow } from '../../harness/load/row.js';
import { readHistogram, valueAtRank } from '../../harness/model/histogram.js';
import { createRandom } from '../../harness/model/random.js';
import type { BodyExpectation } from '../../harness/model/request.js';
import type { Stage } from '../../harness/model/stage.js';
import { expectAnswers, requestPlan, rowOf, stageOf } from './stage-setup.js';

interface Setup {
  stage: Stage;
  expectations?: BodyExpectation[];
  golden?: ReadonlyMap<number, number>;
  onRow?: (row: Readonly<RequestRow>) => void;
}

function collect({ stage, expectations = expectAnswers(10), golden = new Map(), onRow }: Setup): Collector {
  return createCollector({ stage, seed: 1, startMs: 0, bodies: { file: '', count: expectations.length, expectations }, golden, tolerance: 1e-6, request: requestPlan, ...(onRow ? { onRow } : {}) });
}

/** Rows of closed users with a given time for each request, in the order in which they ended. */
function closedRows(users: number, untilMs: number, latencyMs: (user: number, seq: number) => number, pauseMs = 0): RequestRow[] {
  const rows: RequestRow[] = [];
  for (let user = 0; user < users; user += 1) {
    for (let seq = 0, startMs = user; startMs < untilMs; seq += 1) {
      const endMs = startMs + latencyMs(user, seq);
      rows.push(rowOf({ user, seq, ticket: user * 1000 + seq, startMs, endMs, pauseMs }));
      startMs = endMs + pauseMs;
    }
  }
  return rows.sort((x, y) => x.endMs - y.endMs);
}

const percentileMs = (collected: Collected, share: number): number => {
  const histogram = readHistogram(collected.measured.latency);
  return valueAtRank(histogram, Math.ceil(share * histogram.n)) / 1000;
};

test('a stage of known times is told as it was', () => {
  const collector = collect({ stage: stageOf(4, { warmupS: 1, durationS: 3 }) });
  const rows = closedRows(4, 4200, (user) => (user === 3 ? 200 : 50));
  for (const row of rows) collector.add(row);
  assert.equal(collector.window.settled(), true);
  const collected = collector.finish();
  const { measured } = collected;
  const started = rows.filter((row) => row.startMs >= 1000 && row.startMs < 4000);
  assert.equal(started.length, 3 * 60 + 15);
  assert.deepEqual(measured.requests, { started: 195, completed: 195, failed: 0, timedOut: 0, censored: 0, warmup: rows.filter((row) => row.startMs < 1000).length });
  assert.equal(percentileMs(collected, 0.5), 50);
  assert.equal(percentileMs(collected, 0.95), 200);
  assert.equal(measured.inFlightMean, 4, 'every user always had one request open');
  assert.deepEqual(measured.timeline.inFlight, [4, 4, 4]);
  assert.deepEqual(measured.timeline.t, [0, 1, 2]);
  assert.equal(measured.timeline.started.reduce((sum, n) => sum + n, 0), 195);
  assert.deepEqual(measured.timeline.p50Ms, [50, 50, 50]);
  assert.deepEqual(measured.timeline.p99Ms, [200, 200, 200]);
  assert.ok(measured.timeline.completed.every((n) => n === 65), 'no dip in the first second: what began in the warm-up ended in it');
  assert.deepEqual([collected.fromMs, collected.toMs], [1000, 4000]);
  assert.equal(collected.lastEndMs, Math.max(...started.map((row) => row.endMs)));
  assert.equal(collected.rows, rows.length);
  assert.equal(collected.numbered, rows.length);
  assert.equal(measured.thinkMeanMs, null);
  assert.equal(collected.lagP50Ms, null);
});

test('rows may come in any order between users', () => {
  const rows = closedRows(5, 4200, (user, seq) => 20 + ((user * 7 + seq * 13) % 90));
  const inOrder = collect({ stage: stageOf(5, { warmupS: 1, durationS: 3 }) });
  for (const row of rows) inOrder.add(row);
  // Each user's rows stay in order, as every engine writes them.
  const queues = Array.from({ length: 5 }, (_, user) => rows.filter((row) => row.user === user));
  const random = createRandom(3);
  const shuffled = collect({ stage: stageOf(5, { warmupS: 1, durationS: 3 }) });
  while (queues.some((queue) => queue.length > 0)) {
    const row = random.pick(queues).shift();
    if (row !== undefined) shuffled.add(row);
  }
  assert.deepEqual(shuffled.finish(), inOrder.finish());
});

test('the heat map holds each answer of the window once, in its second and its time', () => {
  const collector = collect({ stage: stageOf(3, { durationS: 2 }) });
  const rows = closedRows(3, 2500, (user) => [3, 40, 900][user] as number);
  for (const row of rows) collector.add(row);
  const { heatmap } = collector.finish().measured;
  assert.equal(heatmap.binS, 1);
  assert.equal(heatmap.counts.length, 2);
  rows.filter((row) => row.endMs < 2000).forEach((row) => {
    const column = heatmap.edgesMs.findIndex((edge, i) => row.latencyUs / 1000 >= edge && row.latencyUs / 1000 < (heatmap.edgesMs[i + 1] ?? 0));
    const counts = heatmap.counts[Math.floor(row.endMs / 1000)]!;
    counts[column] = counts[column]! - 1;
  });
  assert.ok(heatmap.counts.flat().every((n) => n === 0));
  assert.ok(heatmap.edgesMs.every((edge, i) => i === 0 || edge > heatmap.edgesMs[i - 1]!));
});

test('minRequests closes the window at the moment the last of them ended', () => {
  const collector = collect({ stage: stageOf(2, { durationS: 100, minRequests: 40 }) });
  const rows = closedRows(2, 5000, () => 100);
  for (const row of rows) {
    if (collector.window.settled()) break;
    collector.add(row);
  }
  const { measured, toMs } = collector.finish();
  assert.equal(toMs, 2001, 'user 1 began 1 ms late');
  assert.equal(measured.requests.started, measured.requests.completed);
  assert.ok(measured.requests.started >= 40 && measured.requests.started <= 42, String(measured.requests.started));
  assert.equal(measured.timeline.t.length, 3);
  assert.equal(measured.inFlightMean !== null && Math.abs(measured.inFlightMean - 2) < 0.001, true);
});

test('a user who never comes back is censored: started, in flight, not lost', () => {
  const collector = collect({ stage: stageOf(2, { durationS: 2 }) });
  for (const row of closedRows(2, 2500, () => 100).filter((row) => row.user === 0 || row.endMs <= 501)) collector.add(row);
  assert.equal(collector.window.settled(), false);
  const { requests, inFlightMean, timeline } = collector.finish().measured;
  assert.equal(requests.censored, 1);
  assert.equal(requests.started, requests.completed + requests.failed + requests.censored);
  assert.equal(timeline.started.reduce((sum, n) => sum + n, 0), requests.started);
  assert.ok(Math.abs((inFlightMean ?? 0) - 2) < 0.001);
});

test('a gap in a user\'s own numbering is a lost row', () => {
  const collector = collect({ stage: stageOf(1, { durationS: 2 }) });
  const rows = closedRows(1, 2500, () => 100);
  rows.filter((_, i) => i !== 3 && i !== 9).forEach((row) => { collector.add(row); });
  const { rows: read, numbered } = collector.finish();
  assert.equal(numbered - read, 2);
});

test('pauses are measured, and how late users woke', () => {
  const collector = collect({ stage: stageOf(1, { durationS: 10, thinkMs: [50, 150] }) });
  let startMs = 0;
  for (let seq = 0; startMs < 11_000; seq += 1) {
    collector.add(rowOf({ seq, startMs, endMs: startMs + 100, pauseMs: 90 }));
    // Planned 90, woken after 92, every twentieth time after 120.
    startMs += 100 + (seq % 20 === 19 ? 120 : 92);
  }
  const { measured, lagP50Ms, lagP99Ms } = collector.finish();
  assert.ok(Math.abs((measured.thinkMeanMs ?? 0) - (19 * 92 + 120) / 20) < 0.6, String(measured.thinkMeanMs));
  assert.ok(Math.abs((lagP50Ms ?? 0) - 2) < 0.01);
  assert.ok(Math.abs((lagP99Ms ?? 0) - 30) < 0.05);
});

test('failures: by kind and status, with their time, outside the latencies', () => {
  const collector = collect({ stage: stageOf(1, { durationS: 10 }) });
  const ends: Partial<Parameters<typeof rowOf>[0]>[] = [{}, { status: 503 }, { status: 0, fault: 'timeout' }, { status: 0, fault: 'reset' }, { score: 1.5 }, { fault: 'html', score: NaN }, {}];
  ends.forEach((end, seq) => { collector.add(rowOf({ seq, startMs: seq * 100, endMs: seq * 100 + 100, ...end })); });
  const { measured, answered } = collector.finish();
  assert.deepEqual(measured.errors, { 'http-503': 1, 'timeout': 1, 'reset': 1, 'out-of-range': 1, 'html': 1 });
  assert.deepEqual(measured.statuses, { 200: 4, 503: 1 });
  assert.deepEqual([measured.requests.completed, measured.requests.failed, measured.requests.timedOut], [2, 5, 1]);
  assert.equal(measured.failedSumUs, 500_000);
  assert.equal(readHistogram(measured.latency).n, 2);
  assert.equal(answered, 5);
  assert.deepEqual(measured.timeline.failed.slice(0, 1), [5]);
});

test('answers under load are held against those at concurrency 1', () => {
  const expectations: BodyExpectation[] = [{ class: 'high', expect: 'answer' }, { class: 'low', expect: 'answer' }, { class: 'low', expect: 'answer' }];
  const collector = collect({ stage: stageOf(1, { durationS: 10 }), expectations, golden: new Map([[0, 0.75], [1, 0.4]]) });
  const scores = [0.75, 0.4, 0.9, 0.7500001, 0.6, 0.1, 0.7];
  scores.forEach((score, ticket) => { collector.add(rowOf({ seq: ticket, ticket, startMs: ticket * 10, endMs: ticket * 10 + 10, score })); });
  const { answers, byClass } = collector.finish().measured;
  // Tickets 0, 3, 6 are body 0; 1 and 4 body 1; 2 and 5 body 2, which has no golden score.
  assert.deepEqual({ ...answers, maxDelta: Math.round((answers.maxDelta ?? 0) * 1e9) / 1e9 }, { checked: 5, flips: 1, moved: 2, maxDelta: 0.2 });
  assert.deepEqual([byClass['high']?.checked, byClass['high']?.flips, byClass['low']?.checked, byClass['low']?.flips, byClass['low']?.started], [3, 0, 2, 1, 4]);
});

test('abnormal requests: rightly refused, by kind', () => {
  const expectations: BodyExpectation[] = [
    { class: 'abnormal', expect: 'reject', kind: 'empty-body' }, { class: 'abnormal', expect: 'either', kind: 'emoji' }, { class: 'high', expect: 'answer' },
  ];
  const collector = collect({ stage: stageOf(1, { durationS: 10 }), expectations });
  const ends = [{ status: 400, score: NaN }, { status: 200 }, { status: 200 }, { status: 200 }, { status: 422, score: NaN }, { status: 400, score: NaN }];
  ends.forEach((end, ticket) => { collector.add(rowOf({ seq: ticket, ticket, startMs: ticket * 10, endMs: ticket * 10 + 10, ...end })); });
  const { byClass, byAbnormalKind, errors } = collector.finish().measured;
  assert.deepEqual(byAbnormalKind, {
    'empty-body': { started: 2, asExpected: 1, statuses: { 400: 1, 200: 1 }, timedOut: 0 },
    'emoji': { started: 2, asExpected: 2, statuses: { 200: 1, 422: 1 }, timedOut: 0 },
  });
  assert.deepEqual([byClass['abnormal']?.rejected, byClass['abnormal']?.completed, byClass['high']?.failed], [2, 3, 1]);
  assert.deepEqual(errors, { 'accepted-bad-input': 1, 'http-400': 1 });
});

test('server timing, batches and cache of answered window requests', () => {
  const collector = collect({ stage: stageOf(1, { warmupS: 1, durationS: 10 }) });
  ['h', 'm', 'm', 'p', ''].forEach((cache, seq) => {
    collector.add(rowOf({ seq, startMs: seq * 500, endMs: seq * 500 + 100, cache, degraded: seq % 2 === 1, batch: seq, timing: `infer;dur=${String(seq)}` }));
  });
  const { measured } = collector.finish();
  assert.equal(measured.degraded, 1, 'of those that were answered in the window');
  assert.deepEqual(measured.cache, { hit: 0, partial: 1, miss: 1 });
  assert.deepEqual(measured.batch, { n: 3, mean: 3, max: 4 });
  assert.equal(readHistogram(measured.serverTiming['infer']!).sumUs, 9000);
});

test('every row is handed on, and a row of nobody is not counted', () => {
  let handed = 0;
  const collector = collect({ stage: stageOf(1), onRow: () => { handed += 1; } });
  collector.add(rowOf({ user: 1, startMs: 0, endMs: 5 }));
  collector.add(rowOf({ user: 0, startMs: 0, endMs: 5 }));
  assert.deepEqual([handed, collector.finish().rows], [1, 1]);
});
