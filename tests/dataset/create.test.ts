import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { createDataset, formatPairs, loadLexicon } from '../../harness/dataset/index.js';
import { files, lexicon, packageRoot } from './world.js';

const mix = { high: 225, low: 225, boundary: 225, noisy: 225, abnormal: 100 };

test('the first thousand pairs of seed 7 have these bytes on every machine', () => {
  const hash = createHash('sha256');
  for (const chunk of formatPairs(createDataset({ seed: 7, mix }, lexicon), 'jsonl')) hash.update(chunk);
  assert.equal(hash.digest('hex'), '60dc5d4a229ba00ce0c6637d23cd2125554748f6e88051897731613dc211f71c');
});

test('a pair made alone is the pair made in its turn', () => {
  const inTurn = [...createDataset({ seed: 7, mix }, lexicon).pairs()];
  const fresh = createDataset({ seed: 7, mix }, loadLexicon(files, packageRoot));
  fc.assert(fc.property(fc.integer({ min: 0, max: 999 }), (index) => assert.deepEqual(fresh.pair(index), inTurn[index])), { seed: 1 });
});

test('another seed gives other pairs', () => {
  const texts = (seed: number): Set<string> => new Set([...createDataset({ seed, mix: { ...mix, abnormal: 0 } }, lexicon).pairs()].flatMap(({ a, b }) => [a, b]));
  const other = texts(8);
  const shared = [...texts(7)].filter((text) => other.has(text));
  assert.ok(shared.length < 20, `${shared.length} texts of 1800 in both`);
});

test('pairs know their number, seed and class', () => {
  const dataset = createDataset({ seed: 3, mix }, lexicon);
  for (const index of [0, 17, 999]) {
    const pair = dataset.pair(index);
    assert.deepEqual([pair.id, pair.index, pair.seed, pair.class], [`3-${index}`, index, 3, dataset.classOf(index)]);
  }
  assert.throws(() => dataset.pair(1000), RangeError);
});

test('no pair that expects an answer is longer than a sound server takes', () => {
  let longest = 0;
  for (const { a, b } of createDataset({ seed: 7, mix: { high: 2_000, low: 1_000, boundary: 1_000, noisy: 16_000, abnormal: 0 } }, lexicon).pairs()) longest = Math.max(longest, [...a].length, [...b].length);
  assert.ok(longest > 55 && longest <= 64, `${String(longest)} characters`);
});
