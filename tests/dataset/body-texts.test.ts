import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBodyTexts } from '../../harness/dataset/body-texts.js';
import type { AddressPair } from '../../harness/model/dataset.js';
import { noTokens } from '../../harness/model/request.js';

const pair = (a: string, b: string, part: Partial<AddressPair> = {}): AddressPair => ({ id: '1-0', index: 0, class: 'high', a, b, expected: ['exact'], operators: [], seed: 1, ...part });
const characters = (text: string): number => text.length;

test('tokens of both sides, and the first body of the same text', () => {
  const texts = createBodyTexts(4, characters);
  texts.add(pair('杭州', '杭州市'), '{"a":"杭州","b":"杭州市"}');
  texts.add(pair('杭州市', '杭州'), '{"a":"杭州市","b":"杭州"}');
  texts.add(pair('杭州', '杭州市'), '{"a":"杭州","b":"杭州市"}');
  texts.add(pair('', '', { class: 'abnormal', abnormal: { kind: 'json-null', body: 'null', expect: 'reject' } as unknown as NonNullable<AddressPair['abnormal']> }), 'null');
  const { tokens, first } = texts.finish();
  assert.deepEqual([...tokens], [2, 3, 3, 2, 2, 3, noTokens, noTokens]);
  assert.deepEqual([...first], [0, 1, 0, 3]);
});

test('a text longer than can be told is as long as can be told', () => {
  const texts = createBodyTexts(1, () => 100_000);
  texts.add(pair('a', 'b'), 'x');
  assert.deepEqual([...texts.finish().tokens], [noTokens - 1, noTokens - 1]);
});
