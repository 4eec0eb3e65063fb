/** The GPU server passes the same suite, on a CPU. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { serverFolder, torchPython, withoutTorch } from '../servers/torch/python.js';
import { idsOf, runSuite, whole } from './run-suite.js';

test('the GPU server: every check holds', { skip: withoutTorch }, async () => {
  const { done, checks } = await runSuite({ process: { command: [torchPython, join(serverFolder, 'serve.py'), '--port', '{port}', '--execution', 'cpu'], url: 'http://127.0.0.1:{port}', ready: '/ready' } });
  assert.equal(done.code, 0, done.stderr + done.stdout);
  assert.deepEqual(done.left, []);
  assert.deepEqual(checks.filter(({ status }) => status === 'fail'), []);
  assert.deepEqual(idsOf(checks, 'not-applicable').filter((id) => id !== 'live-before-ready' && id !== 'ready-503'), whole ? [] : ['slow-bodies-cut', 'slow-headers-cut']);
});
