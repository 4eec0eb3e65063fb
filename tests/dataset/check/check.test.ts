import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkPairs, createDataset, createTokenCounter, formatPairs, vocabularyPath, type CheckResult, type FindingKind } from '../../../harness/dataset/index.js';
import type { AddressPair, PairClass } from '../../../harness/model/dataset.js';
import { lexicon, packageRoot } from '../world.js';

const knowledge = { lexicon, countTokens: createTokenCounter(readFileSync(join(packageRoot, vocabularyPath), 'utf8')) };
const dataset = createDataset({ seed: 11, mix: { high: 60, low: 60, boundary: 60, noisy: 60, abnormal: 40 } }, lexicon);
const pairs = [...dataset.pairs()];

/** A file that lies in memory, read in pieces that cut lines and characters. */
function fileOf(name: string, content: string | Uint8Array, pieceBytes = 997): { name: string; reader: { pieces(): AsyncIterable<Uint8Array> } } {
  const bytes = Buffer.from(content as string);
  return { name, reader: { pieces: async function* () {
    // One turn of the event loop, as a real file takes.
    await Promise.resolve();
    // The first piece is large enough to tell the format by.
    for (let from = 0; from < bytes.length;) {
      const to = from === 0 ? Math.max(pieceBytes, 4096) : from + pieceBytes;
      yield bytes.subarray(from, to);
      from = to;
    }
  } } };
}

const check = (files: readonly ReturnType<typeof fileOf>[], keep = 5): Promise<CheckResult> => checkPairs(files, knowledge, { keep, progress: () => Promise.resolve() });
const jsonlOf = (list: readonly unknown[]): string => list.map((pair) => `${JSON.stringify(pair)}\n`).join('');
const counts = ({ findings }: CheckResult): Record<string, number> => Object.fromEntries(findings.kinds().map(({ kind, count }) => [kind, count]));

test('what make writes is clean, in every format and whatever the pieces', async () => {
  for (const format of ['jsonl', 'csv', 'tsv'] as const) {
    const text = [...formatPairs(dataset, format)].join('');
    for (const piece of [64, 997, 1 << 20]) {
      const result = await check([fileOf(`pairs.${format}`, text, piece)]);
      assert.deepEqual(counts(result), {}, format);
      assert.deepEqual(result.files, [{ name: `pairs.${format}`, kind: 'made', pairs: dataset.count }]);
    }
  }
});

/** One pair of a class is spoilt in one way; the check names it, its line and nothing else. */
interface Mutation {
  name: string;
  class: PairClass;
  spoil: (pair: AddressPair) => unknown;
  finds: FindingKind;
  /** What cannot but break with it. */
  also?: FindingKind;
  /** Which pair of the class; the first where nothing is said. */
  which?: (pair: AddressPair) => boolean;
}

