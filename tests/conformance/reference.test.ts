/** The reference server passes the suite whole. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Result } from '../../harness/report/index.js';
import { conformanceChecks } from '../../harness/probe/conformance/index.js';
import { createBench } from '../../harness/probe/conformance/bench.js';
import { testContext } from '../host/context.js';
import { readJson } from '../e2e/cli.js';
import { optionsOf } from '../probe/conformance/bench-of.js';
import { startApp } from '../servers/reference/start-app.js';
import { idsOf, runSuite, whole } from './run-suite.js';

test('the reference server: every check holds, in the record, the table and JUnit', async () => {
  const { done, output, checks } = await runSuite(null);
  assert.equal(done.code, 0, done.stderr + done.stdout);
  assert.deepEqual(done.left, []);
  assert.deepEqual(checks.filter(({ status }) => status === 'fail'), []);
  // How long the model takes to load is the machine's: it may be ready before it can be asked.
  const left = whole ? [] : ['slow-bodies-cut', 'slow-headers-cut'];
  assert.deepEqual(idsOf(checks, 'not-applicable').filter((id) => id !== 'live-before-ready' && id !== 'ready-503'), left);
  assert.deepEqual(checks.map(({ id }) => id), conformanceChecks.map(({ id }) => id));
  const result = readJson<Result>(output, 'result.json');
  assert.deepEqual(result.checks.map(({ id, status, level }) => [id, status, level]), [['conformance must==0', 'pass', 'error'], ['conformance should==0', 'pass', 'warn']]);
  assert.equal(result.conformance?.checks.length, conformanceChecks.length);
  assert.match(done.stdout, /Drain +5 hold, 0 fail/);
  const junit = readFileSync(join(output, 'junit.xml'), 'utf8');
  assert.equal(junit.match(/conformance\.conformance\.\w+" name=/g)?.length, conformanceChecks.length);
  assert.match(readFileSync(join(output, 'report.html'), 'utf8'), /pipelined requests are all answered/);
});

test('its limits on slow clients, with a shorter patience', async () => {
  const app = await startApp([], { patience: { headersMs: 400, requestMs: 900, keepAliveMs: 5_000 } });
  const bench = createBench(optionsOf(app.url, { patienceS: 8 }), testContext());
  for (const id of ['slow-headers-cut', 'slow-bodies-cut']) {
    const found = await conformanceChecks.find((check) => check.id === id)!.run(bench);
    assert.equal(found.status, 'pass', `${id}: ${JSON.stringify(found)}`);
  }
  await app.close();
});
