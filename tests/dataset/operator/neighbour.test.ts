import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../harness/model/random.js';
import type { Address } from '../../../harness/model/dataset.js';
import * as neighbour from '../../../harness/dataset/operator/neighbour.js';
import { lexicon } from '../world.js';

const partings = (which: neighbour.Neighbour, place: Address) =>
  Array.from({ length: 300 }, (_, seed) => which.part(place, createRandom(seed), lexicon)).filter((pair) => pair !== undefined);
/** As they are written down: a field that a place has lost stands there as `undefined`. */
const written = (pair: { a: Address; b: Address } | undefined): unknown => JSON.parse(JSON.stringify(pair));
const values = (which: neighbour.Neighbour, place: Address): Set<string | undefined> => new Set(partings(which, place).map((pair) => pair.b[which.field]));
/** Both values, with a bar between them. */
const couples = (which: neighbour.Neighbour, place: Address): Set<string> =>
  new Set(partings(which, place).map(({ a, b }) => `${a[which.field] ?? ''}|${b[which.field] ?? ''}`));

const door: Address = { province: '江苏省', city: '南京市', district: '玄武区', town: '新街口街道', road: '珠江路', number: '8' };
const home: Address = { ...door, estate: '锦绣花园', building: '3', unit: '2', room: '501' };
const office: Address = { ...door, poi: '金鹰大厦', building: 'A', floor: '12' };
const shop: Address = { ...door, poi: '同仁堂药店' };

test('neighbouring numbers are one or two away, and never below one', () => {
  assert.deepEqual(values(neighbour.doorNear, { city: '', number: '10' }), new Set(['8', '9', '11', '12']));
  assert.deepEqual(values(neighbour.doorNear, { city: '', number: '1' }), new Set(['2', '3']));
  for (const value of values(neighbour.doorFar, { city: '', number: '8' })) assert.ok(Number(value) - 8 >= 60);
  assert.deepEqual(values(neighbour.unitNext, { city: '', unit: '1' }), new Set(['2']));
  assert.deepEqual(values(neighbour.floorNext, { city: '', floor: '12' }), new Set(['11', '13']));
});

test('doors with letters, courts, sub-numbers and ranges', () => {
  assert.deepEqual(values(neighbour.doorPrefix, door), new Set(['甲', '乙', '院']));
  for (const couple of couples(neighbour.doorLetter, door)) assert.match(couple, /^([甲乙丙])\|(?!\1)[乙丙丁院]$/);
  const couplesOfSub = couples(neighbour.subNumber, door);
  for (const wanted of ['8|8-1', '8|8之2', '8-3|8-2']) assert.ok(couplesOfSub.has(wanted), wanted);
  for (const couple of couplesOfSub) assert.match(couple, /^8([-之][1-5])?\|8[-之][1-4]$/);
  assert.deepEqual(values(neighbour.numberRange, { city: '', number: '69' }), new Set(['69-71', '69-73', '69-75']));
  assert.deepEqual(written(partings(neighbour.numberDropped, door)[0]), { a: door, b: { province: '江苏省', city: '南京市', district: '玄武区', town: '新街口街道', road: '珠江路' } });
});

test('a number that is no plain number is left to nobody', () => {
  for (const number of ['8-1', '69-71', '8之2']) {
    for (const which of [neighbour.doorNear, neighbour.doorFar, neighbour.subNumber, neighbour.numberRange]) assert.deepEqual(partings(which, { ...door, number }), [], which.name);
  }
  for (const which of [neighbour.doorPrefix, neighbour.doorLetter, neighbour.subNumber, neighbour.numberRange, neighbour.numberDropped]) assert.deepEqual(partings(which, { ...door, sub: '院' }), [], which.name);
  assert.deepEqual(partings(neighbour.numberDropped, { ...door, room: '301' }), []);
});

test('lanes stand where lanes have numbers, and step by one or two', () => {
  assert.deepEqual(values(neighbour.laneNumber, { ...home, number: '100' }), new Set(['98', '99', '101', '102']));
  assert.deepEqual(partings(neighbour.laneNumber, { ...home, province: '甘肃省' }), []);
  for (const { a, b } of partings(neighbour.laneNumber, home)) assert.deepEqual([a.sub, b.sub, a.estate, b.unit], ['弄', '弄', undefined, undefined]);
  for (const couple of couples(neighbour.laneNext, door)) assert.match(couple, /^珠江(路\d(巷|弄)|[一二三四五六七八九]里)\|珠江(路\d+(巷|弄)|[二三四五六七八九十]+里)$/);
  assert.deepEqual(partings(neighbour.laneNext, { ...door, road: '多福巷' }), []);
});

