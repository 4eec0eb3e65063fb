import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../harness/model/random.js';
import { textOf } from '../../../harness/dataset/address/writing.js';
import { omitRoom } from '../../../harness/dataset/operator/tail.js';
import { lexicon, wholeOf } from '../world.js';

const written = (place: Parameters<typeof wholeOf>[0]): string | undefined => {
  const after = omitRoom.apply(wholeOf(place), createRandom(1), lexicon);
  return after === undefined ? undefined : textOf(after);
};

test('unit, floor and room go, the building stays', () => {
  assert.equal(written({ city: '南京市', estate: '锦绣花园', building: '17', unit: '1', room: '301' }), '南京市锦绣花园17号楼');
  assert.equal(written({ city: '南京市', poi: '金鹰大厦', floor: '12' }), '南京市金鹰大厦');
});

test('a room that is all the door has stays, and so does an address without one', () => {
  assert.equal(written({ city: '南京市', road: '珠江路', number: '8', room: '301' }), undefined);
  assert.equal(written({ city: '南京市', estate: '锦绣花园', building: '17' }), undefined);
});
