import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLabelReader } from '../../../harness/dataset/own/label.js';

test('the words of MGeo, of two classes, and in Chinese', () => {
  const { read } = createLabelReader();
  for (const word of ['exact', 'EXACT_MATCH', ' exact match ', '完全匹配', '1', '1.0', 'true', 'Yes', '同', '相同']) assert.deepEqual(read(word), { expected: ['exact'], class: 'high' }, word);
  for (const word of ['partial', 'partial_match', '部分匹配']) assert.deepEqual(read(word), { expected: ['partial'], class: 'boundary' }, word);
  for (const word of ['not', 'not_match', '不匹配']) assert.deepEqual(read(word), { expected: ['not'], class: 'low' }, word);
  for (const word of ['0', 'false', 'different', '不同', '否']) assert.deepEqual(read(word), { expected: ['partial', 'not'], class: 'low' }, word);
  for (const word of ['', ' ']) assert.deepEqual(read(word), { expected: [], class: 'unlabelled' }, word);
  for (const word of ['2', 'maybe', '0.87', 'exact|maybe']) assert.equal(read(word), null, word);
});

test('words of the user win, and joined labels are all right', () => {
  const { read } = createLabelReader({ 0: 'not', 1: 'partial', 2: 'exact', 'Ja_wohl': 'same' });
  assert.deepEqual(['0', '1', '2', 'jawohl'].map((word) => read(word)?.expected), [['not'], ['partial'], ['exact'], ['exact']]);
  assert.deepEqual(read('2|1'), { expected: ['exact', 'partial'], class: 'high' });
  assert.deepEqual(read('1|0'), { expected: ['partial', 'not'], class: 'boundary' });
  assert.deepEqual(read('exact|not'), { expected: ['exact', 'not'], class: 'boundary' });
});

test('a column of a million different words takes no more memory than a thousand', () => {
  const { read } = createLabelReader();
  for (let i = 0; i < 5000; i += 1) assert.equal(read(`w${String(i)}`), null);
  assert.deepEqual(read('exact')?.expected, ['exact']);
});
