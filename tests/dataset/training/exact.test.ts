import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../harness/model/random.js';
import { varyName } from '../../../harness/dataset/training/exact.js';

const variants = (poi: string, place = { city: '杭州市', district: '萧山区', road: '建国路' }): Set<string> =>
  new Set(Array.from({ length: 200 }, (_, seed) => varyName(poi, place, createRandom(seed))).filter((name) => name !== undefined));

test('a branch is said in four ways, all with its chain and its road', () => {
  const found = variants('肯德基(建国路店)');
  assert.deepEqual(found, new Set(['建国路肯德基', '肯德基建国路店', '肯德基（建国路店）', '肯德基建国店']));
});

test('a name gets its district, its road or a shorter kind, and keeps its stem', () => {
  for (const name of variants('金鹰国际大厦')) assert.match(name, /金鹰.*大厦/);
  assert.ok(variants('金鹰国际大厦').has('萧山金鹰国际大厦') && variants('金鹰国际大厦').has('金鹰大厦'));
  assert.ok(variants('萧山区人民医院').has('人民医院'));
  assert.ok(variants('金鹰有限公司').has('金鹰公司'));
});
