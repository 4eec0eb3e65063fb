import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { deriveTables, tableFile } from '../../../../servers/reference/normalise/derive.js';
import { createNormaliser, normaliseSteps, type NormaliseStep } from '../../../../servers/reference/normalise/index.js';
import { truncateAddress } from '../../../../servers/reference/normalise/truncate.js';

const only = (step: NormaliseStep): ((text: string) => string) => createNormaliser([step], 64) ?? ((text) => text);

const table: Partial<Record<NormaliseStep, readonly (readonly [from: string, to: string])[]>> = {
  invisible: [['乐山市\u0000‍民主​街﻿58号', '乐山市民主街58号'], ['a️ b', 'a b'], ['文一西路 1', '文一西路 1']],
  width: [['文一西路４６＃Ａ座（东）', '文一西路46#A座(东)'], ['【甲】。　乙', '【甲】。 乙']],
  numerals: [['和平路八十八号二〇八室', '和平路88号208室'], ['三里屯五一路', '三里屯五一路']],
  suffixes: [
    ['浙江杭州余杭区文一西路', '浙江省杭州市余杭区文一西路'],
    ['杭州余杭文一西路969号', '杭州市余杭区文一西路969号'],
    ['北京朝阳区建外', '北京市朝阳区建外'],
    ['广西南宁青秀区', '广西壮族自治区南宁市青秀区'],
    ['吉林吉林市昌邑区', '吉林省吉林市昌邑区'],
    ['吉林市昌邑区', '吉林市昌邑区'],
    // Names of something else.
    ['北京东路1号', '北京东路1号'],
    ['南京路1号', '南京路1号'],
    ['北京朝阳公园', '北京朝阳公园'],
    ['浙江省杭州市余杭区', '浙江省杭州市余杭区'],
  ],
  renamed: [
    ['北京市崇文区花市大街', '北京市东城区花市大街'],
    ['崇文区花市大街', '东城区花市大街'],
    ['云南省中甸县', '云南省香格里拉市'],
    // Lives on: in Zhangjiakou, and (东山区) in Heilongjiang.
    ['河北省张家口市桥西区', '河北省张家口市桥西区'],
    ['东山区工人村', '东山区工人村'],
    ['广州市东山区', '广州市东山区'],
    ['广东省广州市东山区', '广东省广州市越秀区'],
  ],
  aliases: [
    ['北京市朝阳区国贸', '北京市朝阳区中国国际贸易中心'],
    ['鸟巢', '国家体育场'],
    ['上海浦东机场T2航站楼', '上海浦东国际机场T2航站楼'],
    // Part of another name, another city, or its own already.
    ['北京市国贸大厦', '北京市国贸大厦'],
    ['武汉市协和医院', '武汉市协和医院'],
    ['北京市北京大学', '北京市北京大学'],
  ],
};

for (const [step, rows] of Object.entries(table) as [NormaliseStep, (typeof table)[NormaliseStep]][]) {
  test(`${step}: what it changes, and what it leaves alone`, () => {
    const normalise = only(step);
    for (const [from, to] of rows ?? []) assert.equal(normalise(from), to);
  });
}

test('truncation never cuts inside a number, a word or a bracket, nor a character in two', () => {
  assert.equal(truncateAddress('文一西路969号', 6), '文一西路');
  assert.equal(truncateAddress('文一西路969号', 7), '文一西路969');
  assert.equal(truncateAddress('天府大道中段一千三百号', 8), '天府大道中段');
  assert.equal(truncateAddress('全家便利店(新兴街店)东', 8), '全家便利店');
  assert.equal(truncateAddress('全家便利店(新兴街店)东', 11), '全家便利店(新兴街店)');
  assert.equal(truncateAddress('中心SOHO大厦', 4), '中心');
  assert.equal(truncateAddress('𠮷𠮷𠮷路', 2), '𠮷𠮷');
  // What begins with something longer than the limit is cut: nothing would be no address.
  assert.equal(truncateAddress('13800000000', 4), '1380');
  assert.equal(truncateAddress('(一二三四五)', 3), '(一二');
});

test('property: a truncated text is a beginning of the text, not longer than told, and stays as it is', () => {
  const piece = fc.constantFrom('路', '12', '三', 'A', 'b9', '(', ')', '【', '】', ' ', '𠮷', '号');
  fc.assert(fc.property(fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')), fc.integer({ min: 1, max: 20 }), (text, maxChars) => {
    const short = truncateAddress(text, maxChars);
    assert.ok(text.startsWith(short));
    assert.ok(Array.from(short).length <= maxChars);
    assert.equal(short === '', text === '');
    assert.equal(truncateAddress(short, maxChars), short);
  }));
});

test('property: no step makes an address empty or fails, and what it does once it need not do again', () => {
  for (const step of normaliseSteps) {
    const normalise = only(step);
    fc.assert(fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
      const once = normalise(`甲${text}`);
      assert.ok(once.startsWith('甲'));
      if (step !== 'numerals') assert.equal(normalise(once), once);
    }));
  }
});

test('steps are taken in one order, whatever order they are named in', () => {
  const both = createNormaliser(['numerals', 'invisible'], 64);
  assert.equal(both?.('和平路八​十号'), '和平路80号');
  assert.equal(createNormaliser([], 64), null);
});

test('the committed tables are those that are derived', () => {
  for (const [name, text] of deriveTables((file) => readFileSync(`datasets/lexicon/${file}`, 'utf8'))) assert.equal(readFileSync(tableFile(name), 'utf8'), text, name);
});
