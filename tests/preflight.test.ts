/** The preflight of a run, with an engine whose lateness is planted and the real built-in server. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { ageText, bearableText } from '../harness/calibration.js';
import { foreknown, preflight } from '../harness/preflight.js';
import type { Context } from '../harness/host/index.js';
import type { Engine } from '../harness/load/index.js';
import { BenchError } from '../harness/model/error.js';
import type { RunEvent } from '../harness/model/event.js';
import type { Plan } from '../harness/model/plan.js';
import type { Environment } from '../harness/model/record.js';
import type { Stage } from '../harness/model/stage.js';
import { buildRecord, percentileGate } from './analysis/record-builder.js';
import { buildStage } from './analysis/synthetic-stage.js';
import { testContext } from './host/context.js';
import { openStageOf, rowOf, stageOf } from './load/stage-setup.js';

const environment: Environment = { harness: { version: '0.1.0', commit: null }, node: 'v20', os: 'Debian', kernel: '6.1', cpu: 'Example CPU', cores: 2, memoryMiB: 4000, loadBefore: 0.1 };

interface World {
  ctx: Context & { events: RunEvent[] };
  engine: Engine;
  /** Ladders that were driven. */
  climbs: () => number;
}

/** An engine that sends on time up to `bearsRps` (of each ladder in turn) and 50 ms late above it; a cache folder of the test's own. */
function world(t: TestContext, ...bearsRps: number[]): World {
  const cacheDir = mkdtempSync(join(tmpdir(), 'preflight-'));
  t.after(() => { rmSync(cacheDir, { recursive: true, force: true }); });
  const ctx = testContext();
  // Noon: the day does not end under the test.
  const noon = Date.parse('2026-05-05T12:00:00.000Z') - performance.now();
  const host = { ...ctx.host, files: { ...ctx.host.files, cacheDir }, clock: { ...ctx.host.clock, epochMs: () => noon + performance.now() } };
  let climbs = 0;
  const engine: Engine = {
    name: 'k6', version: 'v9', why: 'planted',
    drive: async ({ momentsMs = new Float64Array(), onRow }, { signal }) => {
      const bearable = bearsRps[Math.min(climbs, bearsRps.length - 1)] ?? 0;
      climbs += 1;
      for (let k = 0; k < momentsMs.length && !signal.aborted; k += 1) {
        const due = momentsMs[k] as number;
        // The rate about a request, by those ten before and behind it.
        const [from, to] = [momentsMs[Math.max(0, k - 20)] as number, momentsMs[Math.min(momentsMs.length - 1, k + 20)] as number];
        const startMs = due + ((40_000 / (to - from)) > bearable * 1.35 ? 50 : 0.2);
        onRow?.({ ...rowOf({ user: 0, seq: k, ticket: k, startMs, endMs: startMs + 10.2, timing: 'total;dur=10' }), dueMs: due, latencyUs: Math.round((startMs - due + 10.2) * 1000) });
      }
      return buildStage({ users: 1 }, 0, 0, 1);
    },
  };
  return { ctx: { ...ctx, host }, engine, climbs: () => climbs };
}

const planOf = (stages: Stage[], strict = false): Plan => {
  const { plan } = buildRecord();
  return { ...plan, load: { ...plan.load, engine: 'k6', stages }, policy: { ...plan.policy, strict } };
};
const notes = ({ events }: World['ctx'], level: 'info' | 'warn'): string[] => events.flatMap((event) => (event.kind === 'note' && event.level === level ? [`${event.code}: ${event.text}`] : []));

test('the first run of the day measures, the next one knows', async (t) => {
  const { ctx, engine, climbs } = world(t, 1000);
  const first = await preflight(planOf([stageOf(50)]), engine, environment, undefined, ctx);
  assert.ok(first?.status === 'done' && first.from === 'measured' && first.ageS === 0);
  const second = await preflight(planOf([openStageOf(800)]), engine, environment, undefined, ctx);
  assert.ok(second?.status === 'done' && second.from === 'cache' && second.ageS > 0);
  assert.deepEqual(second.figures, first.figures);
  assert.equal(climbs(), 1);
  assert.match(notes(ctx, 'info').at(-1) ?? '', /^calibrated: on this machine k6 sends open load on time up to about 1,000 requests\/s \(measured .* ago with a server that needs little CPU\)$/);
  assert.equal(notes(ctx, 'info').length, 1, 'the first load was closed: it asks for no rate, so nothing is said of rates');
  assert.deepEqual(notes(ctx, 'warn'), []);
  const { calibration: known } = await foreknown(planOf([stageOf(50)]), undefined, { ...ctx.host, machine: { ...ctx.host.machine, describe: () => Promise.resolve(environment) } }, ctx.signal);
  assert.deepEqual([known?.says, known?.complaint], [null, null], 'nor by plan');
});

