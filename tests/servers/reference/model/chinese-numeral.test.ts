import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseChineseNumeral, writeNumeralsAsDigits } from '../../../../servers/reference/model/chinese-numeral.js';

test('numerals by scale and by digit', () => {
  const known: [string, number | null][] = [
    ['八', 8], ['十', 10], ['十二', 12], ['二十', 20], ['八十八', 88], ['一百', 100], ['一百零二', 102], ['一百一十', 110], ['三百二十六', 326], ['一千零八', 1008], ['两百', 200],
    ['二〇八', 208], ['一二零三', 1203], ['千', null], ['百', null], ['十百', null], ['二十十', null], ['八十一二', null],
  ];
  for (const [text, value] of known) assert.equal(parseChineseNumeral(text), value, text);
});

/** A numeral below 10,000 as people write it. */
const write = (value: number): string => {
  const digits = '零一二三四五六七八九';
  let text = '';
  let gap = false;
  for (const [scale, word] of [[1000, '千'], [100, '百'], [10, '十'], [1, '']] as const) {
    const digit = Math.floor(value / scale) % 10;
    if (digit === 0) gap = text !== '';
    else {
      text += (gap ? '零' : '') + (digits[digit] ?? '') + word;
      gap = false;
    }
  }
  return text;
};

test('property: what is written is read', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 9999 }), (value) => assert.equal(parseChineseNumeral(write(value)), value)));
});

test('only what is counted turns into digits', () => {
  assert.equal(writeNumeralsAsDigits('建国路八十八号三单元二〇八室'), '建国路88号3单元208室');
  assert.equal(writeNumeralsAsDigits('三里屯五一路千岛湖文一西路'), '三里屯五一路千岛湖文一西路');
  assert.equal(writeNumeralsAsDigits('千号'), '千号');
});
