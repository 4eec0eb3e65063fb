import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SchedulerError } from '../../../../servers/reference/batching/error.js';
import { batchingNames, policies, type BatchingName } from '../../../../servers/reference/batching/policy.js';
import { createScheduler, type BatchReport, type Computed, type Scheduler } from '../../../../servers/reference/batching/scheduler.js';
import { createVirtualClock, turn } from '../virtual-clock.js';
import { createFakeInference, fakeEncode, fakeVector, type FakeInference } from '../fake-inference.js';

const set = (
  settings: { policy?: BatchingName; workers?: number; maxQueue?: number; maxBatch?: number; windowMs?: number } = {},
): { scheduler: Scheduler; inference: FakeInference; clock: ReturnType<typeof createVirtualClock>; reports: BatchReport[]; ask: (text: string, group?: number, deadlineAtMs?: number) => ReturnType<Scheduler['enqueue']> } => {
  const { policy = 'token-budget', workers = 1, maxQueue = 100, maxBatch = 32, windowMs = policy === 'window' ? 50 : null } = settings;
  const inference = createFakeInference({ workers });
  const clock = createVirtualClock();
  const reports: BatchReport[] = [];
  const scheduler = createScheduler({
    run: (batch) => inference.run(batch),
    workers,
    policy: policies[policy],
    limits: { maxBatch, tokenBudget: 512, bucketWidth: 8, overheadTokens: 12 },
    windowMs,
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

test('a window leaves when the oldest text has waited its delay, with what has come until then', async () => {
  const { inference, ask, clock } = set({ policy: 'window' });
  ask('aaa');
  await clock.advance(30);
  ask('bbb');
  await clock.advance(19);
  assert.equal(inference.batches.length, 0);
  await clock.advance(1);
  assert.deepEqual(inference.batches, [['aaa', 'bbb']]);
  ask('ccc');
  await clock.advance(49);
  assert.equal(inference.batches.length, 1, 'the next window is a whole one');
  await clock.advance(1);
  assert.deepEqual(inference.batches[1], ['ccc']);
});

test('a full window leaves at once and whole, also with two idle workers', async () => {
  const { inference, ask } = set({ policy: 'window', workers: 2, maxBatch: 3 });
  for (const text of ['aaa', 'bbb', 'ccc', 'ddd']) ask(text);
  await turn();
  assert.deepEqual(inference.batches, [['aaa', 'bbb', 'ccc']]);
});

test('a window that ends while the worker is busy leaves when it is free', async () => {
  const { inference, ask, clock } = set({ policy: 'window', maxBatch: 2 });
  inference.hold();
  ask('aaa');
  ask('bbb');
  await turn();
  ask('ccc');
  await clock.advance(200);
  assert.equal(inference.batches.length, 1);
  inference.release();
  await turn();
  assert.deepEqual(inference.batches[1], ['ccc']);
});

test('a window ends though its timer comes a moment early and time goes on between two looks at the clock', async () => {
  for (let earlyUs = 0; earlyUs <= 20; earlyUs += 1) {
    const virtual = createVirtualClock();
    const inference = createFakeInference({ workers: 1 });
    let looks = 0;
    const clock = {
      // A microsecond a look.
      nowMs: () => virtual.nowMs() + (looks += 1) / 1000,
      after: (delayMs: number, action: () => void) => virtual.after(delayMs - earlyUs / 1000, action),
    };
    const scheduler = createScheduler({ run: (batch) => inference.run(batch), workers: 1, policy: policies.window, limits: { maxBatch: 32, tokenBudget: 512, bucketWidth: 8, overheadTokens: 12 }, windowMs: 50, maxQueue: 100, clock });
    scheduler.enqueue({ ids: fakeEncode('aaa') }, 0, Infinity).done.catch(() => undefined);
    await virtual.advance(200);
    assert.deepEqual([inference.batches, scheduler.waiting()], [[['aaa']], 0], `${String(earlyUs)} µs early`);
  }
});

test('a window as long as nothing is greedy', async () => {
  const { inference, ask } = set({ policy: 'window', windowMs: 0 });
  ask('aaa');
  await turn();
  assert.deepEqual(inference.batches, [['aaa']]);
});

test('a lone request waits for nothing, but for a window: token-budget and greedy are as fast as none', async () => {
  const waitedMs: Partial<Record<BatchingName, number>> = {};
  for (const policy of batchingNames) {
    const { clock, ask } = set({ policy });
    let spent = 0;
    // Ten lone requests, one after the other: each begins when the one before has been answered.
    for (let index = 0; index < 10; index += 1) {
      const left = ask(`${index}a`, index);
      const right = ask(`${index}b`, index);
      let answered = false;
      void Promise.all([left.done, right.done]).then(() => (answered = true));
      await turn();
      while (!answered) {
        await clock.advance(1);
        spent += 1;
      }
    }
    waitedMs[policy] = spent;
  }
  assert.deepEqual(waitedMs, { 'none': 0, 'greedy': 0, 'token-budget': 0, 'window': 500 });
});

test('property: no strategy leaves a free worker idle while something waits, but for an open window', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom<BatchingName>('none', 'greedy', 'token-budget'), fc.integer({ min: 1, max: 3 }), fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 40 }), async (policy, workers, lengths) => {
      const { inference, ask, scheduler } = set({ policy, workers });
      inference.hold();
      for (const [index, length] of lengths.entries()) {
        ask(`${index}|${'x'.repeat(length)}`, index);
        await turn();
        const busy = inference.batches.length;
        assert.ok(busy === workers || scheduler.waiting() === 0, `${busy} of ${workers} workers busy, ${scheduler.waiting()} wait`);
      }
      inference.release();
    }),
    { numRuns: 50 },
  );
});

