import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { batchingNames, policies, type BatchingName } from '../../../../servers/reference/batching/policy.js';
import { createScheduler, type Computed } from '../../../../servers/reference/batching/scheduler.js';
import { InferenceError } from '../../../../servers/reference/inference/error.js';
import type { Inference } from '../../../../servers/reference/inference/types.js';
import { bigramVector, encodeCharacters } from '../../../../servers/reference/simulated/bigram-vector.js';
import { createSimulatedInference } from '../../../../servers/reference/simulated/inference.js';
import type { SimulatedSettings } from '../../../../servers/reference/simulated/settings.js';
import { cosine } from '../../../../servers/reference/similarity.js';
import { createVirtualClock, turn, type VirtualClock } from '../virtual-clock.js';

const settings: SimulatedSettings = { batchMs: 4, tokenMs: 0.5, memoryMiB: 100, tokenMiB: 2, limitMiB: 200 };
const encode = (text: string) => ({ ids: encodeCharacters(text, 512) });

const set = (changed: Partial<SimulatedSettings> = {}, workers = 1): { inference: Inference; clock: VirtualClock } => {
  const clock = createVirtualClock();
  return { clock, inference: createSimulatedInference({ ...settings, ...changed }, clock, workers) };
};

test('a batch costs a + b · longest · texts, one batch at a time', async () => {
  const { inference, clock } = set();
  const ends: number[] = [];
  // 6 and 10 tokens: padded 20; then 6 alone.
  const first = inference.run([encode('文一西路'), encode('文一西路969号')]).then((result) => (ends.push(clock.nowMs()), result));
  const second = inference.run([encode('文一西路')]).then((result) => (ends.push(clock.nowMs()), result));
  await clock.advance(100);
  assert.equal((await first).inferMs, 4 + 0.5 * 20);
  assert.equal((await second).inferMs, 4 + 0.5 * 6);
  assert.deepEqual(ends, [14, 21]);
});

test('its memory is c + d · padded tokens, with a peak; it is marked as simulated and is no memory of a process', async () => {
  const { inference, clock } = set();
  const memory = () => inference.simulated()?.memory;
  assert.deepEqual(memory(), { usedMiB: 100, peakMiB: 100, limitMiB: 200, outOfMemory: 0 });
  void inference.run([encode('文一西路'), encode('文一西路969号')]);
  await turn();
  assert.deepEqual(memory(), { usedMiB: 140, peakMiB: 140, limitMiB: 200, outOfMemory: 0 });
  await clock.advance(100);
  assert.deepEqual(memory(), { usedMiB: 100, peakMiB: 140, limitMiB: 200, outOfMemory: 0 });
  assert.equal(inference.memoryMiB(), null);
  assert.equal(inference.backend.execution, 'simulated');
  assert.equal(inference.info.scoresMeaningful, false);
  assert.match(inference.info.origin, /simulated/);
  assert.equal(inference.info.sha256, null);
});

test('a batch beyond the planted size fails as on an accelerator, and the next one is computed', async () => {
  const { inference, clock } = set();
  const tooLarge = inference.run(Array.from({ length: 6 }, () => encode('文一西路969号')));
  const next = inference.run([encode('文一西路')]);
  const refused = assert.rejects(tooLarge, (error: unknown) => error instanceof InferenceError && error.code === 'out-of-memory' && /6 texts of up to 10 tokens need 220 MiB, it has 200 MiB/.test(error.message));
  await clock.advance(100);
  await refused;
  assert.equal((await next).vectors.length, 1);
  assert.equal(inference.simulated()?.memory.outOfMemory, 1);
  assert.equal(inference.simulated()?.memory.peakMiB, 112, 'what was never had is no peak');
});

test('several workers share it: no sooner done, but each takes memory from when it sends', async () => {
  const { inference, clock } = set({}, 3);
  assert.equal(inference.workers, 3);
  const scheduler = createScheduler({ run: (batch) => inference.run(batch), workers: inference.workers, policy: policies.none, limits: { maxBatch: 4, tokenBudget: 512, bucketWidth: null, overheadTokens: 8 }, maxQueue: 100, clock });
  const ends: number[] = [];
  // 10 tokens each: 9 ms and 20 MiB.
  for (let pair = 0; pair < 4; pair += 1) void scheduler.enqueue(encode('文一西路969号'), pair, Infinity).done.then(() => ends.push(clock.nowMs()));
  await turn();
  const used = (): number | undefined => inference.simulated()?.memory.usedMiB;
  assert.equal(used(), 160, 'three are on it, the fourth waits for a worker');
  await clock.advance(100);
  assert.deepEqual(ends, [9, 18, 27, 36]);
  assert.deepEqual([used(), inference.simulated()?.memory.peakMiB], [100, 160]);
});

