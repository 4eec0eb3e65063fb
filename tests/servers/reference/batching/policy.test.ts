import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { batchingNames, policies, type BatchLimits, type BatchingName, type Waiting } from '../../../../servers/reference/batching/policy.js';

const roomy: BatchLimits = { maxBatch: 32, tokenBudget: 512, bucketWidth: null, overheadTokens: 12 };
const texts = (...tokens: number[]): Waiting[] => tokens.map((length, index) => ({ tokens: length, group: index >> 1 }));

test('none takes the two texts of the oldest pair, wherever they stand', () => {
  assert.deepEqual(policies.none(texts(20, 30, 20, 30), roomy), [0, 1]);
  const mixed = [{ tokens: 5, group: 7 }, { tokens: 5, group: 8 }, { tokens: 5, group: 7 }];
  assert.deepEqual(policies.none(mixed, roomy), [0, 2]);
});

test('greedy takes whatever waits, up to the largest batch', () => {
  assert.deepEqual(policies.greedy(texts(20, 90, 3), roomy), [0, 1, 2]);
  assert.deepEqual(policies.greedy(texts(20, 90, 3), { ...roomy, maxBatch: 2 }), [0, 1]);
});

test('token-budget counts padded tokens: longest × texts', () => {
  assert.deepEqual(policies['token-budget'](texts(10, 10, 10, 10), { ...roomy, tokenBudget: 30 }), [0, 1, 2]);
  // 10 + 16 would be 26, but padded they are 32.
  assert.deepEqual(policies['token-budget'](texts(10, 16), { ...roomy, tokenBudget: 30 }), [0]);
});

test('a text longer than the whole budget is admitted alone', () => {
  assert.deepEqual(policies['token-budget'](texts(600, 10), { ...roomy, tokenBudget: 512 }), [0]);
});

test('buckets keep like lengths together, oldest first', () => {
  // Spans of eight: 1 to 8, 9 to 16, 17 to 24.
  assert.deepEqual(policies.greedy(texts(9, 30, 16, 8, 17, 12), { ...roomy, bucketWidth: 8 }), [0, 2, 5]);
});

test('the span is as wide as it pays: padding against the cost of one more batch', () => {
  const bucketed = { ...roomy, bucketWidth: 8 };
  // 12 + 2 × 16 for 25 tokens, or 12 + 9 for 9.
  assert.deepEqual(policies.greedy(texts(9, 16), bucketed), [0, 1]);
  // Together 12 + 6 × 16 for 66 tokens, more a token than 12 + 4 × 10 for 38.
  assert.deepEqual(policies.greedy(texts(9, 16, 10, 12, 9, 10), bucketed), [0, 2, 4, 5]);
  // Enough of one length need no other; but a batch may hold no more than two of them.
  const alike = texts(...Array.from({ length: 20 }, () => 9), 10);
  assert.equal(policies.greedy(alike, bucketed).includes(20), false);
  assert.deepEqual(policies.greedy(texts(9, 10, 10), { ...bucketed, maxBatch: 2 }), [0, 1]);
  assert.deepEqual(policies.greedy(texts(9, 16, 10, 12, 9, 10), roomy), [0, 1, 2, 3, 4, 5], 'without buckets any lengths share');
});

test('where a batch costs much before its first token, wide spans pay', () => {
  const lengths = [9, 16, 10, 30, 12, 64];
  assert.deepEqual(policies.greedy(texts(...lengths), { ...roomy, bucketWidth: 64, overheadTokens: 800 }), [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(policies.greedy(texts(...lengths), { ...roomy, bucketWidth: 64, overheadTokens: 0 }), [0]);
});

const waitingArbitrary = fc.array(fc.record({ tokens: fc.integer({ min: 2, max: 130 }), group: fc.integer({ min: 0, max: 20 }) }), { minLength: 1, maxLength: 80 });
const limitsArbitrary = fc.record<BatchLimits>({
  maxBatch: fc.integer({ min: 1, max: 40 }),
  tokenBudget: fc.integer({ min: 1, max: 900 }),
  bucketWidth: fc.constantFrom(null, 4, 8, 16, 64),
  overheadTokens: fc.constantFrom(0, 12, 800),
});
const nameArbitrary = fc.constantFrom<BatchingName>(...batchingNames);

test('property: the oldest is always in, indices ascend without repeats, limits hold', () => {
  fc.assert(
    fc.property(nameArbitrary, waitingArbitrary, limitsArbitrary, (name, waiting, limits) => {
      const chosen = policies[name](waiting, limits);
      assert.equal(chosen[0], 0);
      chosen.forEach((index, at) => {
        assert.ok(Number.isInteger(index) && index < waiting.length);
        if (at > 0) assert.ok(index > (chosen[at - 1] ?? Infinity));
      });
      if (name === 'none') return;
      assert.ok(chosen.length <= limits.maxBatch);
      const longest = Math.max(...chosen.map((index) => waiting[index]?.tokens ?? 0));
      if (name === 'token-budget' && chosen.length > 1) assert.ok(longest * chosen.length <= limits.tokenBudget);
    }),
  );
});

test('property: within some span of lengths nobody overtakes, and nobody of another span is taken', () => {
  fc.assert(
    fc.property(fc.constantFrom<BatchingName>('window', 'greedy', 'token-budget'), waitingArbitrary, limitsArbitrary, (name, waiting, limits) => {
      const chosen = policies[name](waiting, limits);
      const widths = limits.bucketWidth === null ? [Infinity] : Array.from({ length: limits.bucketWidth }, (_, at) => at + 1);
      const isFirstOf = (width: number): boolean => {
        const spanOf = ({ tokens }: Waiting): number => Math.ceil(tokens / width);
        const mates = waiting.flatMap((text, index) => (spanOf(text) === spanOf(waiting[0] as Waiting) ? [index] : []));
        return chosen.every((index, at) => index === mates[at]);
      };
      assert.ok(widths.some(isFirstOf), 'a later text was taken, an earlier one left');
    }),
  );
});

test('property: taken batch by batch, a queue is served whole, once each, in at most as many batches as texts', () => {
  fc.assert(
    fc.property(nameArbitrary, waitingArbitrary, limitsArbitrary, (name, waiting, limits) => {
      let left = waiting.map((text, id) => ({ ...text, id }));
      const served: number[] = [];
      for (let turn = 0; left.length > 0; turn += 1) {
        assert.ok(turn < waiting.length);
        const taken = new Set(policies[name](left, limits));
        served.push(...left.filter((_, index) => taken.has(index)).map(({ id }) => id));
        left = left.filter((_, index) => !taken.has(index));
      }
      assert.deepEqual([...served].sort((a, b) => a - b), waiting.map((_, index) => index));
    }),
  );
});
