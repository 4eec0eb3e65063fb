/** What the suite catches in the service that people start with; and what it can say of a server of another API that runs already. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Result } from '../../harness/report/index.js';
import { readJson } from '../e2e/cli.js';
import { wrongHttp } from '../probe/conformance/wrong-server.js';
import { idsOf, runSuite, whole } from './run-suite.js';

const naive = fileURLToPath(new URL('../stand-ins/naive-server.js', import.meta.url));

test('the naive service is caught', async () => {
  const { done, output, checks } = await runSuite({ process: { command: [process.execPath, naive, '--port', '{port}'], url: 'http://127.0.0.1:{port}', ready: '/ready' } }, { 'load.timeout': '2s' });
  assert.equal(done.code, 1, done.stderr + done.stdout);
  assert.deepEqual(done.left, []);
  const failed = idsOf(checks, 'fail');
  const caught = ['abnormal-bodies', 'batch', 'blank', 'drain-under-way', 'endless-body', 'health-model', 'large-body', 'not-an-object', 'problem-details', 'request-id', 'too-long', 'wrong-method'];
  assert.deepEqual(caught.filter((id) => !failed.includes(id)), [], failed.join(' '));
  // What Node's own server does for it.
  assert.deepEqual(['answer', 'keep-alive', 'pipelining', 'in-pieces', 'chunked', 'huge-header', 'two-lengths', 'not-http', 'abandoned', 'many-connections'].filter((id) => failed.includes(id)), []);
  assert.match(readJson<Result>(output, 'result.json').verdict.sentence, /^The server does not conform: \d+ of \d+ checks that must hold failed: /);
});

test('a server of another wire format that runs already: what is of the API, of the start and of the drain does not apply', async () => {
  const other = await wrongHttp(({ method, url }, body) => {
    if (url !== '/v1/match') return { status: 404, body: '{}' };
    if (method !== 'POST') return { status: 405, body: '{}' };
    try {
      const { query } = JSON.parse(body) as { query?: unknown };
      if (!Array.isArray(query) || query.some((text) => typeof text !== 'string' || !/\p{L}/u.test(text))) return { status: 422, body: '{}' };
      return { body: '{"data":[{"score":0.5}]}' };
    } catch {
      return { status: 400, body: '{}' };
    }
  });
  const { done, checks } = await runSuite({ url: other.url }, { 'load.timeout': '2s', request: { template: { path: '/v1/match', body: { model: 'm', query: ['{{a}}', '{{b}}'] }, score: 'data.0.score' } } });
  await other.close();
  assert.equal(done.code, 1, done.stderr + done.stdout);
  const reasons = new Map(checks.map(({ id, reason }) => [id, reason.code]));
  assert.deepEqual(['batch', 'drain-exit', 'live-before-ready', 'abnormal-bodies', 'slow-bodies-cut'].map((id) => reasons.get(id)), ['other-format', 'not-started-here', 'no-ready-path', 'no-kinds', whole ? 'never-cut-off' : 'not-waited-for']);
  assert.deepEqual(idsOf(checks, 'fail'), ['endless-body', 'health-200', 'health-json', 'huge-header', 'huge-header-431', 'long-path', 'many-headers', 'no-host', 'overload-answered', 'slow-bodies-cut', 'slow-headers-cut'].filter((id) => idsOf(checks, 'fail').includes(id)), 'no other check fails');
});
