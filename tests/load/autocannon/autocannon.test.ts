import assert from 'node:assert/strict';
import test from 'node:test';
import { drive, engineFor, knownServer, percentile, rawServer } from '../drive-setup.js';
import { engineCases } from '../engine-cases.js';
import { openEngineCases } from '../open-cases.js';
import type { Files } from '../../../harness/host/index.js';
import { createChildFinder } from '../../../harness/telemetry/process-children.js';
import { alive, eventually, testContext } from '../../host/context.js';
import { stageSchedule } from '../../../harness/load/schedule.js';
import { openStageOf, stageOf } from '../stage-setup.js';

/** A child for a core at most. */
const several = { timeout: 60_000, skip: testContext().host.machine.cores < 2 && 'takes two cores' };

engineCases('autocannon', 'measuring');
openEngineCases('autocannon', 'measuring');

test('autocannon: an answer nobody asked for ends neither the process nor the pairing', async (t) => {
  const engine = await engineFor('autocannon', t);
  assert.ok(engine);
  const one = 'HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\n{"similarity":0.5}';
  let asked = 0;
  const url = await rawServer(t, (socket) => {
    asked += 1;
    socket.write(asked % 3 === 0 ? `${one}${one}` : one);
  });
  const { result } = await drive({ engine, url, stage: stageOf(2, { durationS: 1, thinkMs: [10, 20] }) }, t);
  assert.deepEqual([result.status, result.generator.messages], ['completed', []]);
  assert.deepEqual(result.errors, {});
  assert.equal(result.generator.rows, asked, 'one row a request');
});

test('autocannon, several children: every moment of the one schedule is met once, no sooner than it comes', several, async (t) => {
  const engine = await engineFor('autocannon', t);
  assert.ok(engine);
  const server = await knownServer(t, '--ms', '5');
  // So many a second take two children; that the server may be too slow for them is its own affair: nothing is dropped.
  const stage = openStageOf(5500, { warmupS: 0.2, durationS: 0.6, inFlight: 101 });
  const { result, rows } = await drive({ engine, url: server.url, stage, firstTicket: 7, timeoutS: 10 }, t);
  const schedule = stageSchedule(stage, 10, 42);
  assert.ok(schedule);
  assert.deepEqual([result.status, result.why, result.generator.messages], ['completed', null, []]);
  const { requests, generator } = result;
  assert.deepEqual([requests.started, requests.completed, requests.censored, result.schedule?.unsent], [result.schedule?.due, result.schedule?.due, 0, 0]);
  assert.equal(generator.counted, generator.rows);
  const numbers = rows.map(({ ticket }) => ticket - 7);
  assert.equal(new Set(numbers).size, numbers.length, 'none twice');
  assert.ok(new Set(rows.map(({ user }) => user % 2)).size === 2, 'both children send');
  for (const { user, ticket, startMs, dueMs } of rows) {
    assert.equal((ticket - 7) % 2, user % 2, 'a request is sent by the child that has it');
    assert.ok(startMs >= dueMs - 0.01, 'sent before its moment');
  }
  const offsets = rows.map((row) => row.dueMs - (schedule[row.ticket - 7] as number));
  for (const offset of offsets) assert.ok(Math.abs(offset - (offsets[0] as number)) < 0.01, 'the moments of both have one zero');
  t.diagnostic(`sent ${percentile(rows.map((row) => row.startMs - row.dueMs), 0.5).toFixed(2)} ms late at p50`);
});

test('autocannon, several children: closed users are all there, each with its own pauses, and bodies go round', several, async (t) => {
  const engine = await engineFor('autocannon', t);
  assert.ok(engine);
  const server = await knownServer(t, '--ms', '5');
  const { result, rows } = await drive({ engine, url: server.url, stage: stageOf(30, { warmupS: 0.3, durationS: 0.7, thinkMs: [1, 4] }), aloneMs: 0.5 }, t);
  const { requests, generator } = result;
  assert.deepEqual([result.status, generator.messages, generator.dropped, requests.censored], ['completed', [], 0, 0]);
  assert.equal(generator.counted, generator.rows);
  assert.deepEqual([...new Set(rows.map(({ user }) => user))].sort((x, y) => x - y), Array.from({ length: 30 }, (_, user) => user));
  assert.equal(new Set(rows.map(({ ticket }) => ticket)).size, rows.length, 'no ticket is drawn twice');
  assert.ok(rows.every(({ ticket, user }) => ticket % 2 === user % 2), 'each child draws from its own');
  assert.ok((result.thinkMeanMs ?? 0) > 2 && result.counts.engine === rows.length);
});

test('autocannon, several children: one that is killed ends the stage, and none stays behind', several, async (t) => {
  const engine = await engineFor('autocannon', t);
  assert.ok(engine);
  const server = await knownServer(t, '--ms', '20');
  const ctx = testContext();
  let [engineAt, children]: [number, number[]] = [0, []];
  const { result } = await drive({
    engine, url: server.url, stage: stageOf(10, { durationS: 30 }), aloneMs: 0.1,
    onSpawn: (pid) => { engineAt = pid; },
    onRow: (rows) => {
      if (rows !== 50) return;
      children = childrenOf(engineAt, ctx.host.files);
      process.kill(children[1] as number, 'SIGKILL');
    },
  }, t);
  assert.equal(result.status, 'engine-failed');
  assert.equal(children.length, 2);
  assert.ok(result.requests.completed > 0, 'what was measured is kept');
  assert.ok(await eventually(() => children.every((pid) => !alive(pid, ctx.host))), 'a child was left behind');
});

/** The processes that `pid` has made. */
function childrenOf(pid: number, files: Files): number[] {
  const finder = createChildFinder(process.pid, files);
  finder.refresh();
  return finder.childrenOf(pid);
}
