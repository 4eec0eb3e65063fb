import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Address } from '../../../harness/model/dataset.js';
import { createRandom } from '../../../harness/model/random.js';
import { drawArea, drawKind, drawPlace } from '../../../harness/dataset/address/place.js';
import { writePlace } from '../../../harness/dataset/address/render.js';
import { drawView, drawWording } from '../../../harness/dataset/address/view.js';
import { textOf } from '../../../harness/dataset/address/writing.js';
import { familyOf } from '../../../harness/dataset/index.js';
import { neighbours, operators } from '../../../harness/dataset/operator/index.js';
import { separations } from '../../../harness/dataset/operator/separation.js';
import { basicTokens } from '../class/tokenizer.js';
import { digitsOf, lexicon, packageRoot, wholeOf } from '../world.js';
import { codes } from '../../../harness/report/text/en-codes.js';

const home: Address = {
  province: '江苏省', city: '南京市', district: '玄武区', town: '梅园新村街道', road: '珠江路', number: '8', estate: '锦绣花园', building: '3', unit: '2', room: '301',
};
const tower: Address = { city: '北京市', province: '北京市', district: '朝阳区', road: '文化路', number: '8', poi: '肯德基(文化路店)', building: 'A', floor: '12' };
const door: Address = { city: '北京市', district: '朝阳区', road: '建国路', number: '128' };
const bare: Address = { city: '北京市' };

/** Operator, a place, a text it gives of it, and a place that it refuses. */
const cases: readonly (readonly [name: string, place: Address, text: string, refused: Address | undefined])[] = [
  ['same-tone', { ...door, road: '朝阳路' }, '北京市朝阳区朝杨路128号', bare],
  ['near-pinyin', home, '江苏省南京市玄武区梅园新村街道珠健路8号锦绣花园3号楼2单元301室', bare],
  ['ime-word', tower, '北京市朝阳区文华路8号肯德基(文化路店)A座12层', bare],
  ['swap-characters', home, '江苏省南京市玄武区梅园新村街道珠江路8号绣锦花园3号楼2单元301室', bare],
  ['masked-character', home, '江苏省南京市玄武区梅□新村街道珠江路8号锦绣花园3号楼2单元301室', door],
  ['traditional', door, '北京市朝陽區建國路128號', bare],
  ['pinyin-name', door, '北京市朝阳区jianguo路128号', bare],
  ['city-initials', door, 'BJ朝阳区建国路128号', { city: '北京市', road: '建国路' }],
  ['plate-letter', home, '苏南京市玄武区梅园新村街道珠江路8号锦绣花园3号楼2单元301室', { city: '南京市', district: '玄武区' }],
  ['english', door, 'No.128 Jianguo Road, Chaoyang District, Beijing', { ...door, sub: '院' }],
  ['zero-pad', tower, '北京市朝阳区文化路08号肯德基(文化路店)A座12层', door],
  ['circled-number', { ...door, number: '8' }, '北京市朝阳区建国路⑧号', door],
  ['number-in-formal-words', door, '北京市朝阳区建国路壹佰贰拾捌号', bare],
  ['room-in-words', { city: '', estate: '锦绣花园', building: '3', room: '301' }, '锦绣花园3号楼三〇一室', door],
  ['scanned-zero', { city: '', estate: '锦绣花园', building: '3', room: '101' }, '锦绣花园3号楼1O1室', { city: '', building: '3', room: '110' }],
  ['letter-case', tower, '北京市朝阳区文化路8号肯德基(文化路店)a座12层', home],
  ['statistics-level', door, '北京市市辖区朝阳区建国路128号', { ...door, district: '延庆县' }],
  ['region-at-end', door, '北京市朝阳区建国路128号北京市朝阳区', bare],
  ['reverse-order', door, '128号 建国路 朝阳区 北京市', { city: '北京市', road: '建国路' }],
  ['line-breaks', door, '北京市朝阳区建国路\n128号', bare],
  ['punctuation-width', tower, '北京市朝阳区文化路8号肯德基（文化路店）A座12层', door],
  ['escapes', door, '北京市&nbsp;朝阳区建国路128号', bare],
  ['control-characters', bare, '北\u0000京市', undefined],
  ['private-use', bare, '北京市\ue000', undefined],
  ['full-name', bare, `北京市${lexicon.contacts.people[0] ?? '?'}`, undefined],
  ['company', bare, `北京市 ${lexicon.contacts.companies[0] ?? '?'}`, undefined],
  ['postcode', bare, '000000 北京市', undefined],
  ['markup', bare, '<b>北京市</b>', undefined],
  ['null-string', bare, '北京市null', undefined],
  ['link', bare, '北京市 http://example.com/a', undefined],
];

