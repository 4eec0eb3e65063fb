import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { standardHard, type Address, type AddressPair, type PairClass } from '../../../harness/model/dataset.js';
import { createDataset } from '../../../harness/dataset/index.js';
import { separations } from '../../../harness/dataset/operator/separation.js';
import { stripSuffix } from '../../../harness/dataset/address/region.js';
import { neighbours, operators } from '../../../harness/dataset/operator/index.js';
import { createTokenizer } from '../../../servers/reference/model/tokenizer.js';
import { vocabPath } from '../../../servers/reference/model/mgeo-shape.js';
import { datasetOf, digitsOf, lexicon, noMix, packageRoot } from '../world.js';
import { basicTokens } from './tokenizer.js';

const count = 5000;
const made = new Map<PairClass, AddressPair[]>();
function pairsOf(name: PairClass): AddressPair[] {
  const pairs = made.get(name) ?? [...datasetOf(name, count, 11).pairs()];
  made.set(name, pairs);
  return pairs;
}
const wordPiece = createTokenizer(readFileSync(vocabPath(), 'utf8'));
const operatorOf = new Map(operators.map((operator) => [operator.name, operator]));
const tell = (pair: AddressPair): string => `${pair.id} ${pair.operators.join(' + ')}: ${pair.a} | ${pair.b}`;

test('a high pair is one place written twice, never alike', () => {
  for (const pair of pairsOf('high')) {
    assert.deepEqual(pair.fields?.a, pair.fields?.b, tell(pair));
    assert.notEqual(pair.a, pair.b, tell(pair));
    // Most people call a home without its room the same; some call it a part.
    assert.deepEqual(pair.expected, pair.operators.includes('omit-room') ? ['exact', 'partial'] : ['exact'], tell(pair));
    assert.ok(pair.operators.length > 0 && pair.operators.every((name) => operatorOf.has(name)), tell(pair));
  }
});

test('a high pair is marked hard where an operator makes it so, and no way of being hard is missing', () => {
  const hard = new Map(operators.filter((operator) => operator.hard === true).map((operator) => [operator.name, 0]));
  for (const pair of pairsOf('high')) {
    const names = pair.operators.filter((name) => hard.has(name));
    assert.equal(pair.hard === true, names.length > 0, tell(pair));
    for (const name of names) hard.set(name, (hard.get(name) ?? 0) + 1);
  }
  for (const [name, n] of hard) assert.ok(n > 50, `${name} ${n}`);
});

test('the share of hard pairs is the one that is asked for, to the pair', () => {
  for (const [high, low] of [[0.3, 0.3], [0, 1], [1, 0], [0.415, 0.62]] as const) {
    const mix = { ...noMix, high: 1000, low: 600, noisy: 100 };
    const pairs = [...createDataset({ seed: 5, mix, hard: { high, low } }, lexicon).pairs()];
    const hardOf = (name: PairClass): number => pairs.filter((pair) => pair.class === name && pair.hard === true).length;
    assert.deepEqual([hardOf('high'), hardOf('low'), hardOf('noisy')], [Math.round(1000 * high), Math.round(600 * low), 0]);
  }
  const standard = [...datasetOf('high', 1000).pairs(), ...datasetOf('low', 1000).pairs()];
  assert.equal(standard.filter((pair) => pair.hard === true).length, 1000 * (standardHard.high + standardHard.low));
  assert.ok(standardHard.high >= 0.3 && standardHard.low >= 0.3);
});

test('a high pair keeps a name in common, or is joined by what the tables say', () => {
  const nameFields = ['city', 'district', 'town', 'road', 'estate', 'poi'] as const;
  for (const pair of pairsOf('high')) {
    if (pair.operators.some((name) => ['poi-alias', 'old-name', 'traditional', 'english'].includes(name))) continue;
    const place = pair.fields?.a as Address;
    const written = (text: string): string[] => nameFields.filter((field) => place[field] !== undefined && text.includes(stripSuffix(place[field])));
    assert.ok(written(pair.a).some((field) => written(pair.b).includes(field)), tell(pair));
  }
});

test('digits are left alone by every operator that is not made for them', () => {
  for (const name of ['high', 'noisy'] as const) {
    let checked = 0;
    for (const pair of pairsOf(name)) {
      if (pair.operators.some((operator) => operatorOf.get(operator)?.digits !== 'keep')) continue;
      checked += 1;
      assert.deepEqual(digitsOf(pair.b), digitsOf(pair.a), tell(pair));
    }
    assert.ok(checked > count / 5, `${name}: ${checked}`);
  }
});

test('operators that write numbers otherwise never write another number', () => {
  const valueOf = (text: string): string => text.normalize('NFKC');
  for (const pair of pairsOf('high')) {
    if (pair.operators.some((name) => /words$/.test(name) || ['omit', 'add', 'blur'].includes(operatorOf.get(name)?.digits ?? ''))) continue;
    const numbers = (text: string): string[] => digitsOf(valueOf(text)).map((digits) => digits.replace(/^0+/, '')).sort();
    assert.deepEqual(numbers(pair.b), numbers(pair.a), tell(pair));
  }
});

/** The table itself, read here once more and searched by printed names. */
const centroids = new Map(
  readFileSync(join(packageRoot, 'datasets/lexicon/centroids.tsv'), 'utf8').trim().split('\n').slice(1).map((line) => {
    const [code = '', longitude, latitude, radius] = line.split('\t');
    return [code, { x: Number(longitude), y: Number(latitude), r: radius === '' ? Number.NaN : Number(radius) }];
  }),
);
const codeOf = new Map(lexicon.areas.map((area) => [`${area.province}/${area.city}/${area.district ?? ''}`, area.code]));

