import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { test } from 'node:test';
import { InferenceError } from '../../../../servers/reference/inference/error.js';
import { startPool, type Pool } from '../../../../servers/reference/inference/pool.js';
import type { WorkerAnswer, WorkerProcess } from '../../../../servers/reference/inference/worker-process.js';

/** A process whose answers and death the test decides. */
interface FakeWorker extends WorkerProcess {
  seen: number[][];
  stopped: boolean;
  answer(): void;
  die(reason: string): void;
}

const createFake = (pid: number): FakeWorker => {
  let pending: { resolve: (answer: WorkerAnswer) => void; reject: (error: Error) => void; texts: number } | null = null;
  let exit: (reason: string) => void = () => undefined;
  const exited = new Promise<string>((resolve) => (exit = resolve));
  const fake: FakeWorker = {
    pid,
    seen: [],
    stopped: false,
    rssBytes: () => 100,
    exited,
    run: (ids, lengths) => {
      assert.equal(pending, null, 'a process got two batches at once');
      fake.seen.push(Array.from(ids));
      return new Promise((resolve, reject) => (pending = { resolve, reject, texts: lengths.length }));
    },
    answer: () => {
      const done = pending;
      pending = null;
      done?.resolve({ kind: 'done', vectors: new Float32Array(done.texts * 2).fill(pid), inferMs: 1 });
    },
    die: (reason) => {
      pending?.reject(new InferenceError('worker-died', reason));
      pending = null;
      exit(reason);
    },
    kill: () => {
      fake.die('ended by SIGKILL');
    },
    stop: async () => {
      fake.stopped = true;
      exit('ended with code 0');
    },
  };
  return fake;
};

const setUp = async (workers: number): Promise<{ pool: Pool; fakes: FakeWorker[]; logs: string[]; clock: { nowMs: number } }> => {
  const fakes: FakeWorker[] = [];
  const logs: string[] = [];
  const clock = { nowMs: 0 };
  const pool = await startPool({
    workers,
    hidden: 2,
    vocabSize: 100,
    maxTokens: 4,
    nowMs: () => clock.nowMs,
    log: (line) => logs.push(line),
    start: async () => {
      const fake = createFake(fakes.length);
      fakes.push(fake);
      return fake;
    },
  });
  return { pool, fakes, logs, clock };
};

const text = (...ids: number[]) => ({ ids: Int32Array.from(ids) });
const worker = (fakes: FakeWorker[], at: number): FakeWorker => {
  const fake = fakes[at];
  assert.ok(fake, `process ${at} was started`);
  return fake;
};

test('a batch is one flat transfer; its vectors come apart again and stand alone', async () => {
  const { pool, fakes } = await setUp(1);
  const running = pool.run([text(1, 2), text(3)]);
  assert.deepEqual(worker(fakes, 0).seen, [[1, 2, 3]]);
  worker(fakes, 0).answer();
  const { vectors } = await running;
  assert.deepEqual(vectors.map((vector) => vector.length), [2, 2]);
  assert.notEqual(vectors[0]?.buffer, vectors[1]?.buffer);
  await pool.close();
});

test('what is more than the processes can take waits first in, first out', async () => {
  const { pool, fakes } = await setUp(2);
  const order: number[] = [];
  const runs = [1, 2, 3, 4].map((id) => pool.run([text(id)]).then(() => order.push(id)));
  assert.deepEqual(fakes.map((fake) => fake.seen.length), [1, 1]);
  for (let round = 0; round < 2; round += 1) {
    for (const fake of fakes) fake.answer();
    await turn();
  }
  await Promise.all(runs);
  assert.deepEqual(order.slice(0, 2).sort(), [1, 2]);
  assert.deepEqual(fakes.map((fake) => fake.seen.length), [2, 2]);
  assert.equal(pool.rssBytes(), 200);
  await pool.close();
});

test('a batch that is given up costs its process, and the next one gets another', async () => {
  const { pool, fakes } = await setUp(1);
  const stop = new AbortController();
  const hung = pool.run([text(1)], stop.signal);
  stop.abort();
  await assert.rejects(hung, (error) => error instanceof InferenceError && error.code === 'worker-died');
  const next = pool.run([text(2)]);
  await turn();
  assert.deepEqual(worker(fakes, 1).seen, [[2]]);
  worker(fakes, 1).answer();
  assert.equal((await next).vectors.length, 1);
  await assert.rejects(pool.run([text(3)], stop.signal), /given up/);
  await pool.close();
});

