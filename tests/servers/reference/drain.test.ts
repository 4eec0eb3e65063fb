import assert from 'node:assert/strict';
import { Agent, request } from 'node:http';
import { test } from 'node:test';
import { drain } from '../../../servers/reference/drain.js';
import { startApp, until, type RunningApp } from './start-app.js';

const begin = async (): Promise<RunningApp> => {
  const app = await startApp();
  app.inference.hold();
  return app;
};

test('what is in flight is finished, then the inference is closed', async () => {
  const app = await begin();
  const running = app.post('/similarity', { addr1: 'r1', addr2: 'r2' });
  await until('it runs', () => app.inference.batches.length === 1);
  const queued = app.post('/similarity', { addr1: 'q1', addr2: 'q2' });
  await until('it waits', () => app.state.service?.scheduler.waiting() === 2);
  const drained = drain(app.app.http, app.state, 30);
  await until('the door is shut', () => !app.app.http.server.listening);
  await assert.rejects(app.get('/health'));
  assert.equal(app.inference.closed, false);
  app.inference.release();
  assert.deepEqual([(await running).status, (await queued).status], [200, 200]);
  assert.equal(await drained, 0);
  assert.equal(app.inference.closed, true);
  await app.close();
});

test('on a connection kept open, ready turns 503 and work is refused while draining', async () => {
  const app = await begin();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (method: string, path: string, body?: string): Promise<{ status: number; connection: string | undefined }> =>
    new Promise((resolve, reject) => {
      const sent = request(app.url + path, { method, agent, headers: { 'content-type': 'application/json' } }, (response) => {
        response.resume().once('end', () => {
          resolve({ status: response.statusCode ?? 0, connection: response.headers.connection });
        });
      });
      sent.once('error', reject);
      sent.end(body);
    });
  assert.equal((await ask('GET', '/ready')).status, 200);
  // The phase alone: the connection would be closed as idle before it could ask.
  app.state.phase = 'draining';
  assert.deepEqual(await ask('GET', '/ready'), { status: 503, connection: 'close' });
  assert.deepEqual(await ask('POST', '/similarity', '{"addr1":"a","addr2":"b"}'), { status: 503, connection: 'close' });
  agent.destroy();
  await app.close();
});

test('what takes longer than the drain is cut off and counted', async () => {
  const app = await begin();
  const stuck = app.post('/similarity', { addr1: 'r1', addr2: 'r2' }).then(
    () => 'answered',
    () => 'cut off',
  );
  await until('it runs', () => app.inference.batches.length === 1);
  assert.equal(await drain(app.app.http, app.state, 0.05), 1);
  assert.equal(await stuck, 'cut off');
  await app.close();
});
