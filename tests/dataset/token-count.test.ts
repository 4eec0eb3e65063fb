import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createDataset, createTokenCounter, vocabularyPath } from '../../harness/dataset/index.js';
import { createRandom } from '../../harness/model/random.js';
import { createTokenizer } from '../../servers/reference/model/tokenizer.js';
import { lexicon, packageRoot } from './world.js';

const vocabulary = readFileSync(join(packageRoot, vocabularyPath), 'utf8');
const countTokens = createTokenCounter(vocabulary);
const tokenizer = createTokenizer(vocabulary);
/** What the server's tokenizer makes of it, without [CLS] and [SEP]. */
const counted = (text: string): number => tokenizer.encode(text, 100_000).length - 2;

test('tokens of known texts', () => {
  assert.equal(countTokens(''), 0);
  assert.equal(countTokens('北京市朝阳区'), 6);
  // 88 is one piece, 号 another.
  assert.equal(countTokens('建国路88号'), 5);
  assert.equal(countTokens('  \u200b\u0000 '), 0);
  assert.equal(countTokens('，。-（）'), 5);
});

test('as many as the server’s tokenizer gives, for all generated pairs', () => {
  const dataset = createDataset({ seed: 21, mix: { high: 1500, low: 300, boundary: 300, noisy: 3000, abnormal: 0 } }, lexicon);
  for (const { a, b } of dataset.pairs()) for (const text of [a, b]) assert.equal(countTokens(text), counted(text), JSON.stringify(text));
});

test('as many as the server’s tokenizer gives, for any characters', () => {
  const random = createRandom(5);
  const blocks = [[0, 0x250], [0x300, 0x36f], [0x2000, 0x206f], [0x2460, 0x24ff], [0x3000, 0x33ff], [0x4e00, 0x4eff], [0xac00, 0xacff], [0xd800, 0xdfff], [0xe000, 0xe0ff], [0xf900, 0xfaff], [0xfe00, 0xffff], [0x1f300, 0x1f6ff], [0x20000, 0x200ff], [0x2f800, 0x2f8ff]] as const;
  for (let i = 0; i < 20_000; i += 1) {
    const text = Array.from({ length: random.below(12) }, () => {
      const [from, to] = random.pick(blocks);
      return String.fromCodePoint(from + random.below(to - from + 1));
    }).join('');
    assert.equal(countTokens(text), counted(text), JSON.stringify(text));
  }
});

test('a word of more than a hundred characters is one unknown token', () => {
  for (const length of [99, 100, 101, 5000]) assert.equal(countTokens('w'.repeat(length)), counted('w'.repeat(length)));
  assert.equal(countTokens('w'.repeat(101)), 1);
});