test('too much is said after two tries of its own rate: a warning, under strict a refusal', async (t) => {
  const { ctx, engine, climbs } = world(t, 1000);
  await preflight(planOf([stageOf(50)]), engine, environment, undefined, ctx);
  const told = await preflight(planOf([openStageOf(100), openStageOf(1700)]), engine, environment, undefined, ctx);
  assert.equal(climbs(), 3, 'what the day knew was not enough to say so');
  assert.ok(told?.status === 'done' && told.from === 'measured');
  assert.ok(told.figures.rungs.some(({ rateRps }) => rateRps === 1700), 'the plan\'s own rate was tried');
  assert.deepEqual(notes(ctx, 'warn'), ['rate-unbearable: An open load of 1,700 requests/s is more than can be sent on time: on this machine k6 sends open load on time up to about 1,000 requests/s (measured with a server that needs little CPU).']);
  await assert.rejects(preflight(planOf([openStageOf(1700)], true), engine, environment, undefined, ctx), (error) => {
    assert.ok(error instanceof BenchError && error.code === 'rate-unbearable' && error.exitCode === 2);
    assert.match(error.message, /^An open load of 1,700 requests\/s is more .* about 1,000 requests\/s/);
    assert.notEqual(error.hint, '');
    return true;
  });
  const { calibration: known } = await foreknown(planOf([openStageOf(1700)]), undefined, { ...ctx.host, machine: { ...ctx.host.machine, describe: () => Promise.resolve(environment) } }, ctx.signal);
  assert.match(known?.complaint ?? '', /^An open load of 1,700/, 'plan says it too');
});

test('a search need not get to its highest rate: that is a warning under strict too; its lowest is asked in any case', async (t) => {
  const { ctx, engine } = world(t, 1000);
  const search = (fromRps: number, toRps: number): Plan => {
    const plan = planOf([], true);
    return { ...plan, gates: [], load: { ...plan.load, search: { fromRps, toRps, resolution: 0.05, process: 'poisson', inFlight: null, warmupS: 1, durationS: 10, requests: 398, confirm: 1, budgetS: 900 } } };
  };
  await preflight(search(50, 3000), engine, environment, undefined, ctx);
  assert.match(notes(ctx, 'warn')[0] ?? '', /^rate-unbearable: A search up to 3,000 requests\/s may go beyond what can be sent on time: on this machine k6 sends open load on time up to about 1,000/);
  await assert.rejects(preflight(search(1500, 3000), engine, environment, undefined, ctx), { code: 'rate-unbearable' });
});

test('users who think may make more than is borne: a warning, under strict too; what a quick server would let them do is never told as asked', async (t) => {
  const { ctx, engine, climbs } = world(t, 1000);
  const told = await preflight(planOf([stageOf(300, { thinkMs: [100, 200] }), stageOf(50)], true), engine, environment, undefined, ctx);
  assert.equal(climbs(), 2, 'it is not said after one try');
  assert.ok(told?.status === 'done' && told.figures.rungs.some(({ rateRps }) => rateRps === 2000));
  const says = 'A closed load that makes 2,000 requests/s where every answer comes at once may go beyond what can be sent on time: on this machine k6 sends open load on time up to about 1,000 requests/s (measured with a server that needs little CPU).';
  assert.deepEqual([notes(ctx, 'warn'), notes(ctx, 'info')], [[`users-unbearable: ${says}`], []]);
  const { calibration: known } = await foreknown(planOf([stageOf(300, { thinkMs: [100, 200] })]), undefined, { ...ctx.host, machine: { ...ctx.host.machine, describe: () => Promise.resolve(environment) } }, ctx.signal);
  assert.match(known?.complaint ?? '', /^A closed load that makes 2,000 requests\/s .* may go beyond/, 'plan says it too');
  assert.equal(known?.says, known?.complaint);

  const fits = world(t, 1000);
  await preflight(planOf([stageOf(150, { thinkMs: [100, 200] })], true), fits.engine, environment, undefined, fits.ctx);
  assert.deepEqual([fits.climbs(), notes(fits.ctx, 'warn')], [1, []], '1,000 a second at most are borne');

  const busy = world(t, 10);
  await preflight(planOf([stageOf(300, { thinkMs: [100, 200] })], true), busy.engine, environment, undefined, busy.ctx);
  assert.match(notes(busy.ctx, 'warn')[0] ?? '', /^users-unbearable: A closed load .* may go beyond what can be sent on time: this machine is too busy/, 'also where nothing is borne');
});

