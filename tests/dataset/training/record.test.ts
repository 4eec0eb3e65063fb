import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../harness/model/random.js';
import { textOf } from '../../../harness/dataset/address/writing.js';
import type { Operator } from '../../../harness/dataset/operator/index.js';
import { recordCrossing, recordDash, recordNear, recordTwice } from '../../../harness/dataset/training/record.js';
import { lexicon, wholeOf } from '../world.js';

const written = (operator: Operator, place: Parameters<typeof wholeOf>[0]): string[] =>
  Array.from({ length: 60 }, (_, seed) => operator.apply(wholeOf(place), createRandom(seed), lexicon)).flatMap((after) => (after === undefined ? [] : [textOf(after)]));
const named = { city: '南京市', road: '珠江路', number: '8', poi: '金鹰大厦' };

test('a crossing takes the place of the number, never of the name', () => {
  for (const text of written(recordCrossing, named)) assert.match(text, /^南京市珠江路与.+交[叉汇][口处]([东西南北]侧?\d+米|[东西][南北]角)金鹰大厦$/);
  assert.equal(written(recordCrossing, named).length, 60);
  assert.deepEqual(written(recordCrossing, { city: '南京市', road: '珠江路', number: '8' }), [], 'a door is told by its number');
});

test('a near road stands behind, in brackets', () => {
  for (const text of written(recordNear, named)) assert.match(text, /^南京市珠江路8号金鹰大厦[(（](近.+|.+口)[)）]$/);
  assert.deepEqual(written(recordNear, { ...named, extra: '对面' }), []);
  assert.deepEqual(written(recordNear, { city: '南京市', poi: '金鹰大厦' }), []);
});

test('a name stands twice where it has no brackets of its own', () => {
  assert.ok(written(recordTwice, named).includes('南京市珠江路8号金鹰大厦(金鹰大厦)'));
  assert.deepEqual(written(recordTwice, { ...named, poi: '肯德基(珠江路店)' }), []);
  assert.deepEqual(written(recordTwice, { city: '南京市', road: '珠江路', number: '8' }), []);
});

test('a dash parts the building from the name, never two numbers', () => {
  assert.deepEqual(new Set(written(recordDash, { city: '南京市', estate: '锦绣花园', building: '3' })), new Set(['南京市锦绣花园-3号楼']));
  assert.deepEqual(written(recordDash, { city: '南京市', poi: '京基100', building: '3' }), []);
  assert.deepEqual(written(recordDash, named), []);
});
