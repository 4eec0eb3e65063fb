/** `doctor` measures for real, and the day's other commands know of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Calibration } from '../../harness/model/calibration.js';
import { calibrationSchema } from '../../harness/model/calibration.js';
import { cli, scratch } from '../e2e/cli.js';

test('doctor calibrates the engine that is there, and plan says what the machine does not bear', { timeout: 60_000 }, async (t) => {
  // Nothing but Node: no k6, and no Go to build it with.
  const env = { PATH: scratch(), MGEO_BENCH_CACHE: scratch() };
  const done = await cli(['doctor', '--json'], env);
  assert.deepEqual([done.code, done.stderr, done.left], [0, '', []]);
  const { calibration, checks } = JSON.parse(done.stdout) as { calibration: Record<string, Calibration>; checks: { id: string; status: string }[] };
  assert.deepEqual(Object.keys(calibration), ['autocannon']);
  assert.equal(checks.find(({ id }) => id === 'k6')?.status, 'missing');
  const { rungs, closed, burst } = calibrationSchema.parse(calibration['autocannon']);
  t.diagnostic(JSON.stringify(rungs.map(({ rateRps, lagMs }) => [rateRps, lagMs?.p99])));
  assert.ok(rungs.length >= 2 && rungs.every(({ rateRps, due, ended }, i) => rateRps > (rungs[i - 1]?.rateRps ?? 0) && ended > 0 && ended <= due));
  for (const { serverMs, sentMs, clientMs } of rungs) {
    assert.ok(serverMs !== null && sentMs !== null && clientMs !== null);
    assert.ok(serverMs.p50 >= 8.5, `nominally 9 to 11 ms: ${String(serverMs.p50)}`);
    assert.ok(sentMs.p50 > serverMs.p50 - 0.5 && clientMs.p50 >= sentMs.p50 - 0.01, 'no request is faster at the client than at the server, nor from its moment than from its sending');
  }
  assert.ok(closed !== null && closed.ended > 100 && closed.clientMs.p50 > closed.serverMs.p50 - 0.5, JSON.stringify(closed));
  assert.ok(burst !== null && burst.requests === 100 && burst.lagP99Ms > 0);

  const plan = await cli(['plan', 'slo-200qps', '--engine', 'autocannon', '--set', 'load.open.rates=[100000]', '--set', 'load.open.duration=5s', '--set', 'load.warmup=0s'], env);
  assert.equal(plan.code, 0, plan.stderr);
  // Where even the highest rung was borne, nobody knows of more.
  assert.match(plan.stdout, /^machine {3}(An open load of 100,000 requests\/s is more than can be sent on time: )?(on this machine autocannon sends|this machine is too busy for) open load .*measured .* ago with a server that needs little CPU\)\.$/m);
});

test('doctor without calibration is over at once', async () => {
  const done = await cli(['doctor', '--no-calibration']);
  assert.equal(done.code, 0);
  assert.match(done.stdout, /^✓ machine/m);
  assert.ok(!done.stdout.includes('rate'), done.stdout);
});
