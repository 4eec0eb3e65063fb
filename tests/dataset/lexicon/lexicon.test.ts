import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadLexicon } from '../../../harness/dataset/index.js';
import { nearReadings } from '../../../harness/dataset/lexicon/characters.js';
import { certifyFar, distanceKm } from '../../../harness/dataset/lexicon/distance.js';
import { files, lexicon, packageRoot } from '../world.js';

const find = (city: string, district: string) => lexicon.areas.find((area) => area.city === city && area.district === district);

test('municipalities and cities without districts are printed as on an envelope', () => {
  const dongcheng = find('北京市', '东城区');
  assert.equal(dongcheng?.province, '北京市');
  for (const area of lexicon.areas) {
    assert.doesNotMatch(`${area.city}${area.district ?? ''}`, /市辖区|直辖县级/, area.code);
    assert.notEqual(area.city, area.district, area.code);
    // Codes ending in 71 to 79 are zones that only statistics know.
    assert.doesNotMatch(area.code, /^\d{4}7\d$/);
  }
  assert.ok(lexicon.areas.some((area) => area.city === '东莞市' && area.district === undefined));
});

test('every area has towns and enough roads, each once', () => {
  assert.ok(lexicon.areas.length > 1300);
  for (const area of lexicon.areas) {
    assert.ok(area.towns.length > 0 && area.roads.length >= 6, area.code);
    assert.equal(new Set(area.roads).size, area.roads.length, area.code);
  }
});

test('distance is that of the great circle', () => {
  // Beijing to Shanghai by the usual coordinates of the cities: 1,068 km by the haversine formula.
  const km = distanceKm({ longitude: 116.4074, latitude: 39.9042 }, { longitude: 121.4737, latitude: 31.2304 });
  assert.ok(Math.abs(km - 1067.3) < 1.5, String(km));
  assert.equal(distanceKm({ longitude: 1, latitude: 1 }, { longitude: 1, latitude: 1 }), 0);
});

test('another district is not far by itself: neighbours in the middle of a city get no certificate', () => {
  assert.equal(certifyFar(find('天津市', '和平区')?.centre, find('天津市', '河西区')?.centre), undefined);
  const far = certifyFar(find('北京市', '东城区')?.centre, find('北京市', '延庆区')?.centre);
  assert.ok(far !== undefined && far > 50);
  // A place without a known extent is never certified, however far its point lies.
  assert.equal(certifyFar({ longitude: 0, latitude: 0 }, { longitude: 90, latitude: 0, radiusKm: 1 }), undefined);
});

test('old names are 1:1 renames whose old name is nobody else now', () => {
  assert.equal(lexicon.oldNames.get('北京市/通州区'), '通县');
  assert.equal(lexicon.oldNames.get('江苏省/通州区'), '通州市');
  assert.equal(lexicon.oldNames.get('湖北省/襄阳市'), '襄樊市');
  // Merged or split areas are not one place under two names.
  for (const merged of ['北京市/西城区', '江苏省/姑苏区', '浙江省/上城区']) assert.equal(lexicon.oldNames.has(merged), false, merged);
});

test('landmarks are only those that are surely the same place', () => {
  const aliasesOf = (alias: string): string[] => lexicon.aliases.filter((row) => row.alias === alias).map((row) => row.full);
  assert.deepEqual(aliasesOf('鸟巢'), ['国家体育场']);
  assert.deepEqual(aliasesOf('国贸'), ['中国国际贸易中心']);
  for (const trap of ['五道口', '国金中心', '流亭机场', '光谷', '人大']) assert.deepEqual(aliasesOf(trap), [], trap);
});

test('homophones follow how the place is read, not how its character is read elsewhere', () => {
  const { characters } = lexicon;
  assert.ok(characters.homophones('重庆路', 0).includes('崇'));
  assert.ok(!characters.homophones('重庆路', 0).includes('众'));
  assert.ok(characters.homophones('朝阳区', 1).includes('杨'));
  assert.ok(characters.lookAlikes('淮').includes('准'));
  for (const character of '阳国路清') assert.ok(!characters.homophones(character, 0).includes(character));
});

test('a typo cannot bring in a numeral or a direction', () => {
  for (const character of '士干入希冬楠贝溪吴') {
    for (const other of [...lexicon.characters.homophones(character, 0), ...lexicon.characters.lookAlikes(character)]) {
      assert.doesNotMatch(other, /[一二三四五六七八九十百千东西南北中]/, `${character} → ${other}`);
    }
  }
});

test('a name with a character that JSON escapes is refused when the tables are read', () => {
  const spoilt = (table: string, from: string, to: string) => () =>
    loadLexicon({ readText: (path) => (path.endsWith(table) ? files.readText(path).replace(from, to) : files.readText(path)) }, packageRoot);
  assert.throws(spoilt('words.tsv', '金鹰', '金"鹰'), /words\.tsv:\d+: holds/);
  assert.throws(spoilt('roads.json', '多福巷', '多\\"福巷'), /roads\.json:\d+: holds/);
});

