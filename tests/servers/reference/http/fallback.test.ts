import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startApp, until, type RunningApp } from '../start-app.js';

const running: RunningApp[] = [];
const start = async (...args: Parameters<typeof startApp>): Promise<RunningApp> => {
  const app = await startApp(...args);
  running.push(app);
  return app;
};
after(() => Promise.all(running.map((app) => app.close())));

const pair = (number: number): { addr1: string; addr2: string } => ({ addr1: `杭州市余杭区文一西路${number}号`, addr2: `余杭区文一西路${number}号` });
/** Enough failures that the fallback takes over. */
const fail = async (app: RunningApp): Promise<number[]> => {
  const statuses: number[] = [];
  for (let number = 0; number < 25; number += 1) statuses.push((await app.post('/similarity', pair(1000 + number))).status);
  return statuses;
};

test('when inferences keep failing words answer, and say so everywhere', async () => {
  const app = await start(['--fault', 'error:1']);
  const statuses = await fail(app);
  assert.deepEqual([statuses[0], statuses.at(-1)], [500, 200]);
  const one = await app.post('/similarity', pair(7));
  assert.deepEqual([one.status, one.body['degraded'], one.headers.get('x-degraded'), one.headers.get('x-batch-size')], [200, true, 'true', '0']);
  assert.equal(one.body['label'], 'match');
  assert.ok(Number(one.body['similarity']) > 0.8 && Number(one.body['similarity']) <= 1);
  const many = await app.post('/similarity/batch', { pairs: [['甲路1号', '乙路2号'], ['甲路1号', '甲路1号']] });
  assert.deepEqual(many.body, { similarities: [0, 1], degraded: true });
  assert.equal((await app.get('/ready')).status, 200);
  const { body } = await app.get('/health');
  assert.equal(body['status'], 'degraded');
  assert.deepEqual(body['fallback'], { enabled: true, active: true, activations: 1, failureShare: null });
  const { text } = await app.get('/metrics');
  assert.match(text, /^fallback_active 1$/m);
  assert.match(text, /^fallback_activations_total 1$/m);
  assert.match(text, /^fallback_answers_total [1-9]\d*$/m);
  await until('the log says so', () => app.logLines().some((line) => line['degraded'] === true));
});

test('what the cache knows is still answered from it, as the model had it', async () => {
  const app = await start();
  const before = await app.post('/similarity', pair(1));
  app.inference.failAll = true;
  await fail(app);
  assert.equal(app.state.service?.fallback.active(), true);
  const again = await app.post('/similarity', pair(1));
  assert.deepEqual([again.body, again.headers.get('x-cache'), again.headers.get('x-degraded')], [before.body, 'hit', null]);
  assert.equal((await app.post('/similarity', pair(2))).body['degraded'], true);
});

test('what waits behind a model that hangs is answered when the fallback takes over', async () => {
  const app = await start(['--deadline', 'off', '--infer-limit', 'off', '--max-batch', '2']);
  app.inference.hold();
  const waits = Array.from({ length: 5 }, (_, index) => app.post('/similarity', pair(index)));
  await until('they wait', () => (app.state.service?.scheduler.waiting() ?? 0) >= 8);
  for (let seen = 0; seen < 20; seen += 1) app.state.service?.fallback.observe(true);
  for (const answer of await Promise.all(waits)) assert.deepEqual([answer.status, answer.body['degraded']], [200, true]);
  assert.match((await app.get('/metrics')).text, /^queue_dropped_total\{reason="not-needed"\} 8$/m);
});

test('switched off it never answers', async () => {
  const app = await start(['--fault', 'error:1', '--fallback', 'off']);
  assert.deepEqual([...new Set(await fail(app))], [500]);
  assert.deepEqual((await app.get('/health')).body['fallback'], { enabled: false, active: false, activations: 0, failureShare: null });
});
