import assert from 'node:assert/strict';
import { stageSchedule } from '../../harness/load/schedule.js';
import type { EngineName } from '../../harness/model/plan.js';
import { drive, knownServer, percentile, percentileMs, type Driven } from './drive-setup.js';
import { casesOf, type CaseKind } from './register-cases.js';
import { burstStageOf, openStageOf } from './stage-setup.js';

/** Every request of the schedule that was due in the window ended, once, and none was sent before its moment. */
function assertKept({ result, rows }: Driven, firstTicket = 0): void {
  const { schedule, requests, generator } = result;
  const moments = stageSchedule(result.stage, 5, 42);
  assert.ok(moments && schedule);
  const { warmupS, durationS } = result.stage;
  const due = moments.reduce((sum, ms) => sum + (ms >= warmupS * 1000 && ms < (warmupS + durationS) * 1000 ? 1 : 0), 0);
  assert.equal(result.status, 'completed');
  assert.deepEqual([requests.started, requests.completed + requests.failed, schedule.due, schedule.unsent, requests.censored], [due, due, due, 0, 0]);
  const tickets = rows.map(({ ticket }) => ticket - firstTicket).sort((x, y) => x - y);
  assert.equal(new Set(tickets).size, tickets.length);
  const offsets = rows.map((row) => row.dueMs - (moments[row.ticket - firstTicket] as number));
  for (const offset of offsets) assert.ok(Math.abs(offset - (offsets[0] as number)) < 0.01, 'all moments have one zero');
  for (const row of rows) {
    assert.ok(row.startMs >= row.dueMs - 0.01, 'sent before its moment');
    assert.ok(row.latencyUs / 1000 >= row.startMs - row.dueMs - 0.01, 'the delay is in the latency');
  }
  assert.equal(generator.counted, generator.rows);
  assert.deepEqual([generator.dropped, generator.messages], [0, []]);
}

