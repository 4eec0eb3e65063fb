import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldSet, writePlace } from '../../../harness/dataset/address/render.js';
import { textOf } from '../../../harness/dataset/address/writing.js';
import { plainWording, wholeOf } from '../world.js';

test('a whole place is written from the large to the small', () => {
  const place = { province: '江苏省', city: '南京市', district: '玄武区', town: '新街口街道', road: '珠江路', number: '88', estate: '锦绣花园', building: '3', unit: '2', room: '301' };
  assert.equal(textOf(wholeOf(place)), '江苏省南京市玄武区新街口街道珠江路88号锦绣花园3号楼2单元301室');
});

test('a municipality is written once, whether as province or as city', () => {
  const place = { province: '北京市', city: '北京市', district: '朝阳区', road: '建国路', number: '8' };
  assert.equal(textOf(wholeOf(place)), '北京市朝阳区建国路8号');
  assert.equal(textOf(writePlace(place, fieldSet(['city', 'district']), plainWording)), '北京市朝阳区');
});

test('the sub-number decides how number and building are written', () => {
  const road = { city: '上海市', road: '漕溪路', number: '250' };
  assert.equal(textOf(wholeOf({ ...road, sub: '弄', building: '12', room: '301' })), '上海市漕溪路250弄12号301室');
  assert.equal(textOf(wholeOf({ ...road, sub: '甲' })), '上海市漕溪路甲250号');
  assert.equal(textOf(wholeOf({ ...road, sub: '院' })), '上海市漕溪路250号院');
});

test('a lettered building is a 座, a numbered one what the writer says', () => {
  assert.equal(textOf(wholeOf({ city: '上海市', poi: '金茂大厦', building: 'A', floor: '12' })), '上海市金茂大厦A座12层');
  assert.equal(textOf(writePlace({ city: '上海市', building: '3' }, fieldSet(['building']), { building: '幢', floor: '楼' })), '3幢');
});
