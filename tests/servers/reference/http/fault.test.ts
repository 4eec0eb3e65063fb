import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { connect } from 'node:net';
import { startApp, until, type RunningApp } from '../start-app.js';

const running: RunningApp[] = [];
const start = async (...args: Parameters<typeof startApp>): Promise<RunningApp> => {
  const app = await startApp(...args);
  running.push(app);
  return app;
};
after(() => Promise.all(running.map((app) => app.close())));

const pair = { addr1: '和平路1号', addr2: '和平路2号' };

test('a planted status comes as a problem that names itself, is counted, and /health says what is planted', async () => {
  const app = await start(['--fault', 'status:502', '--fault', 'leak:1KiB']);
  const { status, body } = await app.post('/similarity', pair);
  assert.deepEqual([status, body['type'], body['title']], [502, 'urn:mgeo-bench:problem:planted-502', 'Bad Gateway']);
  assert.deepEqual((await app.get('/health')).body['faults'], ['status:502', 'leak:1KiB']);
  const { text } = await app.get('/metrics');
  assert.match(text, /^faults_injected_total\{kind="status"\} 1$/m);
  assert.match(text, /^faults_injected_total\{kind="leak"\} 1$/m);
  await until('the request is logged', () => app.logLines().some((line) => line['problem'] === 'planted-502' && line['status'] === 502));
});

test('a planted reset cuts the connection; health and metrics are left alone', async () => {
  const app = await start(['--fault', 'reset:1']);
  await assert.rejects(app.post('/similarity', pair), (error: unknown) => (error as { cause?: { code?: string } }).cause?.code === 'ECONNRESET');
  assert.equal((await app.get('/health')).status, 200);
  assert.match((await app.get('/metrics')).text, /^faults_injected_total\{kind="reset"\} 1$/m);
});

test('an inference that takes too long is 504 with Retry-After, and the next one is tried', async () => {
  const app = await start(['--fault', 'hang-after:1', '--infer-limit', '40ms']);
  const { status, body, headers } = await app.post('/similarity', pair);
  assert.deepEqual([status, body['type'], headers.get('retry-after')], [504, 'urn:mgeo-bench:problem:inference-timeout', '1']);
});

test('faults can be begun anew: windows and counts are those of the load, not of the questions before it', async () => {
  const app = await start(['--fault', 'hang-after:2', '--infer-limit', '40ms', '--cache', 'off']);
  assert.equal((await app.post('/similarity', pair)).status, 200);
  assert.deepEqual((await app.post('/faults/begin', '')).body, { begun: true, faults: ['hang-after:2'] });
  assert.equal((await app.post('/similarity', pair)).status, 200);
  assert.equal((await app.post('/similarity', pair)).status, 504);
});

test('an unplanted server says that nothing is planted', async () => {
  const app = await start();
  assert.deepEqual((await app.get('/health')).body['faults'], []);
  assert.equal((await app.post('/similarity', pair)).status, 200);
  assert.equal((await app.post('/faults/begin', '')).status, 404);
});

test('what waits past its deadline and what nobody waits for is dropped before the inference, and counted', async () => {
  const app = await start(['--deadline', '50ms', '--cache', 'off']);
  app.inference.hold();
  const busy = app.post('/similarity', pair);
  await until('the model is busy', () => app.inference.batches.length === 1);
  const late = await app.post('/similarity', { addr1: '迟到的', addr2: '迟到的二' });
  assert.deepEqual([late.status, late.body['type']], [503, 'urn:mgeo-bench:problem:deadline-passed']);
  const body = JSON.stringify({ addr1: '走了的', addr2: '走了的二' });
  const socket = connect(app.port, '127.0.0.1', () => {
    socket.write(`POST /similarity HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  });
  await until('it waits', () => (app.state.service?.scheduler.waiting() ?? 0) > 0);
  socket.destroy();
  await until('it has left the queue', () => app.state.service?.scheduler.waiting() === 0);
  app.inference.release();
  assert.equal((await busy).status, 200);
  const computed = app.inference.batches.flat();
  assert.ok(!computed.includes('迟到的') && !computed.includes('走了的'));
  const { text } = await app.get('/metrics');
  assert.match(text, /^queue_dropped_total\{reason="deadline"\} 2$/m);
  assert.match(text, /^queue_dropped_total\{reason="client-gone"\} 2$/m);
});