/** What any engine must do with a schedule, against servers that are known. */
export function openEngineCases(name: EngineName, kind: CaseKind): void {
  const { measuring, counting } = casesOf(kind, name, `${name}, open load`);

  measuring('every request of the schedule is sent at its moment, and its latency is the server\'s own', async (engine, t) => {
    let best = Infinity;
    // Other work on the machine may disturb one attempt; an engine that is wrong is wrong in all.
    for (let attempt = 0; attempt < 3 && best > 2; attempt += 1) {
      const server = await knownServer(t, '--ms', '30');
      const driven = await drive({ engine, url: server.url, stage: openStageOf(100, { warmupS: 1, durationS: 3 }), firstTicket: 7 }, t);
      assertKept(driven, 7);
      const { result } = driven;
      const ownMs = percentile((await server.truth()).map(([, latencyMs]) => latencyMs), 0.5);
      const shareMs = percentileMs(result.latency, 0.5) - ownMs;
      t.diagnostic(`latency over the server's own at p50: ${shareMs.toFixed(2)} ms; lag p50 ${String(result.generator.lagP50Ms)} ms, p99 ${String(result.generator.lagP99Ms)} ms`);
      assert.ok(shareMs > -0.5, 'no request is faster at the client than at the server');
      assert.equal(result.schedule?.waited, 0, 'a hundred workers are never all busy with three');
      const lagMs = driven.rows.map((row) => row.startMs - row.dueMs);
      assert.ok(percentile(lagMs, 0.5) < 5 || attempt < 2, `half of all were sent ${String(percentile(lagMs, 0.5))} ms late`);
      best = Math.min(best, shareMs);
      await server.kill();
    }
    assert.ok(best <= 2, `p50 differs by ${best.toFixed(2)} ms`);
  });

  counting('a schedule without a moment sends nothing, and the engine is not blamed for it', async (engine, t) => {
    const server = await knownServer(t, '--ms', '1');
    // With so low a rate the first gap is longer than the stage.
    const stage = openStageOf(0.001, { durationS: 1, inFlight: 3 });
    assert.equal(stageSchedule(stage, 5, 42)?.length, 0);
    const { result, rows } = await drive({ engine, url: server.url, stage }, t);
    assert.deepEqual([result.status, result.why, rows.length, (await server.truth()).length], ['completed', null, 0, 0]);
    assert.deepEqual([result.schedule?.due, result.schedule?.unsent, result.requests.started, result.generator.dropped], [0, 0, 0, 0]);
  });

  measuring('gaps between arrivals at the server are those of the schedule', async (engine, t) => {
    let wrong = Infinity;
    for (let attempt = 0; attempt < 3 && wrong > 0; attempt += 1) {
      const server = await knownServer(t, '--ms', '5');
      const { result, rows } = await drive({ engine, url: server.url, stage: openStageOf(80, { process: 'constant', warmupS: 0.5, durationS: 2 }) }, t);
      const arrivals = (await server.truth()).map(([startMs]) => startMs).sort((x, y) => x - y);
      const due = rows.map((row) => row.dueMs).sort((x, y) => x - y);
      const gaps = due.slice(1).map((ms, i) => (arrivals[i + 1] as number) - (arrivals[i] as number) - (ms - (due[i] as number)));
      t.diagnostic(`gaps at the server differ from those of the schedule by ${percentile(gaps.map(Math.abs), 0.5).toFixed(2)} ms at p50, ${percentile(gaps.map(Math.abs), 0.95).toFixed(2)} at p95`);
      assert.equal(result.schedule?.due, 160);
      wrong = percentile(gaps.map(Math.abs), 0.5) > 3 ? 1 : 0;
      await server.kill();
    }
    assert.equal(wrong, 0, 'gaps at the server are not those of the schedule');
  });

  measuring('a stall of the server is in the latencies of all who came while it lasted', async (engine, t) => {
    const server = await knownServer(t, '--mode', 'stall', '--ms', '5', '--stall-every-s', '3', '--stall-s', '1');
    // The stall at 3 s of the server's life lies in the window, whenever in its first second the load begins.
    const driven = await drive({ engine, url: server.url, stage: openStageOf(60, { warmupS: 0.5, durationS: 4.5, inFlight: 150 }) }, t);
    assertKept(driven);
    const { result } = driven;
    const slow = driven.rows.filter((row) => row.latencyUs > 100_000).length;
    // Nine tenths of a second's arrivals wait more than 100 ms; a closed user would have shown one each.
    assert.ok(slow >= 30, `${String(slow)} of about 54 saw the stall`);
    assert.ok(percentileMs(result.latency, 1) > 900);
    assert.equal(result.schedule?.waited, 0);
  });

  measuring('with too few workers nothing is dropped: what waits is sent later, and the wait counts', async (engine, t) => {
    const server = await knownServer(t, '--ms', '50');
    // Two workers answer 40 a second at most; 60 are asked.
    const driven = await drive({ engine, url: server.url, stage: openStageOf(60, { process: 'constant', warmupS: 0, durationS: 2, inFlight: 2 }) }, t);
    assertKept(driven);
    const { schedule, timeline, latency } = driven.result;
    assert.ok((schedule?.waited ?? 0) > 90, String(schedule?.waited));
    const ended = timeline.completed.reduce((sum, n) => sum + n, 0);
    assert.ok(ended > 55 && ended <= 80, `${String(ended)} ended in the window`);
    // 120 requests at 40 a second take 3 s: the last waited about one second and more.
    assert.ok(percentileMs(latency, 1) > 900, String(percentileMs(latency, 1)));
  });

  counting('a server that answers nothing: the stage ends, and says how many were never sent', async (engine, t) => {
    const server = await knownServer(t, '--mode', 'hang');
    const driven = await drive({ engine, url: server.url, timeoutS: 1, stage: openStageOf(600, { process: 'constant', durationS: 1, inFlight: 2 }) }, t);
    const { status, requests, schedule } = driven.result;
    assert.equal(status, 'completed');
    assert.deepEqual([requests.started, requests.completed, schedule?.due], [600, 0, 600]);
    assert.equal(requests.failed, requests.timedOut);
    assert.equal(requests.failed + requests.censored, 600);
    assert.ok((schedule?.unsent ?? 0) > 300, String(schedule?.unsent));
    // Two at a time, a second each: to send them all would take five minutes.
    assert.ok(driven.tookMs < 60_000, String(driven.tookMs));
  });

  measuring('a burst: all at once, each told by how long it waited for its answer since the release', async (engine, t) => {
    const server = await knownServer(t, '--mode', 'serial', '--ms', '10');
    const driven = await drive({ engine, url: server.url, stage: burstStageOf(40, { everyS: 1.5, repeats: 2, warmupS: 1.5 }) }, t);
    assertKept(driven);
    const { latency, schedule, timeline } = driven.result;
    assert.deepEqual([schedule?.due, schedule?.waited, timeline.started], [80, 0, [40, 40, 0]]);
    assert.deepEqual(new Set(driven.rows.map((row) => Math.round(row.dueMs - (driven.rows[0]?.dueMs ?? 0)))), new Set([0, 1500, 3000]));
    // One after the other, 10 ms each: the last of 40 waits 400 ms, and a quarter of them 100 ms at most.
    const [quarter, last] = [percentileMs(latency, 0.25), percentileMs(latency, 1)];
    assert.ok(last > 380 && last / quarter > 2, `${String(quarter)} ms, ${String(last)} ms`);
    const arrivals = (await server.truth()).map(([startMs]) => startMs).sort((x, y) => x - y);
    t.diagnostic(`40 at once arrived within ${String(Math.round((arrivals[79] ?? 0) - (arrivals[40] ?? 0)))} ms`);
  });

  counting('an interruption keeps what was due until then, and invents nothing', async (engine, t) => {
    const server = await knownServer(t, '--ms', '20');
    const stop = new AbortController();
    const { result, tookMs } = await drive({ engine, url: server.url, stage: openStageOf(50, { durationS: 90 }), signal: stop.signal, onRow: (rows) => { if (rows === 30) stop.abort(); } }, t);
    const { requests, schedule } = result;
    assert.equal(result.status, 'interrupted');
    assert.ok(requests.completed >= 30 && requests.started < 50 * 45, JSON.stringify(requests));
    assert.deepEqual([requests.started, requests.completed + requests.failed + requests.censored], [schedule?.due, schedule?.due]);
    assert.ok(tookMs < 60_000);
  });

  counting('failures do not stop those who come after', async (engine, t) => {
    const server = await knownServer(t, '--mode', 'resets', '--reset-share', '0.2', '--ms', '5');
    const driven = await drive({ engine, url: server.url, stage: openStageOf(80, { durationS: 2 }) }, t);
    assertKept(driven);
    assert.ok(driven.result.requests.failed > 10, JSON.stringify(driven.result.errors));
  });
}
