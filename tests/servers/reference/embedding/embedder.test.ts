import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '../../../../servers/reference/batching/clock.js';
import { SchedulerError } from '../../../../servers/reference/batching/error.js';
import { policies } from '../../../../servers/reference/batching/policy.js';
import { createScheduler } from '../../../../servers/reference/batching/scheduler.js';
import { bytesOf, type CacheLimit } from '../../../../servers/reference/embedding/cache.js';
import { createEmbedder, pairParts, textParts, type Embedder, type TextPair } from '../../../../servers/reference/embedding/embedder.js';
import { createFakeInference, fakeEncode, type FakeInference } from '../fake-inference.js';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const set = (cache: CacheLimit | number | null, maxQueue = 100): { embedder: Embedder; inference: FakeInference } => {
  const inference = createFakeInference();
  const scheduler = createScheduler({
    run: (batch) => inference.run(batch),
    workers: 1,
    policy: policies.greedy,
    limits: { maxBatch: 32, tokenBudget: 512, bucketWidth: null, overheadTokens: 12 },
    maxQueue,
    clock: systemClock,
  });
  return { inference, embedder: createEmbedder({ takeApart: textParts(fakeEncode), scheduler, cache: typeof cache === 'number' ? { entries: cache } : cache, nowMs: () => 0 }) };
};

const sources = async (embedder: Embedder, ...pairs: TextPair[]): Promise<string[]> => {
  const done = await embedder.start(pairs, Infinity).done;
  return done.flat().map(({ source }) => source);
};

test('a text is computed once and then known', async () => {
  const { embedder, inference } = set(10);
  assert.deepEqual(await sources(embedder, ['a', 'b']), ['miss', 'miss']);
  assert.deepEqual(await sources(embedder, ['b', 'a'], ['a', 'c']), ['hit', 'hit', 'hit', 'miss']);
  assert.deepEqual(inference.batches, [['a', 'b'], ['c']]);
  assert.deepEqual(embedder.stats(), { limit: 10, limitBytes: null, entries: 3, bytes: 3 * bytesOf(new Float32Array(8), 'a'), hits: 3, shared: 0, misses: 3 });
});

test('the parts of a cross-encoder are ordered pairs, and no two pairs share a key', () => {
  const takeApart = pairParts(fakeEncode);
  const keyOf = (a: string, b: string): string | undefined => takeApart([a, b])[0]?.key;
  const pairs = [['ab', 'c'], ['a', 'bc'], ['c', 'ab'], ['', 'abc'], ['abc', ''], ['1:', 'a'], ['1:a', '']] as const;
  assert.equal(new Set(pairs.map(([a, b]) => keyOf(a, b))).size, pairs.length);
  const [part] = takeApart(['a', 'bc']);
  assert.deepEqual(part?.encode(), { ids: fakeEncode('a'), right: fakeEncode('bc') });
});

test('the least recently used text is forgotten first', async () => {
  const { embedder } = set(2);
  await sources(embedder, ['a', 'b']);
  await sources(embedder, ['a', 'c']);
  assert.deepEqual(await sources(embedder, ['a', 'a']), ['hit', 'hit']);
  assert.deepEqual(await sources(embedder, ['b', 'b']), ['miss', 'shared']);
});

test('a cache of bytes holds as many results as fit, and never more', async () => {
  const one = bytesOf(new Float32Array(8), 'a');
  const { embedder } = set({ bytes: 3 * one + 5 });
  for (const text of 'abcdefgh') await sources(embedder, [text, text]);
  assert.deepEqual([embedder.stats().entries, embedder.stats().bytes, embedder.stats().limitBytes], [3, 3 * one, 3 * one + 5]);
  assert.deepEqual(await sources(embedder, ['h', 'f'], ['e', 'e']), ['hit', 'hit', 'miss', 'shared']);
  // A long key counts too: it pushes out as many as it needs the room of.
  await sources(embedder, ['长'.repeat(300), '长'.repeat(300)]);
  assert.ok(embedder.stats().bytes <= 3 * one + 5);
  assert.equal(embedder.stats().entries, 1);
});

test('equal texts under way are computed once', async () => {
  const { embedder, inference } = set(10);
  inference.hold();
  const first = embedder.start([['a', 'b']], Infinity);
  await turn();
  const second = embedder.start([['b', 'a'], ['c', 'c']], Infinity);
  inference.release();
  const [one, two] = await Promise.all([first.done, second.done]);
  assert.deepEqual(two.flat().map(({ source }) => source), ['shared', 'shared', 'miss', 'shared']);
  assert.equal(two[0]?.[1]?.vector, one[0]?.[0]?.vector);
  assert.deepEqual(inference.batches, [['a', 'b'], ['c']]);
});

test('an error is shared by those who wait, and not remembered', async () => {
  const { embedder, inference } = set(10);
  inference.failOn.add('a');
  inference.hold();
  const first = embedder.start([['a', 'b']], Infinity);
  await turn();
  const second = embedder.start([['a', 'a']], Infinity);
  inference.release();
  await assert.rejects(first.done, /the model failed/);
  await assert.rejects(second.done, /the model failed/);
  inference.failOn.clear();
  assert.deepEqual(await sources(embedder, ['a', 'b']), ['miss', 'miss']);
});

test('off means off: every text is computed every time', async () => {
  const { embedder, inference } = set(null);
  assert.deepEqual(await sources(embedder, ['a', 'a']), ['off', 'off']);
  await sources(embedder, ['a', 'a']);
  assert.deepEqual(inference.batches, [['a', 'a'], ['a', 'a']]);
  assert.deepEqual(embedder.stats(), { limit: null, limitBytes: null, entries: 0, bytes: 0, hits: 0, shared: 0, misses: 0 });
});

test('what nobody waits for is not computed, what somebody else waits for is', async () => {
  const { embedder, inference } = set(10);
  inference.hold();
  const busy = embedder.start([['busy', 'busy']], Infinity);
  await turn();
  const gone = embedder.start([['only mine', 'ours']], Infinity);
  const stays = embedder.start([['ours', 'theirs']], Infinity);
  gone.cancel('client-gone');
  gone.cancel('client-gone');
  inference.release();
  await assert.rejects(gone.done, (error: unknown) => error instanceof SchedulerError && error.code === 'cancelled');
  await Promise.all([busy.done, stays.done]);
  assert.deepEqual(inference.batches.slice(1), [['ours', 'theirs']]);
  assert.deepEqual(await sources(embedder, ['only mine', 'ours']), ['miss', 'hit']);
});

test('a full queue refuses the whole request and leaves nothing behind', async () => {
  const { embedder, inference } = set(10, 2);
  inference.hold();
  const busy = embedder.start([['busy', 'busy']], Infinity);
  await turn();
  const waits = embedder.start([['w1', 'w2']], Infinity);
  assert.throws(() => embedder.start([['x', 'w1']], Infinity), SchedulerError);
  // Nothing new to compute: there is room for that.
  const joins = embedder.start([['w1', 'w2']], Infinity);
  inference.release();
  await Promise.all([busy.done, waits.done, joins.done]);
  assert.equal(inference.batches.flat().includes('x'), false);
});
