import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../harness/model/random.js';
import type { Address } from '../../../harness/model/dataset.js';
import { textOf, type Writing } from '../../../harness/dataset/address/writing.js';
import { applyOperators, operators } from '../../../harness/dataset/operator/index.js';
import { lexicon, wholeOf } from '../world.js';

const home: Address = {
  province: '江苏省', city: '南京市', district: '玄武区', town: '梅园新村街道', road: '珠江路', number: '128', estate: '锦绣花园', building: '3', unit: '2', room: '301',
};
const office: Address = { province: '北京市', city: '北京市', district: '朝阳区', road: '建国路', number: '8', poi: '金茂大厦', floor: '12' };

/** Every text the operator gives of this place; a refusal is `undefined`. */
function outcomes(name: string, writing: Writing): Set<string | undefined> {
  const operator = operators.find((candidate) => candidate.name === name);
  assert.ok(operator, name);
  return new Set(Array.from({ length: 200 }, (_, seed) => {
    const result = operator.apply(writing, createRandom(seed), lexicon);
    return result === undefined ? undefined : textOf(result);
  }));
}
const only = (name: string, place: Address): string | undefined => {
  const [text, ...others] = outcomes(name, wholeOf(place));
  assert.equal(others.length, 0, `${name} gives more than one text`);
  return text;
};

test('levels are left out, each by its own operator', () => {
  assert.equal(only('omit-province', home), '南京市玄武区梅园新村街道珠江路128号锦绣花园3号楼2单元301室');
  assert.equal(only('omit-city', home), '玄武区梅园新村街道珠江路128号锦绣花园3号楼2单元301室');
  assert.equal(only('omit-town', home), '江苏省南京市玄武区珠江路128号锦绣花园3号楼2单元301室');
  assert.equal(only('omit-regions', home), '珠江路128号锦绣花园3号楼2单元301室');
});

test('a level that tells two places apart is not left out', () => {
  // 鼓楼区 is in four cities; 人民路 alone, without a house, could be anywhere.
  assert.equal(only('omit-city', { ...home, district: '鼓楼区' }), undefined);
  assert.equal(only('omit-regions', { province: '江苏省', city: '南京市', district: '玄武区', road: '人民路', number: '8' }), undefined);
  const twice = [...lexicon.roadUse].find(([, uses]) => uses > 1)?.[0].split('/') ?? [];
  const [city = '', road = ''] = twice;
  assert.equal(only('omit-district', { city, district: '某区', road, number: '8' }), undefined);
  const once = [...lexicon.roadUse].find(([, uses]) => uses === 1)?.[0].split('/') ?? [];
  assert.equal(only('omit-district', { city: once[0] ?? '', district: '某区', road: once[1] ?? '', number: '8' }), `${once[0] ?? ''}${once[1] ?? ''}8号`);
});

test('completion puts every level back at its point, and does not follow an omission', () => {
  const short = applyOperators(wholeOf(home), operators.filter((o) => o.name === 'omit-regions'), createRandom(1), lexicon).writing;
  assert.equal(textOf(short), '珠江路128号锦绣花园3号楼2单元301室');
  assert.deepEqual([...outcomes('complete', short)], [textOf(wholeOf(home))]);
  assert.equal(only('complete', home), undefined);
  const both = applyOperators(wholeOf(home), operators.filter((o) => o.name === 'omit-province' || o.name === 'complete'), createRandom(1), lexicon);
  assert.deepEqual(both.names, ['omit-province']);
});

test('suffixes go together, unless two levels would become one word', () => {
  assert.equal(only('strip-suffixes', office), '北京朝阳建国路8号金茂大厦12层');
  assert.equal(only('strip-suffixes', { province: '江西省', city: '南昌市', district: '南昌县', road: '人民路' }), '江西南昌南昌县人民路');
  assert.equal(only('short-official-name', { city: '恩施土家族苗族自治州', road: '人民路' }), '恩施州人民路');
  assert.equal(only('short-official-name', home), undefined);
});

test('an old name is said only for a region that had one', () => {
  assert.equal(only('old-name', { city: '北京市', district: '通州区', road: '人民路' }), undefined, 'without its province a name could be another');
  assert.equal(only('old-name', { province: '北京市', city: '北京市', district: '通州区', road: '人民路' }), '北京市通县人民路');
  assert.equal(only('old-name', office), undefined);
});