test('a batch the model cannot take is refused before it reaches a process', async () => {
  const { pool, fakes } = await setUp(1);
  for (const [bad, words] of [
    [text(), /no tokens/],
    [text(1, 2, 3, 4, 5), /5 tokens, the model takes 4/],
    [text(100), /outside the vocabulary/],
    [text(-1), /outside the vocabulary/],
  ] as const) {
    await assert.rejects(pool.run([text(1), bad]), (error) => error instanceof InferenceError && error.code === 'batch-refused' && words.test(error.message));
  }
  assert.deepEqual(worker(fakes, 0).seen, []);
  assert.deepEqual(await pool.run([]), { vectors: [], inferMs: 0 });
  await pool.close();
});

test('a process that dies fails its own batch only and is started again', async () => {
  const { pool, fakes, logs } = await setUp(1);
  const lost = assert.rejects(pool.run([text(1)]), (error) => error instanceof InferenceError && error.code === 'worker-died');
  const waiting = pool.run([text(2)]);
  worker(fakes, 0).die('ended by SIGKILL');
  await lost;
  await turn();
  assert.deepEqual(worker(fakes, 1).seen, [[2]]);
  worker(fakes, 1).answer();
  assert.equal((await waiting).vectors.length, 1);
  assert.equal(logs.length, 1);
  assert.match(logs[0] ?? '', /ended by SIGKILL; it is started again \(1 of 3/);
  await pool.close();
});

test('the fourth death within a minute is the end: waiting batches fail and the crash is told', async () => {
  const { pool, fakes } = await setUp(1);
  for (let death = 0; death < 3; death += 1) {
    worker(fakes, death).die('ended with code 1');
    await turn();
  }
  const running = assert.rejects(pool.run([text(1)]));
  const waiting = assert.rejects(pool.run([text(2)]), /died 4 times within a minute; the last one out of memory/);
  worker(fakes, 3).die('out of memory');
  await Promise.all([running, waiting]);
  assert.match((await pool.crashed).message, /out of memory/);
  assert.equal(fakes.length, 4);
  await assert.rejects(pool.run([text(3)]), InferenceError);
  await pool.close();
});

test('deaths far apart do not add up', async () => {
  const { pool, fakes, clock } = await setUp(1);
  for (let death = 0; death < 8; death += 1) {
    clock.nowMs += 25_000;
    worker(fakes, death).die('ended with code 1');
    await turn();
  }
  assert.equal(fakes.length, 9);
  await pool.close();
});

test('close finishes what was accepted, then stops every process, then refuses', async () => {
  const { pool, fakes } = await setUp(1);
  const runs = Promise.all([pool.run([text(1)]), pool.run([text(2)])]);
  let closed = false;
  const closing = pool.close().then(() => (closed = true));
  await assert.rejects(pool.run([text(3)]), (error) => error instanceof InferenceError && error.code === 'closed');
  worker(fakes, 0).answer();
  await turn();
  assert.equal(closed, false);
  assert.equal(worker(fakes, 0).stopped, false);
  worker(fakes, 0).answer();
  await runs;
  await closing;
  assert.equal(worker(fakes, 0).stopped, true);
  assert.equal(fakes.length, 1);
});

test('close does not wait for ever when the last process dies meanwhile', async () => {
  const { pool, fakes } = await setUp(1);
  const first = assert.rejects(pool.run([text(1)]));
  const second = assert.rejects(pool.run([text(2)]));
  const closing = pool.close();
  worker(fakes, 0).die('ended by SIGKILL');
  await Promise.all([first, second, closing]);
  assert.equal(fakes.length, 1);
});

test('when one process cannot start, the others are stopped and the reason is thrown', async () => {
  const started: FakeWorker[] = [];
  const start = async (): Promise<WorkerProcess> => {
    if (started.length === 1) throw new InferenceError('model-unusable', 'no memory for the second');
    const fake = createFake(0);
    started.push(fake);
    return fake;
  };
  await assert.rejects(startPool({ workers: 2, hidden: 2, vocabSize: 9, maxTokens: 9, start, log: () => undefined }), /no memory for the second/);
  assert.equal(started[0]?.stopped, true);
});
