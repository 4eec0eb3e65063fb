import assert from 'node:assert/strict';
import { test } from 'node:test';
import { officialShort, stripSuffix } from '../../../harness/dataset/address/region.js';

test('a region loses its suffix only where enough of its name is left', () => {
  const cases: [string, string][] = [
    ['朝阳区', '朝阳'],
    ['北京市', '北京'],
    ['广西壮族自治区', '广西'],
    ['内蒙古自治区', '内蒙古'],
    ['新疆维吾尔自治区', '新疆'],
    ['恩施土家族苗族自治州', '恩施'],
    ['双江拉祜族佤族布朗族傣族自治县', '双江'],
    ['大兴安岭地区', '大兴安岭'],
    ['神农架林区', '神农架'],
    ['建外街道', '建外'],
    ['单县', '单县'],
    ['城区', '城区'],
    ['科尔沁左翼中旗', '科尔沁左翼中旗'],
  ];
  for (const [name, short] of cases) assert.equal(stripSuffix(name), short);
});

test('a long official name has a short one that keeps its kind', () => {
  assert.equal(officialShort('恩施土家族苗族自治州'), '恩施州');
  assert.equal(officialShort('广西壮族自治区'), '广西');
  assert.equal(officialShort('双江拉祜族佤族布朗族傣族自治县'), '双江县');
  assert.equal(officialShort('朝阳区'), undefined);
});