const mutations: readonly Mutation[] = [
  { name: 'equal texts in a low pair', class: 'low', spoil: (pair) => ({ ...pair, b: pair.a }), finds: 'equal-texts' },
  { name: 'equal texts in a boundary pair', class: 'boundary', spoil: (pair) => ({ ...pair, b: pair.a }), finds: 'equal-texts' },
  { name: 'a boundary pair that differs in an invisible character', class: 'boundary', spoil: (pair) => ({ ...pair, b: `${pair.a}\u200b` }), finds: 'equal-texts' },
  { name: 'a low pair that differs in width only', class: 'low', spoil: (pair) => ({ ...pair, a: '建国路88号', b: '建国路８８号' }), finds: 'equal-texts' },
  { name: 'a high pair without a difference', class: 'high', spoil: (pair) => ({ ...pair, b: pair.a }), finds: 'same-text' },
  { name: 'a noisy pair without a difference', class: 'noisy', which: (pair) => pair.tokenIdentical !== true, spoil: (pair) => ({ ...pair, b: pair.a }), finds: 'same-text' },
  { name: 'two house numbers in a high pair', class: 'high', which: (pair) => pair.fields?.a.number !== undefined, spoil: (pair) => ({ ...pair, fields: { a: pair.fields!.a, b: { ...pair.fields!.b, number: '99999' } } }), finds: 'fields' },
  { name: 'two rooms in a noisy pair', class: 'noisy', spoil: (pair) => ({ ...pair, fields: { a: pair.fields!.a, b: { ...pair.fields!.b, room: '99999' } } }), finds: 'fields' },
  { name: 'a boundary pair with two differences', class: 'boundary', spoil: (pair) => ({ ...pair, fields: { a: pair.fields!.a, b: { ...pair.fields!.b, extra: '旁' } } }), finds: 'fields' },
  { name: 'a boundary pair that differs in another field than its operator says', class: 'boundary', which: (pair) => pair.operators[0] === 'door-near', spoil: (pair) => ({ ...pair, operators: ['room-next', ...pair.operators.slice(1)] }), finds: 'fields' },
  { name: 'a boundary pair with none', class: 'boundary', spoil: (pair) => ({ ...pair, fields: { a: pair.fields!.a, b: pair.fields!.a } }), finds: 'fields' },
  { name: 'one place in a low pair', class: 'low', which: (pair) => pair.fields?.a.district !== undefined, spoil: (pair) => ({ ...pair, fields: { a: pair.fields!.a, b: pair.fields!.a } }), finds: 'fields', also: 'certificate' },
  { name: 'a low pair that is not certified', class: 'low', spoil: (pair) => ({ ...pair, certified: false }), finds: 'certificate' },
  { name: 'a low pair without a distance', class: 'low', spoil: (pair) => ({ ...pair, distanceKm: undefined }), finds: 'certificate' },
  { name: 'a low pair of 4.9 km', class: 'low', spoil: (pair) => ({ ...pair, distanceKm: 4.9 }), finds: 'certificate' },
  { name: 'a distance that is not that of the districts', class: 'low', spoil: (pair) => ({ ...pair, distanceKm: pair.distanceKm! + 3 }), finds: 'certificate' },
  { name: 'a low pair called exact', class: 'low', spoil: (pair) => ({ ...pair, expected: ['exact'] }), finds: 'label' },
  { name: 'a high pair called not', class: 'high', spoil: (pair) => ({ ...pair, expected: ['not'] }), finds: 'label' },
  { name: 'a boundary pair called exact', class: 'boundary', spoil: (pair) => ({ ...pair, expected: ['exact', 'partial'] }), finds: 'label' },
  { name: 'a noisy pair called partial', class: 'noisy', spoil: (pair) => ({ ...pair, expected: ['partial'] }), finds: 'label' },
  { name: 'a class that is none', class: 'high', spoil: (pair) => ({ ...pair, class: 'higher' }), finds: 'class' },
  { name: 'an operator that is none', class: 'high', spoil: (pair) => ({ ...pair, operators: ['magic'] }), finds: 'operators' },
  { name: 'no operator', class: 'low', spoil: (pair) => ({ ...pair, operators: [] }), finds: 'operators' },
  { name: 'a noisy pair with one kind of noise', class: 'noisy', spoil: (pair) => ({ ...pair, operators: pair.operators.slice(0, 1) }), finds: 'operators' },
  { name: 'a pair that a tokenizer tells apart', class: 'noisy', which: (pair) => pair.tokenIdentical !== true && !pair.operators.includes('full-width-digits'), spoil: (pair) => ({ ...pair, b: `${pair.b}东`, tokenIdentical: true }), finds: 'token-identical' },
  { name: 'an abnormal request without a body', class: 'abnormal', spoil: (pair) => ({ ...pair, abnormal: undefined }), finds: 'abnormal' },
  { name: 'an abnormal request with an address', class: 'abnormal', spoil: (pair) => ({ ...pair, a: '北京' }), finds: 'abnormal' },
  { name: 'a lone surrogate', class: 'high', spoil: (pair) => ({ ...pair, b: `${pair.b}\ud83c` }), finds: 'surrogate' },
  { name: 'a zero character', class: 'high', spoil: (pair) => ({ ...pair, b: `${pair.b}\u0000` }), finds: 'zero-byte' },
  { name: 'a control character', class: 'boundary', spoil: (pair) => ({ ...pair, b: `${pair.b}\u0007` }), finds: 'control' },
  { name: 'a text that is none', class: 'high', spoil: (pair) => ({ ...pair, a: 7 }), finds: 'unreadable' },
];

for (const { name, class: ofClass, spoil, finds, also, which = () => true } of mutations) {
  test(`found: ${name}`, async () => {
    const at = pairs.findIndex((pair) => pair.class === ofClass && which(pair));
    assert.ok(at >= 0);
    const result = await check([fileOf('spoilt.jsonl', jsonlOf(pairs.map((pair, i) => (i === at ? spoil(pair) : pair))))]);
    assert.deepEqual(counts(result), { [finds]: 1, ...(also === undefined ? {} : { [also]: 1 }) });
    const first = result.findings.kinds()[0]?.first[0];
    assert.deepEqual([first?.file, first?.line], ['spoilt.jsonl', at + 1]);
  });
}

test('duplicates, swapped ones, ids and labels that exclude each other are told apart', async () => {
  const [pair] = pairs.filter((one) => one.class === 'high');
  const twins = async (more: object): Promise<Record<string, number>> => counts(await check([fileOf('twins.jsonl', jsonlOf([...pairs, { ...pair, id: 'x', ...more }]))]));
  assert.deepEqual(await twins({}), { 'duplicate-pair': 1 });
  assert.deepEqual(await twins({ a: pair!.b, b: pair!.a }), { 'duplicate-swapped': 1 });
  assert.deepEqual(await twins({ id: pair!.id }), { 'duplicate-pair': 1, 'duplicate-id': 1 });
  assert.deepEqual(await twins({ expected: ['not'] }), { contradiction: 1, label: 1 });
});