test('what several workers hold can be too much together', async () => {
  const { inference, clock } = set({}, 9);
  const ends = Promise.allSettled(Array.from({ length: 6 }, () => inference.run([encode('文一西路969号')])));
  await clock.advance(100);
  const last = (await ends).at(-1);
  assert.ok(last?.status === 'rejected');
  assert.match((last.reason as Error).message, /1 text of up to 10 tokens, with the 5 batches that it holds already, need 220 MiB, it has 200 MiB/);
  assert.equal((await inference.run([]).then(() => inference.simulated()))?.memory.usedMiB, 100);
  assert.deepEqual([inference.simulated()?.memory.peakMiB, inference.simulated()?.memory.outOfMemory], [200, 1]);
});

test('a batch that runs out of memory takes no other with it, in the scheduler either', async () => {
  const { inference, clock } = set();
  const scheduler = createScheduler({
    run: (batch) => inference.run(batch),
    workers: 1,
    policy: policies.greedy,
    limits: { maxBatch: 4, tokenBudget: 512, bucketWidth: null, overheadTokens: 8 },
    maxQueue: 100,
    clock,
  });
  const ends = ['短', '短', '短', '短', '长'.repeat(20), '长', '长', '长', '尾'].map((text) => scheduler.enqueue(encode(text), 0, Infinity).done.then(({ batchSize }: Computed) => batchSize, (error: unknown) => (error as InferenceError).code));
  await clock.advance(1000);
  assert.deepEqual(await Promise.all(ends), [4, 4, 4, 4, 'out-of-memory', 'out-of-memory', 'out-of-memory', 'out-of-memory', 1]);
});

test('closing lets the batch under way end and takes no other', async () => {
  const { inference, clock } = set();
  const running = inference.run([encode('文一西路')]);
  let closed = false;
  void inference.close().then(() => (closed = true));
  await assert.rejects(inference.run([encode('路')]), (error: unknown) => error instanceof InferenceError && error.code === 'closed');
  assert.equal(closed, false);
  await clock.advance(10);
  assert.equal((await running).vectors.length, 1);
  assert.equal(closed, true);
});

test('scores follow the bigrams in common: the same 1, one more character near, another place far', () => {
  const score = (left: string, right: string): number => cosine(bigramVector(encode(left).ids), bigramVector(encode(right).ids));
  const same = '浙江省杭州市余杭区文一西路969号';
  assert.ok(Math.abs(score(same, same) - 1) < 1e-6);
  const [near, far] = [score(same, '杭州市余杭区文一西路969号'), score(same, '哈尔滨市南岗区西大直街92号')];
  assert.ok(near > 0.7 && near < 1, String(near));
  assert.ok(far < 0.3, String(far));
});

test('the tokens of a text that is too long are its beginning and the end mark', () => {
  assert.deepEqual(Array.from(encodeCharacters('甲乙丙丁', 4)), [1, 0x7532, 0x4e59, 2]);
  assert.deepEqual(encodeCharacters('A座 \u200b\u0007路\ufffd', 16), encodeCharacters('a座路', 16), 'what BERT drops, and case, make no difference');
  assert.equal(encodeCharacters('😀路', 8).length, 4, 'a character beyond 16 bits is one token');
});

test('property: in every strategy, batch size and order a text has the same vector', async () => {
  const alone = new Map<string, Float32Array>();
  await fc.assert(
    fc.asyncProperty(fc.constantFrom<BatchingName>(...batchingNames), fc.integer({ min: 1, max: 9 }), fc.constantFrom(null, 8, 64), fc.array(fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' }), { minLength: 1, maxLength: 30 }), async (policy, maxBatch, bucketWidth, texts) => {
      const { inference, clock } = set({ limitMiB: 1e9 });
      const scheduler = createScheduler({ run: (batch) => inference.run(batch), workers: 1, policy: policies[policy], limits: { maxBatch, tokenBudget: 100, bucketWidth, overheadTokens: 8 }, windowMs: policy === 'window' ? 20 : null, maxQueue: 1000, clock });
      const answers = texts.map((text, index) => scheduler.enqueue(encode(text), index, Infinity).done);
      await clock.advance(1e5);
      for (const [index, answer] of answers.entries()) {
        const text = texts[index] ?? '';
        const { vector } = await answer;
        assert.deepEqual(vector, alone.get(text) ?? vector);
        alone.set(text, vector);
      }
    }),
    { numRuns: 60 },
  );
});
