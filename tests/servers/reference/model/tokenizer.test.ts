import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { vocabPath } from '../../../../servers/reference/model/mgeo-shape.js';
import { packageRoot } from '../../../../servers/reference/model/package-root.js';
import { createTokenizer } from '../../../../servers/reference/model/tokenizer.js';

const vocabText = readFileSync(vocabPath(), 'utf8');
const tokenizer = createTokenizer(vocabText);
const vocab = vocabText.split('\n');
const tokens = (text: string, maxTokens = 512): string[] => Array.from(tokenizer.encode(text, maxTokens), (id) => vocab[id] ?? '?');

test('agrees with Hugging Face on 5,000 addresses, id by id', () => {
  const path = join(packageRoot(), 'tests/fixtures/servers/reference/tokenizer-5000.jsonl.gz');
  const lines = gunzipSync(readFileSync(path)).toString('utf8').trimEnd().split('\n');
  assert.equal(lines.length, 5000);
  for (const line of lines) {
    const [text, expected] = JSON.parse(line) as [string, number[]];
    assert.deepEqual(Array.from(tokenizer.encode(text, 512)), expected, JSON.stringify(text));
  }
});

test('the fixture holds the characters that break tokenizers', () => {
  const path = join(packageRoot(), 'tests/fixtures/servers/reference/tokenizer-5000.jsonl.gz');
  const all = gunzipSync(readFileSync(path)).toString('utf8').split('\n').filter(Boolean).map((line) => (JSON.parse(line) as [string])[0]);
  for (const [what, pattern] of [
    ['full width', /[！-～]/],
    ['no-break space', /\u00a0/],
    ['accents', /é|e\u0301/],
    ['emoji', /\p{Extended_Pictographic}/u],
    ['Chinese outside the basic plane', /[\u{20000}-\u{2ffff}]/u],
    ['controls', /[\0\u0007\u001b]/],
    ['zero width', /\u200b/],
    ['a word of more than 100 characters', /[a-z0-9]{101}/],
  ] as const) {
    assert.ok(all.some((text) => pattern.test(text)), what);
  }
});

test('the vocabulary is the published one, U+2028 and all', () => {
  assert.equal(tokenizer.vocabSize, 21_128);
  assert.equal(vocab[343], '\u2028');
  assert.deepEqual(tokens('杭州市'), ['[CLS]', '杭', '州', '市', '[SEP]']);
});

test('Chinese characters outside the basic plane are words of their own, as BERT has it', () => {
  assert.deepEqual(tokens('a𠮷b𠮷𠮷'), ['[CLS]', 'a', '[UNK]', 'b', '[UNK]', '[UNK]', '[SEP]']);
});

test('a special token written out in an address is ordinary text', () => {
  assert.deepEqual(tokens('[SEP]'), ['[CLS]', '[', 'sep', ']', '[SEP]'].flatMap((token) => (token === 'sep' ? tokens('sep').slice(1, -1) : [token])));
  assert.equal(tokens('路[SEP]号').filter((token) => token === '[SEP]').length, 1);
});

test('cuts to the length asked for and still ends with [SEP]', () => {
  assert.deepEqual(tokens('一二三四五六', 5), ['[CLS]', '一', '二', '三', '[SEP]']);
  assert.deepEqual(tokens('unaffordable1503大厦', 4).length, 4);
  assert.equal(tokens('unaffordable1503大厦', 4).at(-1), '[SEP]');
  assert.deepEqual(tokens('', 8), ['[CLS]', '[SEP]']);
});

test('a word of 101 characters is unknown, one of 100 is not', () => {
  assert.deepEqual(tokens('1'.repeat(101)), ['[CLS]', '[UNK]', '[SEP]']);
  assert.ok(!tokens('1'.repeat(100)).includes('[UNK]'));
});

test('what was forgotten is found again: 50,000 words, more than are kept', () => {
  const first = tokens('abc0');
  for (let at = 0; at < 50_000; at += 1) tokenizer.encode(`abc${at}`, 16);
  assert.deepEqual(tokens('abc0'), first);
});

test('lone surrogates are dropped', () => {
  assert.deepEqual(tokens('路\ud83d号'), ['[CLS]', '路', '号', '[SEP]']);
});

test('a vocabulary without its special tokens is refused by name', () => {
  assert.throws(() => createTokenizer('[PAD]\n[UNK]\n[CLS]\n'), /no \[SEP\]/);
});
