/** A server that dies in the middle of the suite: one sentence says so, and the checks after it are not blamed. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Result } from '../../harness/report/index.js';
import { readJson } from '../e2e/cli.js';
import { idsOf, runSuite } from './run-suite.js';

/** Answers every question, and cannot bear an unknown path. */
const fragile = `
  require('node:http').createServer((request, response) => {
    if (request.url.startsWith('/no-such')) { console.error('fatal: no route'); process.exit(9); }
    request.resume().on('end', () => response.setHeader('content-type', 'application/json').end('{"similarity":0.5,"label":"partial"}'));
  }).listen(Number(process.argv[1]), '127.0.0.1');`;

test('the server ends during a check: exit 3 with its last lines, and what follows is not run', async () => {
  const { done, output, checks } = await runSuite({ process: { command: [process.execPath, '-e', fragile, '{port}'], url: 'http://127.0.0.1:{port}', ready: '/ready' } }, { 'load.timeout': '2s' });
  assert.equal(done.code, 3, done.stderr + done.stdout);
  assert.deepEqual(done.left, []);
  assert.match(done.stderr, /^error: The server is gone since the check request-id-on-errors: the server ended with exit code 9\.\n(?: {2}.*\n)* {2}fatal: no route\n(?: {2}.*\n)*hint: /m);
  const at = checks.findIndex(({ id }) => id === 'request-id-on-errors');
  assert.deepEqual([checks[at]?.status, checks[at]?.reason.code], ['fail', 'gone-after']);
  assert.ok(checks.length > at + 40 && checks.slice(at + 1).every(({ status, reason }) => status === 'not-run' && reason.code === 'gone-before'));
  const result = readJson<Result>(output, 'result.json');
  assert.equal(result.verdict.status, 'invalid');
  assert.match(result.verdict.sentence, /The server is gone since the check request-id-on-errors/);
  assert.match(done.stdout, new RegExp(`The suite ended early: ${String(at + 1)} of ${String(checks.length)} checks were made\\.`));
  assert.match(done.stdout, /^Overload +0 hold, 0 fail, 0 not applicable, 4 not run$/m);
  for (const id of idsOf(checks, 'not-run')) assert.ok(!done.stdout.includes(` ${id}:`), `${id} is not blamed`);
  assert.match(readFileSync(join(output, 'junit.xml'), 'utf8'), /name="keep-alive"[^>]*>\s*<skipped/);
});