test('a low pair is certified more than 5 km apart by the table of centroids', () => {
  const degree = Math.PI / 180;
  for (const pair of pairsOf('low')) {
    const [p, q] = ([pair.fields?.a, pair.fields?.b] as Address[]).map((place) => centroids.get(codeOf.get(`${place.province}/${place.city}/${place.district ?? ''}`) ?? ''));
    assert.ok(p && q, tell(pair));
    // Spherical law of cosines: another formula than the generator's.
    const km = 6371.0088 * Math.acos(Math.sin(p.y * degree) * Math.sin(q.y * degree) + Math.cos(p.y * degree) * Math.cos(q.y * degree) * Math.cos((p.x - q.x) * degree));
    assert.ok(km > 5 + p.r + q.r - 0.06, `${tell(pair)} ${km}`);
    assert.ok(Math.abs(km - (pair.distanceKm ?? 0)) < 0.1, tell(pair));
    assert.equal(pair.certified, true);
    assert.deepEqual(pair.expected, ['not']);
    assert.notEqual(pair.a, pair.b);
  }
});

test('a low pair is marked hard where its separation is, and no separation is missing', () => {
  const hardOf = new Map(separations.map(([separation]) => [separation.name, separation.hard]));
  const seen = new Map<string, number>();
  for (const pair of pairsOf('low')) {
    const [name = ''] = pair.operators;
    assert.equal(pair.hard === true, hardOf.get(name), tell(pair));
    seen.set(name, (seen.get(name) ?? 0) + 1);
  }
  for (const name of hardOf.keys()) assert.ok((seen.get(name) ?? 0) > 50, name);
});

test('what tells a low pair apart is written on both sides', () => {
  for (const pair of pairsOf('low')) {
    const { a, b } = pair.fields as { a: Address; b: Address };
    const level = a.city === b.city ? 'district' : 'city';
    // Suffixes may be gone, but the name is there.
    assert.ok(pair.a.includes((a[level] ?? '').slice(0, 2)) && pair.b.includes((b[level] ?? '').slice(0, 2)), tell(pair));
  }
});

test('a boundary pair differs in exactly the field that its operator names, and the difference is written', () => {
  const fieldOf = new Map(neighbours.map(([neighbour]) => [neighbour.name, neighbour.field]));
  const seen = new Map<string, number>();
  for (const pair of pairsOf('boundary')) {
    const { a, b } = pair.fields as { a: Address; b: Address };
    const differing = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => a[key as keyof Address] !== b[key as keyof Address]);
    const [name = ''] = pair.operators;
    assert.deepEqual(differing, [fieldOf.get(name)], tell(pair));
    assert.notEqual(pair.a.normalize('NFKC'), pair.b.normalize('NFKC'), tell(pair));
    assert.ok(!pair.expected.includes('exact') && pair.expected.includes('partial'), tell(pair));
    seen.set(name, (seen.get(name) ?? 0) + 1);
  }
  for (const name of fieldOf.keys()) assert.ok((seen.get(name) ?? 0) > 50, name);
});

test('a noisy pair is one place with two to four kinds of noise', () => {
  for (const pair of pairsOf('noisy')) {
    assert.deepEqual(pair.fields?.a, pair.fields?.b, tell(pair));
    assert.deepEqual(pair.expected, ['exact']);
    assert.notEqual(pair.a, pair.b);
    assert.ok(pair.operators.length >= 2 && pair.operators.length <= 4 && new Set(pair.operators).size === pair.operators.length, tell(pair));
  }
});

test('token-identical pairs are identical to a BERT tokenizer, and others with a visible change are not called so', () => {
  let identical = 0;
  for (const pair of pairsOf('noisy')) {
    if (pair.tokenIdentical !== true) continue;
    identical += 1;
    assert.deepEqual(basicTokens(pair.b), basicTokens(pair.a), tell(pair));
    assert.deepEqual([...wordPiece.encode(pair.b, 512)], [...wordPiece.encode(pair.a, 512)], tell(pair));
    assert.ok(pair.operators.every((name) => operatorOf.get(name)?.tokenIdentical === true), tell(pair));
  }
  assert.ok(identical > 0.1 * count, String(identical));
  assert.notDeepEqual(basicTokens('建国路8号'), basicTokens('建国路８号'));
  assert.deepEqual(basicTokens('建国\u200b路\u30008号'), ['建', '国', '路', '8', '号']);
});

test('addresses are as long as people write them', () => {
  for (const name of ['high', 'low', 'boundary'] as const) {
    const lengths = pairsOf(name).flatMap(({ a, b }) => [[...a].length, [...b].length]).sort((x, y) => x - y);
    const mean = lengths.reduce((sum, n) => sum + n, 0) / lengths.length;
    assert.ok(mean > 17 && mean < 25, `${name} mean ${mean}`);
    assert.ok((lengths[0] ?? 0) >= 4, name);
    assert.ok((lengths[Math.floor(lengths.length * 0.9)] ?? 0) <= 36, name);
  }
});

test('no two of a thousand places are alike', () => {
  const texts = pairsOf('high').slice(0, 1000).map((pair) => JSON.stringify(pair.fields?.a));
  assert.ok(new Set(texts).size > 980, String(new Set(texts).size));
});