test('gates that the planned requests cannot pass are said with what would be enough, and refused under strict', async (t) => {
  const { ctx, engine } = world(t, 1000);
  const gates = [percentileGate('latency', 99, '<', 800)];
  await preflight({ ...planOf([openStageOf(10, { durationS: 20 })]), gates }, engine, environment, undefined, ctx);
  assert.deepEqual(notes(ctx, 'warn'), ['budget-too-small: latency p(99)<800ms cannot pass at “s”: at 99 % confidence it takes 459 requests, and the plan has about 200; load.open.duration: 46s would be enough.']);
  await assert.rejects(preflight({ ...planOf([openStageOf(10, { durationS: 20 })], true), gates }, engine, environment, undefined, ctx), (error) => error instanceof BenchError && error.code === 'budget-too-small' && error.exitCode === 2 && error.hint !== '');
});

test('a busy moment is not held against the machine', async (t) => {
  const { ctx, engine, climbs } = world(t, 100, 3000);
  const told = await preflight(planOf([openStageOf(1000)], true), engine, environment, undefined, ctx);
  assert.ok(told?.status === 'done');
  assert.deepEqual([climbs(), notes(ctx, 'warn')], [2, []]);
});

test('a machine that bears nothing says so; an engine that cannot be calibrated is no failure of the run', async (t) => {
  const busy = world(t, 10);
  await preflight(planOf([openStageOf(300)]), busy.engine, environment, undefined, busy.ctx);
  assert.match(notes(busy.ctx, 'warn')[0] ?? '', /An open load of 300 requests\/s is more than can be sent on time: this machine is too busy for open load with k6: even 200 requests\/s are sent late \(p99 50 ms; measured with a server that needs little CPU\)\.$/);
  const broken = world(t, 1000);
  const silent: Engine = { ...broken.engine, drive: () => Promise.resolve({ ...buildStage({ users: 1 }, 0, 0, 1), status: 'engine-failed', why: 'it broke' }) };
  assert.deepEqual(await preflight(planOf([openStageOf(300)], true), silent, environment, undefined, broken.ctx), { status: 'absent', why: 'it broke' });
  assert.deepEqual(notes(broken.ctx, 'info'), ['not-calibrated: k6 could not be calibrated: it broke']);
});

test('a simulated engine has no machine to bear', async (t) => {
  const { ctx, engine, climbs } = world(t, 1000);
  assert.equal(await preflight(planOf([openStageOf(1e6)], true), { ...engine, name: 'simulated' }, environment, undefined, ctx), null);
  assert.equal(climbs(), 0);
});

test('words for what was found', () => {
  const rung = { rateRps: 4000, due: 9, ended: 9, lagMs: { p50: 0, p99: 1 }, clientMs: { p50: 10, p95: 10 }, sentMs: { p50: 10, p95: 10 }, serverMs: { p50: 10, p95: 10 } };
  const figures = { engine: { name: 'k6' as const, version: 'v9' }, measuredAt: '', tookS: 1, server: { ms: 10, varyMs: 1 }, burst: null, closed: null, rungs: [rung] };
  const how = '(measured with a server that needs little CPU)';
  assert.equal(bearableText(figures), `on this machine k6 sends open load of at least 4,000 requests/s on time ${how}`);
  const late = { ...rung, lagMs: { p50: 0, p99: 5 } };
  assert.equal(bearableText({ ...figures, rungs: [{ ...rung, rateRps: 500 }, late] }), `on this machine k6 sends open load of at least 4,000 requests/s on time; above 500 requests/s its latencies may be marked suspect ${how}`);
  assert.equal(bearableText({ ...figures, rungs: [late] }, 400), 'on this machine k6 sends open load of at least 4,000 requests/s on time; at every rate its latencies may be marked suspect (measured 6.67 min ago with a server that needs little CPU)');
  assert.deepEqual([12, 400, 20_000].map(ageText), ['12 s', '6.67 min', '5.56 h']);
});
