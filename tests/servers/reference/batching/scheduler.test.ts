import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Clock } from '../../../../servers/reference/batching/clock.js';
import { SchedulerError } from '../../../../servers/reference/batching/error.js';
import { policies, type BatchingName } from '../../../../servers/reference/batching/policy.js';
import { createScheduler, type BatchReport, type Computed, type Scheduler } from '../../../../servers/reference/batching/scheduler.js';
import { createFakeInference, fakeEncode, fakeVector, type FakeInference } from '../fake-inference.js';

/** Time passes only when told to. */
const createVirtualClock = (): Clock & { pass(ms: number): void } => {
  let now = 0;
  let timers: { atMs: number; action: () => void }[] = [];
  return {
    nowMs: () => now,
    after: (delayMs, action) => {
      const timer = { atMs: now + delayMs, action };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    pass: (ms) => {
      now += ms;
      const due = timers.filter((timer) => timer.atMs <= now);
      timers = timers.filter((timer) => timer.atMs > now);
      for (const timer of due) timer.action();
    },
  };
};

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const set = (
  settings: { policy?: BatchingName; workers?: number; maxQueue?: number; maxBatch?: number } = {},
): { scheduler: Scheduler; inference: FakeInference; clock: ReturnType<typeof createVirtualClock>; reports: BatchReport[]; ask: (text: string, group?: number, deadlineAtMs?: number) => ReturnType<Scheduler['enqueue']> } => {
  const { policy = 'token-budget', workers = 1, maxQueue = 100, maxBatch = 32 } = settings;
  const inference = createFakeInference({ workers });
  const clock = createVirtualClock();
  const reports: BatchReport[] = [];
  const scheduler = createScheduler({
    run: (batch) => inference.run(batch),
    workers,
    policy: policies[policy],
    limits: { maxBatch, tokenBudget: 512, bucketWidth: 8 },
    maxQueue,
    clock,
    onBatch: (report) => reports.push(report),
  });
  const ask = (text: string, group = 0, deadlineAtMs = Infinity): ReturnType<Scheduler['enqueue']> => {
    const ticket = scheduler.enqueue({ ids: fakeEncode(text) }, group, deadlineAtMs);
    ticket.done.catch(() => undefined);
    return ticket;
  };
  return { scheduler, inference, clock, reports, ask };
};

const rejectsWith = (done: Promise<Computed>, code: string): Promise<void> =>
  assert.rejects(done, (error: unknown) => error instanceof SchedulerError && error.code === code);

test('texts of one tick leave together, the next ones while the worker is busy wait and leave together', async () => {
  const { inference, ask, scheduler } = set();
  inference.hold();
  ask('aaa');
  ask('bbb');
  await turn();
  assert.deepEqual(inference.batches, [['aaa', 'bbb']]);
  ask('ccc');
  await turn();
  ask('ddd');
  await turn();
  assert.equal(inference.batches.length, 1);
  assert.equal(scheduler.waiting(), 2);
  assert.equal(scheduler.running(), 2);
  inference.release();
  await turn();
  assert.deepEqual(inference.batches[1], ['ccc', 'ddd']);
});

test('a free worker never waits for company: two idle workers share two texts', async () => {
  const { inference, ask } = set({ workers: 2 });
  await Promise.all([ask('aaa').done, ask('bbb').done]);
  assert.deepEqual(inference.batches, [['aaa'], ['bbb']]);
});

test('none runs a pair at a time, in order', async () => {
  const { inference, ask } = set({ policy: 'none' });
  await Promise.all([ask('a1', 1).done, ask('a2', 1).done, ask('b1', 2).done, ask('b2', 2).done]);
  assert.deepEqual(inference.batches, [['a1', 'a2'], ['b1', 'b2']]);
});

test('vectors come back to the text they belong to, with the times of its batch', async () => {
  const { inference, ask, clock, reports } = set();
  inference.hold();
  const [first, second] = [ask('first'), ask('other')];
  await turn();
  const third = ask('third');
  clock.pass(40);
  inference.release();
  const [one, two, three] = await Promise.all([first.done, second.done, third.done]);
  assert.deepEqual(one.vector, fakeVector(fakeEncode('first')));
  assert.deepEqual(two.vector, fakeVector(fakeEncode('other')));
  assert.deepEqual(three.vector, fakeVector(fakeEncode('third')));
  assert.deepEqual([one.dispatchedAtMs, one.doneAtMs, one.batchSize], [0, 40, 2]);
  assert.deepEqual([three.enqueuedAtMs, three.dispatchedAtMs, three.batchSize], [0, 40, 1]);
  await turn();
  assert.deepEqual(reports[0], { texts: 2, tokens: 14, paddedTokens: 14, inferMs: 0 });
});

test('a batch that fails rejects its own texts and nobody else', async () => {
  const { inference, ask } = set({ maxBatch: 1 });
  inference.failOn.add('bad');
  const [good, bad, later] = [ask('good'), ask('bad'), ask('later')];
  await assert.rejects(bad.done, /the model failed/);
  assert.equal((await good.done).batchSize, 1);
  assert.equal((await later.done).batchSize, 1);
});

test('a model that returns too few vectors is an error, not a hang', async () => {
  const scheduler = createScheduler({
    run: () => Promise.resolve({ vectors: [], inferMs: 0 }),
    workers: 1,
    policy: policies.greedy,
    limits: { maxBatch: 8, tokenBudget: 512, bucketWidth: null },
    maxQueue: 8,
    clock: createVirtualClock(),
  });
  await assert.rejects(scheduler.enqueue({ ids: fakeEncode('x') }, 0, Infinity).done, /0 vectors for 1 texts/);
});

test('the queue refuses what finds no room, but an empty one takes any request', async () => {
  const { inference, ask, scheduler } = set({ maxQueue: 3 });
  scheduler.admit(50);
  inference.hold();
  ask('running');
  await turn();
  ask('one');
  ask('two');
  scheduler.admit(1);
  assert.throws(() => {
    scheduler.admit(2);
  }, (error: unknown) => error instanceof SchedulerError && error.code === 'queue-full');
});

test('a deadline drops what waits, even while the worker stays busy; what runs goes on', async () => {
  const { inference, ask, clock, scheduler } = set();
  inference.hold();
  const running = ask('running', 0, 100);
  await turn();
  const late = ask('late', 0, 100);
  const patient = ask('patient', 0, 500);
  await turn();
  clock.pass(99);
  assert.equal(scheduler.waiting(), 2);
  clock.pass(2);
  await rejectsWith(late.done, 'deadline');
  assert.equal(scheduler.waiting(), 1);
  inference.release();
  await Promise.all([running.done, patient.done]);
  assert.deepEqual(inference.batches, [['running'], ['patient']]);
});

test('a deadline that was extended counts', async () => {
  const { inference, ask, clock } = set();
  inference.hold();
  ask('running');
  await turn();
  const wanted = ask('wanted', 0, 100);
  await turn();
  wanted.extendDeadline(300);
  clock.pass(200);
  inference.release();
  assert.equal((await wanted.done).batchSize, 1);
});

test('what is cancelled while it waits is not computed', async () => {
  const { inference, ask } = set();
  inference.hold();
  const running = ask('running');
  await turn();
  const gone = ask('gone');
  gone.cancel('client-gone');
  running.cancel('client-gone');
  inference.release();
  await rejectsWith(gone.done, 'cancelled');
  await running.done;
  assert.deepEqual(inference.batches, [['running']]);
});

test('stop rejects what waits', async () => {
  const { inference, ask, scheduler } = set();
  inference.hold();
  const running = ask('running');
  await turn();
  const waiting = ask('waiting');
  scheduler.stop();
  inference.release();
  await rejectsWith(waiting.done, 'stopped');
  await running.done;
});

test('the backlog follows the pace of the batches', async () => {
  const { inference, ask, clock, scheduler } = set();
  assert.equal(scheduler.backlogMs(), 0);
  inference.hold();
  const first = ask('first');
  await turn();
  clock.pass(50);
  inference.release();
  await first.done;
  inference.hold();
  ask('second');
  await turn();
  ask('third');
  ask('fourth');
  assert.equal(scheduler.backlogMs(), 100);
  inference.release();
});

test('property: every text gets exactly one end, its own vector, and no batch breaks the limits', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom<BatchingName>('none', 'greedy', 'token-budget'),
      fc.integer({ min: 1, max: 3 }),
      fc.array(fc.record({ length: fc.integer({ min: 1, max: 60 }), fails: fc.nat({ max: 9 }), pause: fc.boolean() }), { maxLength: 60 }),
      async (policy, workers, plan) => {
        const { inference, ask } = set({ policy, workers, maxBatch: 6 });
        const ends: Promise<boolean>[] = [];
        for (const [index, { length, fails, pause }] of plan.entries()) {
          const text = `${index}|${'x'.repeat(length)}`;
          if (fails === 0) inference.failOn.add(text);
          ends.push(
            ask(text, index >> 1).done.then(
              ({ vector, batchSize }) => {
                assert.deepEqual(vector, fakeVector(fakeEncode(text)));
                assert.ok(batchSize <= 6);
                return true;
              },
              () => false,
            ),
          );
          if (pause) await turn();
        }
        const ended = await Promise.all(ends);
        const computed = inference.batches.flat();
        assert.equal(new Set(computed).size, plan.length);
        assert.equal(computed.length, plan.length);
        const mates = inference.batches.filter((batch) => !batch.some((text) => inference.failOn.has(text))).flat();
        assert.equal(ended.filter(Boolean).length, mates.length);
      },
    ),
    { numRuns: 50 },
  );
});