test('a missing table is an error, not an empty lexicon', () => {
  assert.throws(() => loadLexicon({ readText: (path) => { throw new Error(`no ${path}`); } }, packageRoot), /no .*datasets\/lexicon\//);
});

test('near readings are those that half the country says alike, and no others', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['zhang', ['zang', 'zhan']], ['zan', ['zhan', 'zang']], ['shen', ['sen', 'sheng']], ['ci', ['chi']], ['nan', ['lan', 'nang']], ['ling', ['ning', 'lin']], ['hui', ['fui']], ['fang', ['hang', 'fan']],
    ['bo', []], ['mei', []],
  ];
  for (const [reading, wanted] of cases) assert.deepEqual(nearReadings(reading), wanted, reading);
  const { characters } = lexicon;
  assert.ok(characters.nearSounds('深圳路', 0).includes('森'));
  assert.ok(characters.nearSounds('珠江路', 1).some((c) => characters.reading(c, 0) === 'jian'));
  for (const other of characters.nearSounds('深圳路', 0)) assert.ok(['sen', 'sheng'].includes(characters.reading(other, 0) ?? ''), other);
});

test('words of an input method have the same keys, whatever their characters', () => {
  const { characters } = lexicon;
  const keys = (word: string): string => `${characters.reading(word, 0) ?? '?'} ${characters.reading(word, 1) ?? '?'}`;
  assert.ok(characters.imeWords('文化').includes('文华'));
  assert.equal(characters.imeWords('文化').every((word) => word !== '文化' && keys(word) === keys('文化')), true);
  assert.deepEqual(characters.imeWords('鸟巢'), []);
  for (const other of characters.sameTone('朝阳', 1)) assert.equal(characters.reading(other, 0), 'yang');
});

test('traditional characters follow the word, not the character alone', () => {
  assert.equal(lexicon.toTraditional('建国路'), '建國路');
  assert.equal(lexicon.toTraditional('台州市'), '台州市');
  assert.equal(lexicon.toTraditional('8号楼'), '8號樓');
  assert.equal(lexicon.toTraditional('北京市'), '北京市');
});

test('every province has its plate letter, each its own', () => {
  const provinces = new Set(lexicon.areas.map((area) => area.province));
  for (const province of provinces) assert.equal(lexicon.plateLetters.get(province)?.length, 1, province);
  assert.equal(new Set(lexicon.plateLetters.values()).size, lexicon.plateLetters.size);
});

test('people and companies are names without blanks, digits or places', () => {
  assert.equal(new Set(lexicon.contacts.people).size, 240);
  assert.equal(new Set(lexicon.contacts.companies).size, 120);
  for (const name of lexicon.contacts.people) assert.match(name, /^[\u4e00-\u9fff]{2,4}$/);
  for (const name of lexicon.contacts.companies) {
    assert.match(name, /^[\u4e00-\u9fff（）]{3,14}$/);
    assert.doesNotMatch(name, /^.{1,4}[省市县]|自治区/, name);
  }
});

test('a table that is missing or spoilt is told in one sentence with file and line', () => {
  const spoilt: readonly (readonly [string, (text: string) => string | undefined, RegExp])[] = [
    ['renames.tsv', () => undefined, /^There is no readable table datasets\/lexicon\/renames\.tsv\.$/],
    ['estates.json', () => '', /^datasets\/lexicon\/estates\.json:1: is empty\.$/],
    ['roads.json', (text) => text.slice(0, -100), /^datasets\/lexicon\/roads\.json:\d+: is not valid JSON\.$/],
    ['roads.json', () => '[\n["110101",\n}]', /^datasets\/lexicon\/roads\.json:3: is not valid JSON\.$/],
    ['tones.tsv', (text) => text.replace('\n', '\nai5\n'), /^datasets\/lexicon\/tones\.tsv:2: has one cell, but a row needs at least two\.$/],
    ['words.tsv', (text) => text.replace('\nbrands\t', '\nbrand\t'), /^datasets\/lexicon\/words\.tsv:1: lacks the list "brands"\.$/],
    ['common-roads.txt', (text) => text.replace('\n', '\n中"山路\n'), /^datasets\/lexicon\/common-roads\.txt:2: holds "\\"", and names must be plain text\.$/],
  ];
  for (const [name, spoil, message] of spoilt) {
    const readText = (path: string): string => {
      const text = files.readText(path);
      const shown = path.endsWith(`/${name}`) ? spoil(text) : text;
      if (shown === undefined) throw new Error('ENOENT');
      return shown;
    };
    assert.throws(() => loadLexicon({ readText }, packageRoot), { code: 'lexicon-unusable', exitCode: 2, message });
  }
});
