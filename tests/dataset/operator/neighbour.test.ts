import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../harness/model/random.js';
import type { Address } from '../../../harness/model/dataset.js';
import * as neighbour from '../../../harness/dataset/operator/neighbour.js';
import { lexicon } from '../world.js';

const partings = (which: neighbour.Neighbour, place: Address) =>
  Array.from({ length: 200 }, (_, seed) => which.part(place, createRandom(seed), lexicon)).filter((pair) => pair !== undefined);
const values = (which: neighbour.Neighbour, place: Address): Set<string | undefined> => new Set(partings(which, place).map((pair) => pair.b[which.field]));

test('neighbouring numbers are one or two away, and never below one', () => {
  assert.deepEqual(values(neighbour.doorNear, { city: '', number: '10' }), new Set(['8', '9', '11', '12']));
  assert.deepEqual(values(neighbour.doorNear, { city: '', number: '1' }), new Set(['2', '3']));
  for (const value of values(neighbour.doorFar, { city: '', number: '8' })) assert.ok(Number(value) - 8 >= 60);
  assert.deepEqual(values(neighbour.unitNext, { city: '', unit: '1' }), new Set(['2']));
  assert.deepEqual(values(neighbour.floorNext, { city: '', floor: '12' }), new Set(['11', '13']));
});

test('buildings move by number or letter', () => {
  assert.deepEqual(values(neighbour.buildingNext, { city: '', building: '3' }), new Set(['2', '4', '5']));
  assert.deepEqual(values(neighbour.buildingNext, { city: '', building: 'A' }), new Set(['B']));
  assert.deepEqual(values(neighbour.buildingNext, { city: '', building: 'C' }), new Set(['A', 'D']));
});

test('a room moves to the next door or the next floor', () => {
  assert.deepEqual(values(neighbour.roomNext, { city: '', room: '1003' }), new Set(['1002', '1004', '1103']));
  assert.deepEqual(values(neighbour.roomNext, { city: '', room: '101' }), new Set(['102', '201']));
});

test('roads change their word or their direction only', () => {
  assert.deepEqual(values(neighbour.roadWord, { city: '', road: '海淀路' }), new Set(['海淀大街', '海淀街', '海淀大道']));
  assert.deepEqual(values(neighbour.roadDirection, { city: '', road: '建国路' }), new Set(['建国东路', '建国西路', '建国南路', '建国北路', '建国支路']));
  assert.deepEqual(values(neighbour.roadDirection, { city: '', road: '建国北路' }), new Set(['建国南路']));
  assert.deepEqual(values(neighbour.roadDirection, { city: '', road: '多福巷' }), new Set());
  assert.deepEqual(values(neighbour.roadWord, { city: '', road: '东大街' }), new Set());
});

test('every neighbour differs in its field and in nothing else, or refuses a place that lacks it', () => {
  const place: Address = { city: '南京市', district: '玄武区', road: '珠江路', number: '8', estate: '锦绣花园', building: '3', unit: '2', floor: '5', room: '501' };
  for (const [which] of neighbour.neighbours) {
    for (const { a, b } of partings(which, which.name === 'number-dropped' ? { city: '', road: '珠江路', number: '8' } : place)) {
      const differing = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => a[key as keyof Address] !== b[key as keyof Address]);
      assert.deepEqual(differing, [which.field], which.name);
    }
    assert.ok(partings(which, which.name === 'number-dropped' ? { city: '', road: '珠江路', number: '8' } : place).length > 0, which.name);
  }
  assert.deepEqual(partings(neighbour.numberDropped, place), []);
  assert.deepEqual(partings(neighbour.doorPrefix, { ...place, sub: '院' }), []);
});
