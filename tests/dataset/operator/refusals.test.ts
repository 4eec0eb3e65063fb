import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Address } from '../../../harness/model/dataset.js';
import { createRandom } from '../../../harness/model/random.js';
import { createPart, textOf, withParts, without, type Part, type Writing } from '../../../harness/dataset/address/writing.js';
import { operators } from '../../../harness/dataset/operator/index.js';
import { lexicon, wholeOf } from '../world.js';

const city: Address = { city: '南京市' };
const door: Address = { province: '江苏省', city: '南京市', district: '玄武区', town: '梅园新村街道', road: '珠江路', number: '128' };
const home: Address = { ...door, estate: '锦绣花园', building: '3', unit: '2', room: '301' };
const office: Address = { ...door, poi: '金鹰大厦', building: 'A', floor: '12' };
const lane: Address = { ...door, sub: '弄' };
const lacking = (place: Address, ...kinds: Part['kind'][]): Writing => without(wholeOf(place), kinds) ?? assert.fail('nothing left out');
const marked = (place: Address): Writing => {
  const { parts, ...writing } = wholeOf(place);
  return withParts({ ...writing, parts }, [createPart('mark', '收货地址：'), ...parts]);
};

/** What each operator refuses, by its name: the field or the plain form is missing, the promise would not hold, or nothing would change. */
const refused: Readonly<Record<string, readonly Writing[]>> = {
  'omit-province': [lacking(door, 'city', 'district'), lacking(door, 'province')],
  'omit-city': [lacking(door, 'district'), wholeOf({ ...door, district: '鼓楼区' }), lacking(door, 'province', 'city')],
  'omit-district': [lacking(door, 'road'), lacking(door, 'city'), wholeOf(city)],
  'omit-town': [lacking(door, 'road', 'number'), lacking(door, 'town')],
  'omit-regions': [wholeOf(door), lacking(home, 'number'), lacking(home, 'province', 'district', 'town')],
  'omit-room': [wholeOf(door), lacking(home, 'unit', 'room'), wholeOf({ ...door, room: '301' })],
  'complete': [wholeOf(home)],
  'name-without-road': [wholeOf(door), lacking(home, 'road')],
  'name-before-road': [wholeOf(door), lacking(home, 'number'), wholeOf({ ...door, poi: '肯德基(珠江路店)' })],
  'homophone': [wholeOf(city), wholeOf({ ...city, road: '珠江路', number: '8' })],
  'look-alike': [wholeOf(city), wholeOf({ ...city, road: '珠江路', number: '8' })],
  'drop-character': [wholeOf(city), wholeOf({ ...city, district: '玄武区', road: '珠江路' })],
  'stutter': [wholeOf(city), wholeOf({ ...city, road: '珠江路', number: '8' })],
  'same-tone': [wholeOf(city)],
  'near-pinyin': [wholeOf(city)],
  'ime-word': [wholeOf(city)],
  'swap-characters': [wholeOf(city), wholeOf({ ...city, district: '河东区', road: '江北路' })],
  'masked-character': [wholeOf(city), wholeOf({ ...city, district: '玄武区', road: '珠江路' })],
  'strip-suffixes': [lacking({ province: '江西省', city: '南昌市', district: '南昌县', road: '人民路' }, 'province', 'city'), lacking(door, 'province', 'city', 'district')],
  'short-official-name': [wholeOf(home)],
  'old-name': [wholeOf(door), lacking({ province: '北京市', city: '北京市', district: '通州区', road: '人民路' }, 'district')],
  'poi-alias': [wholeOf(office), wholeOf({ ...city, poi: '国家体育场' })],
  'number-sign': [wholeOf(city), wholeOf(lane), wholeOf({ ...door, sub: '甲' })],
  'number-in-words': [wholeOf(city), wholeOf(lane), wholeOf({ ...door, sub: '甲' })],
  'number-in-formal-words': [wholeOf(city), wholeOf(lane)],
  'circled-number': [wholeOf(door), wholeOf({ ...lane, number: '8' })],
  'zero-pad': [wholeOf(door), wholeOf(city)],
  'building-in-words': [wholeOf(door), wholeOf({ ...door, poi: '金鹰大厦', building: 'A' })],
  'building-word': [wholeOf(door), wholeOf(office)],
  'dashes': [wholeOf(office), lacking(home, 'room'), lacking(home, 'unit'), lacking(home, 'building')],
  'room-word': [wholeOf(door)],
  'room-in-words': [wholeOf(door)],
  'scanned-zero': [wholeOf({ ...door, room: '110' }), wholeOf({ ...door, room: '123' })],
  'floor-word': [wholeOf(home)],
  'letter-case': [wholeOf(home)],
  'full-width-digits': [wholeOf(city)],
  'separators': [wholeOf(city), lacking({ ...city, road: '珠江路', number: '128' }, 'city')],
  'brackets': [wholeOf({ ...city, road: '珠江路' }), wholeOf({ ...city, poi: '肯德基(珠江路店)' })],
  'blanks': [wholeOf(city)],
  'line-breaks': [wholeOf(city)],
  'escapes': [wholeOf(city), lacking({ ...city, road: '珠江路', number: '128' }, 'city')],
  'punctuation-width': [wholeOf(door)],
  'reverse-order': [wholeOf({ ...city, road: '珠江路' }), marked(door)],
  'repeat-region': [lacking(door, 'province', 'city', 'district'), marked(door)],
  'region-at-end': [wholeOf(city), lacking(door, 'city', 'district')],
  'statistics-level': [lacking(door, 'city'), lacking(door, 'district'), wholeOf({ ...door, district: '延庆县' })],
  'country': [lacking(door, 'province', 'city'), marked(door)],
  'traditional': [lacking({ ...city, poi: '中山大' }, 'city')],
  'pinyin-name': [wholeOf(city), wholeOf({ ...city, road: '珠江路', number: '8' })],
  'city-initials': [lacking(door, 'district'), wholeOf({ ...door, city: '呼伦贝尔市' })],
  'plate-letter': [lacking(door, 'province'), lacking({ province: '江苏省', city: '南京市', road: '珠江路' }, 'city'), lacking(door, 'city', 'district')],
  'english': [wholeOf(lane), wholeOf(home), marked(door)],
};

/** They put something to the address, whatever it is. */
const refuseNothing = [
  'invisible', 'control-characters', 'private-use', 'label', 'note', 'person', 'phone', 'emoji', 'trailing-marks', 'full-name', 'company', 'postcode', 'markup', 'null-string', 'order-number', 'link',
];

test('every operator refuses something, or is one that always finds a place for what it puts in', () => {
  assert.deepEqual([...Object.keys(refused), ...refuseNothing].sort(), operators.map(({ name }) => name).sort());
});

for (const operator of operators) {
  test(`${operator.name} ${operator.name in refused ? 'refuses where it finds nothing to act on, or would make another place of it' : 'always acts'}`, () => {
    const results = (writing: Writing): Set<string | undefined> => new Set(Array.from({ length: 300 }, (_, seed) => {
      const after = operator.apply(writing, createRandom(seed), lexicon);
      return after === undefined ? undefined : textOf(after);
    }));
    for (const writing of refused[operator.name] ?? []) assert.deepEqual([...results(writing)], [undefined], textOf(writing));
    if (!(operator.name in refused)) for (const place of [city, door, home, office]) assert.ok(!results(wholeOf(place)).has(undefined));
  });
}
