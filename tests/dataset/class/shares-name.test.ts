import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withText, without } from '../../../harness/dataset/address/writing.js';
import { sharesName } from '../../../harness/dataset/class/shares-name.js';
import { wholeOf } from '../world.js';

const source = wholeOf({ city: '柳州市', road: '平安路', number: '275' });
const onlyRoad = without(source, ['city']) ?? source;

test('a slip in the only name that both sides have leaves nothing in common', () => {
  assert.equal(sharesName(source, onlyRoad, []), true);
  assert.equal(sharesName(source, withText(onlyRoad, 0, '平宴路', 'made'), ['look-alike']), false);
  assert.equal(sharesName(source, withText(source, 1, '平宴路', 'made'), ['look-alike']), true, 'the city is right');
});

test('a number is no name', () => {
  assert.equal(sharesName(source, without(source, ['city', 'road']) ?? source, []), false);
});

test('an alias and an old name join two sides by what the tables say', () => {
  const other = withText(onlyRoad, 0, '平宴路', 'made');
  assert.equal(sharesName(source, other, ['poi-alias']), true);
  assert.equal(sharesName(source, other, ['old-name']), true);
});