test('property: nobody starves: while others keep coming, each is computed within as many batches as waited before it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom<BatchingName>(...batchingNames), fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 30 }), fc.integer({ min: 1, max: 60 }), async (policy, before, length) => {
      const { inference, ask, clock } = set({ policy, maxBatch: 4 });
      inference.hold();
      for (const [index, one] of before.entries()) ask(`${index}|${'x'.repeat(one)}`, index);
      const rare = `rare${'y'.repeat(length)}`;
      let done = false;
      void ask(rare, 1000).done.then(() => (done = true));
      await clock.advance(50);
      let batches = 0;
      for (let crowd = 0; !done; crowd += 1) {
        // A crowd of one length, which would go together well.
        for (let index = 0; index < 6; index += 1) ask(`crowd${crowd}|${index}`, 2000 + crowd * 6 + index);
        inference.release();
        inference.hold();
        batches += 1;
        await clock.advance(50);
        assert.ok(batches <= before.length + 1, `${batches} batches, ${before.length} before it`);
      }
      inference.release();
    }),
    { numRuns: 40 },
  );
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
  clock.jump(40);
  inference.release();
  const [one, two, three] = await Promise.all([first.done, second.done, third.done]);
  assert.deepEqual(one.vector, fakeVector(fakeEncode('first')));
  assert.deepEqual(two.vector, fakeVector(fakeEncode('other')));
  assert.deepEqual(three.vector, fakeVector(fakeEncode('third')));
  assert.deepEqual([one.dispatchedAtMs, one.doneAtMs, one.batchSize], [0, 40, 2]);
  assert.deepEqual([three.enqueuedAtMs, three.dispatchedAtMs, three.batchSize], [0, 40, 1]);
  await turn();
  assert.deepEqual(reports[0], { texts: 2, tokens: 14, paddedTokens: 14, waited: 2, inferMs: 0 });
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
    limits: { maxBatch: 8, tokenBudget: 512, bucketWidth: null, overheadTokens: 12 },
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
  clock.jump(99);
  assert.equal(scheduler.waiting(), 2);
  clock.jump(2);
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
  clock.jump(200);
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
  clock.jump(50);
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
      fc.constantFrom<BatchingName>(...batchingNames),
      fc.integer({ min: 1, max: 3 }),
      fc.array(fc.record({ length: fc.integer({ min: 1, max: 60 }), fails: fc.nat({ max: 9 }), pause: fc.boolean() }), { maxLength: 60 }),
      async (policy, workers, plan) => {
        const { inference, ask, clock } = set({ policy, workers, maxBatch: 6 });
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
        // Only a window needs time: it ends.
        await clock.advance(50 * (plan.length + 1));
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
