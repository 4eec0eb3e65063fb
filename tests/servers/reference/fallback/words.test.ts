import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { deriveWords, wordsFile } from '../../../../servers/reference/fallback/derive.js';
import { tfIdfSimilarity } from '../../../../servers/reference/fallback/tf-idf.js';
import { loadWordSimilarity } from '../../../../servers/reference/fallback/words.js';

interface GoldenPair {
  a: string;
  b: string;
}
const golden = (name: string): GoldenPair[] => readFileSync(`datasets/golden/${name}.jsonl`, 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as GoldenPair);

test('the committed dictionary is the one that is derived', () => {
  assert.equal(readFileSync(wordsFile(), 'utf8'), deriveWords((name) => readFileSync(`datasets/lexicon/${name}`, 'utf8')));
});

test('the cosine of two weighted bags of words, by hand', () => {
  const cut = (text: string): string[] => text.split(' ');
  const weights = { known: new Map([['a', 3], ['b', 4]]), unknown: 12 };
  // (3, 4) and (3, 0, 12) over a, b, c.
  assert.equal(tfIdfSimilarity('a b', 'a c', cut, weights), 9 / (5 * Math.hypot(3, 12)));
  assert.equal(tfIdfSimilarity('a b', 'c', cut, weights), 0);
  assert.equal(tfIdfSimilarity('a 号', 'a', cut, weights), 1);
  assert.equal(tfIdfSimilarity('号', '（）', cut, weights), 0);
});

test('of a pair that is the same place and one that is not it tells which, nineteen times of twenty', async () => {
  const similarityOf = await loadWordSimilarity();
  const same = [...golden('high'), ...golden('noisy')].map(({ a, b }) => similarityOf(a, b));
  const other = golden('low').map(({ a, b }) => similarityOf(a, b));
  let won = 0;
  for (const high of same) for (const low of other) won += high > low ? 1 : high === low ? 0.5 : 0;
  assert.ok(won / (same.length * other.length) > 0.95);
});

test('property: symmetric, between 0 and 1, and 1 for equal texts', async () => {
  const similarityOf = await loadWordSimilarity();
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (left, right) => {
    const similarity = similarityOf(left, right);
    assert.ok(similarity >= 0 && similarity <= 1);
    assert.ok(Math.abs(similarity - similarityOf(right, left)) < 1e-12);
    assert.equal(similarityOf(left, left), 1);
  }));
});
