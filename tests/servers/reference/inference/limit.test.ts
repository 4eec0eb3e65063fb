import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InferenceError } from '../../../../servers/reference/inference/error.js';
import { limitRuns } from '../../../../servers/reference/inference/limit.js';
import { createFakeInference, fakeEncode } from '../fake-inference.js';
import { createVirtualClock } from '../virtual-clock.js';

const batch = [{ ids: fakeEncode('a') }];
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('a run that takes too long is given up, and its process is told', async () => {
  const clock = createVirtualClock();
  let signal: AbortSignal | undefined;
  const run = limitRuns({ run: (_, stop) => ((signal = stop), new Promise(() => undefined)) }, { limitMs: 100, clock });
  const late = run(batch);
  late.catch(() => undefined);
  await turn();
  clock.pass(99);
  assert.equal(signal?.aborted, false);
  clock.pass(1);
  await assert.rejects(late, (error: unknown) => error instanceof InferenceError && error.code === 'run-timeout');
  assert.equal(signal?.aborted, true);
});

test('one in time is answered, and its timer is gone', async () => {
  const clock = createVirtualClock();
  let signal: AbortSignal | undefined;
  const fake = createFakeInference();
  const run = limitRuns({ run: (texts, stop) => ((signal = stop), fake.run(texts)) }, { limitMs: 100, clock });
  assert.equal((await run(batch)).vectors.length, 1);
  await turn();
  clock.pass(1000);
  assert.equal(signal?.aborted, false);
});

test('what hinders a run counts within its limit, and keeps it from starting', async () => {
  const clock = createVirtualClock();
  const fake = createFakeInference();
  const run = limitRuns(fake, { limitMs: 100, clock, hindrance: () => new Promise(() => undefined) });
  const late = run(batch);
  late.catch(() => undefined);
  clock.pass(100);
  await assert.rejects(late, /longer than 100 ms/);
  assert.deepEqual(fake.batches, []);
  await assert.rejects(limitRuns(fake, { limitMs: null, clock, hindrance: () => Promise.reject(new Error('hindered')) })(batch), /hindered/);
});