test('two files: pairs, swapped pairs and addresses that stand in both', async () => {
  const mine = pairs.filter((pair) => pair.class === 'high');
  const others = [...createDataset({ seed: 12, mix: { high: 5, low: 0, boundary: 0, noisy: 0, abnormal: 0 } }, lexicon).pairs()];
  const [first, second, third] = mine;
  const other = [...others, { ...first, id: 'p' }, { ...second, id: 's', a: second!.b, b: second!.a }, { ...others[0], id: 'q', a: third!.b }];
  const result = await check([fileOf('train.jsonl', jsonlOf(mine)), fileOf('test.jsonl', jsonlOf(other))]);
  assert.deepEqual(counts(result), { 'leak-pair': 1, 'leak-swapped': 1, 'leak-address': 1 });
  assert.equal(result.findings.kinds()[0]?.first[0]?.why, 'is the pair of train.jsonl:1');
  const alone = await check([fileOf('train.jsonl', jsonlOf(mine)), fileOf('test.jsonl', jsonlOf(others))]);
  assert.deepEqual(counts(alone), {});
});

test('bytes: a byte order mark, GB18030, what cannot be decoded', async () => {
  const line = '北京市朝阳区建国路88号,北京朝阳建国路88号,1\n天津市和平区南京路1号,天津和平南京路1号,1\n';
  assert.deepEqual(counts(await check([fileOf('bom.csv', `\ufeff${line}`)])), { 'byte-order-mark': 1 });
  // 北京 and 南京 in GBK.
  const gbk = Buffer.concat([[0xb1, 0xb1, 0xbe, 0xa9], [0x2c], [0xb1, 0xb1, 0xbe, 0xa9, 0xca, 0xd0], [0x0a], [0xc4, 0xcf, 0xbe, 0xa9], [0x2c], [0xc4, 0xcf, 0xbe, 0xa9, 0xca, 0xd0], [0x0a]].map((part) => Buffer.from(part)));
  assert.deepEqual(counts(await check([fileOf('old.csv', gbk)])), { encoding: 1 });
  const broken = Buffer.concat([Buffer.from(line), Buffer.from([0xe5, 0x8c]), Buffer.from(`,x,1\n${line.repeat(3)}`)]);
  assert.equal(counts(await check([fileOf('broken.csv', broken)]))['unreadable'], 1);
  const text = jsonlOf(pairs.slice(0, 5));
  const half = Buffer.concat([Buffer.from(text), Buffer.from(text.slice(0, -1).split('\n').at(-1)!.replace('"id":"11-4"', '"id":"z"').replace('"b":"', '"b":"\u0001').replace('\u0001', '')).map((byte, i, all) => (i === all.indexOf(0xe5) ? 0xff : byte)), Buffer.from('\n')]);
  assert.ok((counts(await check([fileOf('half.jsonl', half)]))['undecodable'] ?? 0) >= 1);
});

test('a file of the user’s own: lines that are no pair, contradictions, one text labelled as two places', async () => {
  const result = await check([fileOf('own.csv', 'a,b,label\n甲路1号,甲路一号,1\n甲路1号,甲路一号,0\n乙路2号,乙路2号,0\n丙路\n')]);
  assert.deepEqual(result.files, [{ name: 'own.csv', kind: 'own', pairs: 3 }]);
  assert.deepEqual(counts(result), { 'unreadable': 1, 'contradiction': 1, 'equal-texts': 1 });
  assert.deepEqual(result.findings.kinds().map(({ first }) => first[0]?.line), [5, 3, 4]);
});

test('all are counted, the first are kept, and no text of the file is in them', async () => {
  const lows = pairs.filter((pair) => pair.class === 'low').map((pair) => ({ ...pair, certified: false }));
  const [kind] = (await check([fileOf('lows.jsonl', jsonlOf(lows))], 3)).findings.kinds();
  assert.deepEqual([kind?.kind, kind?.count, kind?.first.length], ['certificate', 60, 3]);
  for (const { why } of kind!.first) assert.doesNotMatch(why, /\p{Script=Han}/u);
});

test('a file that holds no pairs is refused with its name', async () => {
  await assert.rejects(check([fileOf('empty.jsonl', '')]), /empty\.jsonl: the file is empty/);
  await assert.rejects(check([fileOf('one.csv', '只有一列\n还是一列\n')]), /one\.csv:1: has one column/);
  await assert.rejects(check([fileOf('book.xlsx', Buffer.from([0x50, 0x4b, 3, 4, 0, 0]))]), /book\.xlsx:1: is an Excel workbook/);
});
