import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import type { Clock } from '../../../../servers/reference/batching/clock.js';
import { batchingNames, policies, type BatchingName } from '../../../../servers/reference/batching/policy.js';
import { createScheduler } from '../../../../servers/reference/batching/scheduler.js';
import { createEmbedder, pairParts, textParts, type TextPair } from '../../../../servers/reference/embedding/embedder.js';
import { workerSettings } from '../../../../servers/reference/inference/index.js';
import { openSession } from '../../../../servers/reference/inference/session.js';
import { labelCount, precisions, type BatchResult, type EncodedText, type Precision } from '../../../../servers/reference/inference/types.js';
import { ensureModel } from '../../../../servers/reference/model/ensure-model.js';
import { loadModelFolder, type ModelFolder } from '../../../../servers/reference/model/model-folder.js';
import { shippedModelPath } from '../../../../servers/reference/model/shipped-models.js';
import { createJudge } from '../../../../servers/reference/similarity.js';

const cache = mkdtempSync(join(tmpdir(), 'same-answers-'));
after(() => { rmSync(cache, { recursive: true, force: true }); });

/** The server's own clock lets a process end although a timer runs; a test must wait for it. */
const clock: Clock = {
  nowMs: () => performance.now(),
  after: (delayMs, action) => {
    const timer = setTimeout(action, delayMs);
    return () => { clearTimeout(timer); };
  },
};

const tolerance: Record<Precision, number> = { fp32: 1e-6, fp16: 1e-3, int8: 1e-3 };

const pairs: TextPair[] = Array.from({ length: 18 }, (_, index): TextPair => [
  `${['浙江省杭州市余杭区', '广东省深圳市南山区', '四川省成都市'][index % 3] ?? ''}文一西路${index * 131}号`,
  `${['余杭区', '南山区', ''][index % 3] ?? ''}文一西路${index * 131 + (index % 2)}号${'附属楼东侧门'.repeat(index % 6)}`,
]);

interface Way { policy: BatchingName; maxBatch: number; bucketWidth: number | null; order: number[] }

/** The similarities of the pairs in the order in which they are written above, computed in this way. */
type Score = (way: Way) => Promise<number[]>;

const scorer = async (model: ModelFolder): Promise<Score> => {
  const session = await openSession(workerSettings(model, 1));
  const isCross = model.info.kind === 'cross-encoder';
  const width = isCross ? labelCount : model.info.hidden;
  const run = async (batch: EncodedText[]): Promise<BatchResult> => {
    const texts = batch.flatMap(({ ids, right }) => (right === undefined ? [ids] : [ids, right]));
    const { vectors, inferMs } = await session.embed(Int32Array.from(texts.flatMap((ids) => Array.from(ids))), Int32Array.from(texts, (ids) => ids.length));
    return { vectors: batch.map((_, at) => vectors.slice(at * width, (at + 1) * width)), inferMs };
  };
  const encode = (text: string): Int32Array => model.tokenizer.encode(text, 64);
  const judge = createJudge(model.info, 0.9);
  return async ({ policy, maxBatch, bucketWidth, order }) => {
    const scheduler = createScheduler({ run, workers: 1, policy: policies[policy], limits: { maxBatch, tokenBudget: 200, bucketWidth, overheadTokens: 12 }, windowMs: policy === 'window' ? 1 : null, maxQueue: 1000, clock });
    const embedder = createEmbedder({ takeApart: isCross ? pairParts(encode) : textParts(encode), scheduler, cache: null, nowMs: () => clock.nowMs() });
    const scores = new Array<number>(pairs.length);
    await Promise.all(order.map(async (index) => {
      const pair = pairs[index] ?? ['', ''];
      const [parts = []] = await embedder.start([pair], Infinity).done;
      scores[index] = judge(pair, parts.map(({ vector }) => vector)).similarity;
    }));
    return scores;
  };
};

const models: [string, Precision, () => Promise<ModelFolder>][] = precisions.flatMap((precision) => [
  ['mgeo-shape-mini', precision, () => ensureModel({ name: 'mgeo-shape', size: 'mini', precision }, cache)],
  ...['address-mini', 'address-mini-bi'].map((name): [string, Precision, () => Promise<ModelFolder>] => [name, precision, () => loadModelFolder(shippedModelPath(name) ?? '', precision)]),
]);

const inOrder = pairs.map((_, index) => index);

for (const [name, precision, load] of models) {
  test(`${name} in ${precision}: a pair has the same answer in every strategy, batch size and order`, async () => {
    const model = await load();
    assert.equal(model.info.precision, precision);
    const score = await scorer(model);
    const alone = await score({ policy: 'none', maxBatch: 1, bucketWidth: null, order: inOrder });
    const way = fc.record<Way>({
      policy: fc.constantFrom<BatchingName>(...batchingNames),
      maxBatch: fc.integer({ min: 1, max: 40 }),
      bucketWidth: fc.constantFrom(null, 8, 64),
      order: fc.shuffledSubarray(inOrder, { minLength: pairs.length }),
    });
    await fc.assert(fc.asyncProperty(way, async (chosen) => {
      const scores = await score(chosen);
      scores.forEach((similarity, index) => assert.ok(Math.abs(similarity - (alone[index] ?? NaN)) <= tolerance[precision], `pair ${index}: ${similarity} and ${alone[index]}`));
    }), { numRuns: 10 });
  });
}