for (const [name, place, text, refused] of cases) {
  test(`${name}: ${text}`, () => {
    const operator = operators.find((candidate) => candidate.name === name);
    assert.ok(operator);
    const results = (of: Address): Set<string | undefined> => new Set(Array.from({ length: 3000 }, (_, seed) => {
      const result = operator.apply(wholeOf({ ...of }), createRandom(seed), lexicon);
      return result === undefined ? undefined : textOf(result);
    }));
    const made = results(place);
    assert.ok(made.has(text), JSON.stringify([...made].slice(0, 20)));
    assert.ok(!made.has(textOf(wholeOf(place))), 'never the text as it was');
    if (refused !== undefined) assert.deepEqual([...results(refused)], [undefined]);
  });
}

test('order numbers are of one form that no telephone has', () => {
  const operator = operators.find(({ name }) => name === 'order-number');
  for (let seed = 0; seed < 200; seed += 1) assert.match(textOf(operator?.apply(wholeOf(bare), createRandom(seed), lexicon) ?? wholeOf(bare)), /^北京市.* ?(#|单号)202001\d\d-\d{4}$/);
});

/** Any place that the generator draws, in any view. */
const writingOf = (seed: number) => {
  const random = createRandom(seed);
  const place = drawPlace(lexicon, random, drawKind(random, lexicon.habit), drawArea(lexicon, random));
  return writePlace(place, drawView(place, random, lexicon.habit), drawWording(random));
};

for (const operator of operators) {
  test(`${operator.name}: a pure function that keeps the place, its own digits rule and, where it says so, the tokens`, () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
      const before = writingOf(seed);
      const frozen = JSON.stringify(before);
      const after = operator.apply(before, createRandom(seed), lexicon);
      assert.equal(JSON.stringify(before), frozen, 'what it was given is as it was');
      if (after === undefined) return;
      assert.equal(JSON.stringify(operator.apply(before, createRandom(seed), lexicon)), JSON.stringify(after));
      assert.equal(after.place, before.place);
      const [from, to] = [textOf(before), textOf(after)];
      assert.notEqual(to, from);
      if (operator.digits === 'keep') assert.deepEqual(digitsOf(to), digitsOf(from), `${from} → ${to}`);
      if (operator.digits === 'add') for (const digits of digitsOf(from)) assert.ok(to.includes(digits), `${from} → ${to}`);
      if (operator.tokenIdentical === true) assert.deepEqual(basicTokens(to), basicTokens(from), JSON.stringify([from, to]));
    }), { seed: 4, numRuns: 150 });
  });
}

test('every operator, neighbour and separation has a family, and every family a text', () => {
  for (const name of [...operators, ...neighbours.map(([one]) => one), ...separations.map(([one]) => one)].map((one) => one.name)) {
    assert.notEqual(familyOf(name), name, name);
    assert.ok(familyOf(name) in codes.families, name);
  }
});

test('docs/operators.md has a row for every operator, with its family, and no other', () => {
  const rows = readFileSync(join(packageRoot, 'docs/operators.md'), 'utf8').split('\n').flatMap((line) => {
    const [, name, family] = /^\| `([a-z-]+)` \| ([a-z]+) \|/.exec(line) ?? [];
    return name === undefined || family === undefined ? [] : [`${name} ${family}`];
  });
  const wanted = [...operators, ...neighbours.map(([one]) => one), ...separations.map(([one]) => one)].map(({ name }) => `${name} ${familyOf(name)}`);
  assert.deepEqual(rows.toSorted(), wanted.toSorted());
});