test('a landmark is called by its alias in its own city only', () => {
  assert.equal(only('poi-alias', { city: '北京市', poi: '国家体育场' }), '北京市鸟巢');
  assert.equal(only('poi-alias', { city: '上海市', poi: '国家体育场' }), undefined);
  assert.equal(only('poi-alias', office), undefined);
});

test('road and name are two views of one place', () => {
  assert.equal(only('name-without-road', office), '北京市朝阳区金茂大厦12层');
  assert.deepEqual(outcomes('name-before-road', wholeOf(office)), new Set(['北京市朝阳区金茂大厦12层(建国路8号)', '北京市朝阳区金茂大厦12层（建国路8号）']));
  assert.equal(only('name-without-road', { city: '北京市', road: '建国路', number: '8' }), undefined);
});

test('numbers and buildings have their own ways of writing', () => {
  assert.deepEqual(outcomes('number-sign', wholeOf({ city: '', road: '建国路', number: '8' })), new Set(['建国路8#', '建国路8＃', '建国路No.8']));
  assert.deepEqual(outcomes('number-sign', wholeOf({ city: '', road: '建国路', number: '8', room: '301' })), new Set(['建国路8#301室', '建国路8＃301室']));
  assert.deepEqual(outcomes('number-in-words', wholeOf({ city: '', road: '建国路', number: '128' })), new Set(['建国路一百二十八号', '建国路一二八号']));
  assert.equal(only('building-in-words', { city: '', estate: '锦绣花园', building: '3', unit: '2' }), '锦绣花园三号楼二单元');
  assert.ok(!outcomes('building-word', wholeOf(home)).has(textOf(wholeOf(home))));
  assert.deepEqual(outcomes('room-word', wholeOf({ city: '', building: '3', room: '301' })), new Set(['3号楼301', '3号楼301房']));
  assert.deepEqual(outcomes('floor-word', wholeOf({ city: '', floor: '12' })), new Set(['12楼', '12F']));
  assert.equal(only('full-width-digits', { city: '', road: '建国路', number: '8', building: '3' }), '建国路８号３号楼');
});

test('dashes need all three parts: 27-4 could be read in two ways', () => {
  assert.equal(only('dashes', { city: '', estate: '锦绣花园', building: '3', unit: '2', room: '301' }), '锦绣花园3-2-301');
  assert.equal(only('dashes', { city: '', estate: '锦绣花园', building: '27', unit: '4' }), undefined);
  assert.equal(only('dashes', { city: '', estate: '锦绣花园', building: 'A', unit: '4', room: '301' }), undefined);
});

test('a style operator refuses a form that is not the plain one', () => {
  const lane: Address = { city: '', road: '漕溪路', number: '250', sub: '弄' };
  assert.equal(only('number-sign', lane), undefined);
  assert.equal(only('number-in-words', { ...lane, sub: '甲' }), undefined);
});

test('layout keeps every character that was there', () => {
  for (const name of ['separators', 'brackets', 'blanks', 'invisible']) {
    for (const text of outcomes(name, wholeOf(home))) {
      assert.ok(text !== undefined);
      assert.equal(text.replaceAll(/[·,，\-/、()（）【】\s\u200b-\u200d\u2060\ufeff]/g, ''), textOf(wholeOf(home)), name);
      assert.notEqual(text, textOf(wholeOf(home)));
    }
  }
});

test('nothing unseen is put into the middle of an emoji', () => {
  const place = wholeOf({ city: '📍😊'.repeat(6) });
  for (const name of ['invisible', 'control-characters', 'private-use']) for (const text of outcomes(name, place)) assert.doesNotMatch(text ?? '', /\p{Surrogate}/u);
});

test('a road is not cut from its number', () => {
  for (const text of outcomes('separators', wholeOf(home))) assert.match(text ?? '', /珠江路128号/);
});

test('what is put around leaves the address whole, and telephones are nobody’s', () => {
  for (const name of ['label', 'note', 'person', 'phone', 'emoji', 'trailing-marks', 'country', 'repeat-region']) {
    for (const text of outcomes(name, wholeOf(home))) {
      assert.ok(text?.includes(textOf(wholeOf(home))), `${name}: ${text ?? ''}`);
      assert.notEqual(text, textOf(wholeOf(home)));
    }
  }
  for (const text of outcomes('phone', wholeOf(home))) assert.match(text ?? '', /1\d\d\*{4}(\d)\1{3}$|1\d\d\*{4}1234$|13800000000$/);
});

test('every operator has a name of its own', () => {
  assert.equal(new Set(operators.map((operator) => operator.name)).size, operators.length);
  assert.ok(operators.length >= 30);
});