test('buildings move by number, towers by letter', () => {
  assert.deepEqual(values(neighbour.buildingNext, { city: '', building: '3' }), new Set(['2', '4', '5']));
  assert.deepEqual(partings(neighbour.buildingNext, { city: '', building: 'A' }), []);
  assert.deepEqual(values(neighbour.towerLetter, { city: '', building: 'A' }), new Set(['B']));
  assert.deepEqual(values(neighbour.towerLetter, { city: '', building: 'C' }), new Set(['A', 'D']));
  assert.deepEqual(partings(neighbour.towerLetter, { city: '', building: '3' }), []);
});

test('a room moves to the next door, or to the next floor', () => {
  assert.deepEqual(values(neighbour.roomNext, { city: '', room: '1003' }), new Set(['1002', '1004']));
  assert.deepEqual(values(neighbour.roomNext, { city: '', room: '101' }), new Set(['102']));
  assert.deepEqual(values(neighbour.roomAbove, { city: '', room: '1003' }), new Set(['1103']));
});

test('a dropped building takes unit, floor and room with it on both sides', () => {
  assert.deepEqual(written(partings(neighbour.buildingDropped, home)[0]), { a: { ...door, estate: '锦绣花园', building: '3' }, b: { ...door, estate: '锦绣花园' } });
  assert.deepEqual(partings(neighbour.buildingDropped, { ...door, building: '3' }), [], 'a house without a name is told by its building');
});

test('roads change their word or their direction only', () => {
  assert.deepEqual(values(neighbour.roadWord, { city: '', road: '海淀路' }), new Set(['海淀大街', '海淀街', '海淀大道']));
  assert.deepEqual(values(neighbour.roadDirection, { city: '', road: '建国路' }), new Set(['建国东路', '建国西路', '建国南路', '建国北路', '建国支路']));
  assert.deepEqual(values(neighbour.roadDirection, { city: '', road: '建国北路' }), new Set(['建国南路']));
  assert.deepEqual(values(neighbour.roadDirection, { city: '', road: '多福巷' }), new Set());
  for (const which of [neighbour.roadWord, neighbour.roadDirection]) assert.deepEqual(values(which, { city: '', road: '东大街' }), new Set());
});

test('a phase, a zone or a tower of one estate stands against another of it', () => {
  const found = couples(neighbour.phase, home);
  for (const wanted of ['锦绣花园一期|锦绣花园二期', '锦绣花园西区|锦绣花园东区', '锦绣花园A区|锦绣花园B区']) assert.ok(found.has(wanted), wanted);
  assert.deepEqual(partings(neighbour.phase, door), []);
});

test('beside a place, at its gate, at a crossing', () => {
  for (const extra of values(neighbour.proximity, door)) assert.match(extra ?? '', /面$|旁|附近|隔壁|^[东西南北往].*\d+米$/);
  for (const couple of couples(neighbour.crossing, door)) assert.match(couple, /^(与.+交叉口)([东西南北]{2}角)?\|\1([东西南北]\d+米|[东西南北]{2}角)$/u);
  for (const { a } of partings(neighbour.crossing, door)) assert.equal(a.number, undefined, 'a crossing has no number');
  assert.ok(values(neighbour.gate, shop).has('东门') && values(neighbour.gate, shop).has('B口'));
  for (const { a, b } of partings(neighbour.otherGate, shop)) {
    assert.notEqual(a.extra, b.extra);
    assert.equal((a.extra ?? '').endsWith('口'), (a.poi ?? '').endsWith('地铁站'), 'exits are of stations, gates of houses');
  }
  for (const extra of values(neighbour.locker, home)) assert.match(extra ?? '', /柜|站|易|点/);
});

test('a place that has an extra already gets no other', () => {
  for (const which of [neighbour.proximity, neighbour.crossing, neighbour.gate, neighbour.otherGate, neighbour.locker]) assert.deepEqual(partings(which, { ...shop, extra: '东门' }), [], which.name);
  for (const which of [neighbour.gate, neighbour.otherGate]) for (const { a } of partings(which, door)) assert.match(a.poi ?? '', /地铁站$/);
});

test('every neighbour differs in its field and in nothing else', () => {
  for (const [which] of neighbour.neighbours) {
    const found = [door, home, office, shop].flatMap((place) => partings(which, place));
    for (const { a, b } of found) {
      const differing = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => a[key as keyof Address] !== b[key as keyof Address]);
      assert.deepEqual(differing, [which.field], which.name);
    }
    assert.ok(found.length > 0, which.name);
  }
});

test('a neighbour leaves the place it is given as it was', () => {
  const before = JSON.stringify([door, home, office, shop]);
  for (const [which] of neighbour.neighbours) for (const place of [door, home, office, shop]) partings(which, place);
  assert.equal(JSON.stringify([door, home, office, shop]), before);
});
