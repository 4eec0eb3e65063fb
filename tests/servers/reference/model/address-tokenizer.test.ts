import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { createAddressTokenizer, normaliseAddress, splitAddress } from '../../../../servers/reference/model/address-tokenizer.js';
import { shippedModelPath } from '../../../../servers/reference/model/shipped-models.js';
import { vocabLines } from '../../../../servers/reference/models/recipe/write-vocab.js';

const vocab = readFileSync(join(shippedModelPath('address-mini') ?? '', 'vocab.txt'), 'utf8');
const tokenizer = createAddressTokenizer(vocab);
const ids = (text: string): number[] => Array.from(tokenizer.encode(text, 96));
const lines = vocab.split('\n');
const tokens = (text: string): (string | undefined)[] => ids(text).map((id) => lines[id]);

test('one token a character, a whole number, a word', () => {
  assert.deepEqual(tokens('建国路88号SOHO现代城A座'), ['建', '国', '路', '88', '号', lines[ids('soho')[0] ?? 0], '现', '代', '城', 'a', '座']);
  assert.match(tokens('soho')[0] ?? '', /^\[LATIN \d+\]$/);
  assert.match(tokens('1208')[0] ?? '', /^\[NUMBER \d+\]$/);
});

test('two writings of one place are one', () => {
  const same: [string, string][] = [
    ['建国路８８号', '建国路88号'],
    ['建国路八十八号', '建国路88号'],
    ['建国路88#', '建国路88号'],
    ['建国路088号', '建国路88号'],
    ['建国路\u200b88\u2060号\ufeff', '建国路88号'],
    ['建国路\u3000 88\u00a0号', '建国路88号'],
    ['北京市，朝阳区、建国路', '北京市朝阳区建国路'],
    ['Ａ座', 'a座'],
    ['万达（东门）', '万达[东门]'],
    ['3－2～101', '3-2-101'],
  ];
  for (const [one, other] of same) assert.deepEqual(ids(one), ids(other), `${one} ${other}`);
});

test('different numbers and names stay different, unknown characters too', () => {
  assert.notDeepEqual(ids('8号'), ids('208号'));
  assert.notDeepEqual(ids('三里屯'), ids('3里屯'));
  // 堃 and 喆 are not in GB 2312.
  assert.match(tokens('堃')[0] ?? '', /^\[CHARACTER \d+\]$/);
  assert.notDeepEqual(ids('堃'), ids('喆'));
});

test('a text of nothing but blanks and invisible characters is one token, not none', () => {
  assert.deepEqual(tokens(' \u200b，'), ['[EMPTY]']);
});

test('property: ids lie in the vocabulary, padding is never said, nothing is longer than asked for, and normalising twice changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 8, max: 40 }), (text, most) => {
      const found = Array.from(tokenizer.encode(text, most));
      assert.ok(found.length >= 1 && found.length <= most);
      for (const id of found) assert.ok(id > 0 && id < tokenizer.vocabSize);
      assert.ok(splitAddress(normaliseAddress(text)).every((piece) => piece !== ''));
    }),
  );
});

test('the vocabulary is what the recipe writes, every line once', () => {
  assert.equal(vocab, `${vocabLines().join('\n')}\n`);
  assert.equal(new Set(vocabLines()).size, tokenizer.vocabSize);
});

test('a vocabulary that lacks a kind, or does not begin with padding, is refused', () => {
  assert.throws(() => createAddressTokenizer('[PAD]\n[EMPTY]\n[SYMBOL]\n'), /has no \[LATIN 0\]/);
  assert.throws(() => createAddressTokenizer('[CLS]\n[SEP]\n'), /first line is not \[PAD\]/);
  assert.throws(() => createAddressTokenizer('[PAD]\na\na\n'), /a line stands twice/);
});
