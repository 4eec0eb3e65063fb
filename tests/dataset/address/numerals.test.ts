import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toChineseNumeral, toDigitwise, toFullWidth } from '../../../harness/dataset/address/numerals.js';

test('numbers are said as in Chinese', () => {
  const cases: [number, string][] = [
    [8, '八'], [10, '十'], [12, '十二'], [20, '二十'], [100, '一百'], [101, '一百零一'], [110, '一百一十'], [128, '一百二十八'],
    [1000, '一千'], [1008, '一千零八'], [1010, '一千零一十'], [1200, '一千二百'], [9999, '九千九百九十九'],
  ];
  for (const [value, words] of cases) assert.equal(toChineseNumeral(value), words);
});

test('what has no numeral is refused, not guessed', () => {
  for (const value of [0, -1, 1.5, 10_000, Number.NaN]) assert.throws(() => toChineseNumeral(value), RangeError);
});

test('digit by digit and full width keep every digit and every other character', () => {
  assert.equal(toDigitwise('301'), '三〇一');
  assert.equal(toFullWidth('128号3号楼A'), '１２８号３号楼A');
  assert.equal(toFullWidth('建国路'), '建国路');
});
