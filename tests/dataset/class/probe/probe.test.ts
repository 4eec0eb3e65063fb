import assert from 'node:assert/strict';
import { test } from 'node:test';
import { probeGroups } from '../../../../harness/model/dataset.js';
import { probePairs } from '../../../../harness/dataset/index.js';
import { lexicon } from '../../world.js';

const probes = probePairs(lexicon);
const find = (a: string, b: string): readonly string[] | undefined => probes.find((probe) => (probe.a === a && probe.b === b) || (probe.a === b && probe.b === a))?.expected;
const holding = (group: string, ...texts: string[]): readonly string[] | undefined =>
  probes.find((probe) => probe.group === group && texts.every((text) => probe.a.includes(text) || probe.b.includes(text)))?.expected;

test('a fixed set: every group, ids of their own, never two equal sides, no pair twice', () => {
  assert.deepEqual(probePairs(lexicon), probes);
  for (const group of probeGroups) assert.ok(probes.filter((probe) => probe.group === group).length >= 20, group);
  assert.equal(new Set(probes.map(({ id }) => id)).size, probes.length);
  assert.equal(new Set(probes.map(({ a, b }) => [a, b].sort().join('|'))).size, probes.length);
  for (const probe of probes) {
    assert.notEqual(probe.a, probe.b, probe.id);
    assert.ok(probe.expected.length > 0 && probe.id.startsWith(probe.group), probe.id);
  }
});

test('renames: one to one is exact, merged may be partial, split is not asked, a namesake elsewhere is not', () => {
  assert.deepEqual(holding('rename', '北京市通县', '北京市通州区'), ['exact']);
  assert.deepEqual(holding('rename', '襄樊市', '襄阳市'), ['exact']);
  assert.deepEqual(holding('rename', '北京市崇文区', '北京市东城区'), ['exact', 'partial']);
  assert.equal(holding('rename', '江干区'), undefined);
  assert.deepEqual(holding('rename', '北京市通县', '江苏省南通市通州区'), ['not']);
});

test('an old name that is another place of the province today is not asked for', () => {
  const inUse = new Set(lexicon.areas.map(({ province, district }) => `${province}/${district ?? ''}`));
  for (const { old = '', parent = '' } of lexicon.probes.renames) {
    if (inUse.has(`${parent}/${old}`)) assert.equal(holding('rename', old), undefined, old);
  }
});

test('polyphones: misheard after the right and after the naive reading, doubtful ones left out', () => {
  assert.deepEqual(holding('polyphone', '六安市', '路安市'), ['exact']);
  assert.deepEqual(holding('polyphone', '六安市', '柳安市'), ['exact']);
  assert.equal(holding('polyphone', '百色'), undefined);
  for (const { group, a, b } of probes) {
    if (group !== 'polyphone') continue;
    const row = lexicon.probes.polyphones.find(({ place = '' }) => a.includes(place) && !b.includes(place));
    const at = a.indexOf(row?.['place'] ?? '?');
    assert.ok(at >= 0 && !lexicon.names.has(b.slice(at, at + 2)), `${b}: the name of another place`);
  }
});

test('aliases are exact inside their city; what only looks like one is not', () => {
  assert.deepEqual(find('北京市鸟巢', '北京市国家体育场'), ['exact']);
  assert.deepEqual(find('武汉市协和医院', '武汉市华中科技大学同济医学院附属协和医院'), ['exact']);
  assert.deepEqual(find('北京市协和医院', '武汉市华中科技大学同济医学院附属协和医院'), ['not']);
  assert.deepEqual(find('北京市五道口', '北京市清华大学西门'), ['not']);
  assert.deepEqual(find('上海市国金中心', '上海国际金融中心'), ['not']);
  assert.deepEqual(find('北京市国贸', '北京市中央商务区'), ['partial']);
  assert.deepEqual(find('北京市首都机场', '北京大兴国际机场'), ['not']);
  assert.deepEqual(find('南京新街口', '北京新街口'), ['not']);
  assert.equal(find('广州市中大', '广州市中山大学'), undefined, 'ambiguous even in its city');
});
