import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { BenchError } from '../../../harness/model/error.js';
import { readOwnRows } from '../../../harness/dataset/index.js';
import type { OwnOptions } from '../../../harness/model/dataset.js';
import { createRandom } from '../../../harness/model/random.js';
import { badOf, inGb18030, readAll, sidesOf } from './source.js';

const a = '北京市朝阳区建国路88号';
const b = '北京朝阳建国路八十八号';

test('two columns without a header are the two addresses', async () => {
  const read = await readAll(`${a},${b}\n上海市,上海\n`);
  assert.deepEqual(sidesOf(read), [[1, a, b], [2, '上海市', '上海']]);
  assert.deepEqual(read.rows.map(({ expected }) => expected), [[], []]);
  assert.equal(read.facts.header, false);
});

test('the facts say what was read', async () => {
  const text = `\ufeffid,query,candidate,label\r\n1,${a},${b},exact\r\n2,${a},,not\r\n3,${a},x,\r\n`;
  const { facts } = await readAll(text);
  assert.deepEqual(facts, { format: 'csv', encoding: 'utf-8', header: true, bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex'), rows: 2, bad: 1, labelled: 1 });
});

test('byte order mark, CRLF, blank lines and a last line without a break', async () => {
  assert.deepEqual(sidesOf(await readAll(`\ufeffaddr1,addr2\r\n${a},${b}\r\n\r\n   \r\n${b},${a}`)), [[2, a, b], [5, b, a]]);
});

test('quoted cells hold commas, quotes and line breaks; lines count as an editor counts them', async () => {
  const read = await readAll(`a,b\n"甲,乙","丙""丁"""\n"一\r\n二\n三",四\n"",x\n五,六\n`);
  assert.deepEqual(sidesOf(read), [[2, '甲,乙', '丙"丁"'], [3, '一\r\n二\n三', '四'], [7, '五', '六']]);
  assert.deepEqual(badOf(read), [[6, 'no-a']]);
});

test('however the bytes are cut into pieces, the rows are the same', async () => {
  const text = `\ufeffa,b\r\n"甲,乙\r\n丙",𠀀路\r\n"开,丁\r\n${a},${b}\r\n`;
  const whole = await readAll(text);
  assert.deepEqual(sidesOf(whole), [[2, '甲,乙\r\n丙', '𠀀路'], [5, a, b]]);
  for (const size of [1, 2, 3, 5, 64]) {
    const cut = await readAll(text, {}, { size });
    assert.deepEqual([sidesOf(cut), badOf(cut), cut.facts], [sidesOf(whole), badOf(whole), whole.facts]);
  }
});

test('a quote that is never closed costs its own line alone', async () => {
  const lines = Array.from({ length: 200 }, (_, i) => `甲${String(i)},乙${String(i)}`);
  lines[20] = '"甲20,乙20';
  lines[120] = '甲120,"乙120';
  const read = await readAll(`${lines.join('\n')}\n`);
  assert.deepEqual(badOf(read), [[21, 'quote-open'], [121, 'quote-open']]);
  assert.equal(read.rows.length, 198);
  assert.equal(read.rows.at(-1)?.line, 200);
});

test('a bad line is named by line and reason, and the others are read', async () => {
  const read = await readAll(`a,b,label,time\n甲,乙,1,2026-11-26 08:00:00\n甲,乙\n甲,乙,1,2,3\n,乙,1,\n甲, ,1,\n"甲"x,乙,1,\n甲,乙,maybe,\n甲\ufffd,乙,0,\n丙,丁,不同,\n`);
  assert.deepEqual(badOf(read), [[3, 'columns'], [4, 'columns'], [5, 'no-a'], [6, 'no-b'], [7, 'after-quote'], [8, 'label'], [9, 'undecodable']]);
  assert.deepEqual(read.rows.map(({ line, expected }) => [line, expected]), [[2, ['exact']], [10, ['partial', 'not']]]);
  assert.equal(read.facts.bad, 7);
});

test('no reason quotes the line: it may hold an address', async () => {
  const { bad } = await readAll(`a,b,label\n甲,乙,1\n"金丝雀路1号,x,1\n金丝雀路2号,y,金丝雀路3号\n金丝雀路4号\n`);
  assert.equal(bad.length, 3);
  assert.doesNotMatch(JSON.stringify(bad), /金丝雀/);
});

test('a line of a megabyte is one bad line, and the memory it takes is bounded', async () => {
  const read = await readAll(`甲,乙\n${'长'.repeat(1 << 20)},x\n丙,丁\n`);
  assert.deepEqual(badOf(read), [[2, 'too-long']]);
  assert.deepEqual(sidesOf(read), [[1, '甲', '乙'], [3, '丙', '丁']]);
});

test('TSV: quoted where a program quoted it, as it stands elsewhere, escapes as `dataset make` writes them', async () => {
  const read = await readAll(`a\tb\n"甲\t乙"\t丙\n"甲" 乙\t丙\n甲\\t乙\t丙\\\\丁\n甲,乙\t"丙\n`, {}, { name: 'pairs.tsv' });
  assert.deepEqual(sidesOf(read), [[2, '甲\t乙', '丙'], [3, '"甲" 乙', '丙'], [4, '甲\t乙', '丙\\丁'], [5, '甲,乙', '"丙']]);
  assert.deepEqual(read.bad, []);
});

test('JSON Lines: objects by name, lists by place, numbers and lists as labels', async () => {
  const read = await readAll(`{"addr1":"甲","addr2":"乙","label":1}\n\n{"addr2":"丁","addr1":"丙","label":["exact","partial"]}\n{"addr1":"甲"}\n[1,2]\n{"addr1":7,"addr2":"乙"}\nnull\n{"addr1":"甲","addr2\n{"addr1":"\\ud800","addr2":"乙"}\n`, {}, { name: 'pairs.jsonl' });
  assert.deepEqual(sidesOf(read), [[1, '甲', '乙'], [3, '丙', '丁']]);
  assert.deepEqual(read.rows.map(({ expected }) => expected), [['exact'], ['exact', 'partial']]);
  assert.deepEqual(badOf(read), [[4, 'no-b'], [5, 'not-a-map'], [6, 'not-text'], [7, 'not-a-map'], [8, 'not-json'], [9, 'undecodable']]);
  const lists = await readAll('["甲","乙",true]\n["丙","丁",false]\n', {}, { name: 'log', size: 3 });
  assert.deepEqual(lists.rows.map(({ a: left, expected }) => [left, expected]), [['甲', ['exact']], ['丙', ['partial', 'not']]]);
  assert.equal(lists.facts.format, 'jsonl');
});

const jsonl = (lines: readonly object[], options: OwnOptions = {}): ReturnType<typeof readAll> => readAll(lines.map((line) => `${JSON.stringify(line)}\n`).join(''), options, { name: 'pairs.jsonl' });

test('JSON objects need not have the same keys: label and time may come with a later one', async () => {
  const { rows, facts } = await jsonl([{ a, b }, { b, a, label: 'not' }, { a, b, ts: 1764144000, label: 1 }, { a, b }]);
  assert.deepEqual(rows.map(({ expected, timeMs }) => [expected, timeMs]), [[[], undefined], [['not'], undefined], [['exact'], 1_764_144_000_000], [[], undefined]]);
  assert.equal(facts.labelled, 2);
});

test('an object that does not name the addresses is a bad line, also when it is the first', async () => {
  const read = await jsonl([{ id: 1 }, { id: 2, addr1: a, addr2: b }, { addr2: b, addr1: a, extra: 'x' }, { id: 4 }]);
  assert.deepEqual(sidesOf(read), [[2, a, b], [3, a, b]]);
  assert.deepEqual(badOf(read), [[1, 'no-columns'], [4, 'no-a']]);
});

test('the addresses of an object stay where the first ones were found', async () => {
  const read = await jsonl([{ x: a, y: b }, { x: a, y: b, z: 1 }, { z: 1, addr1: 'c', addr2: 'd' }]);
  assert.deepEqual(sidesOf(read), [[1, a, b], [2, a, b]]);
  assert.deepEqual(badOf(read), [[3, 'no-a']]);
});

test('a column that was asked for by name may come late, but must come', async () => {
  const late = await jsonl([{ a, b }, { a, b, say: 'not' }], { columns: { label: 'say' } });
  assert.deepEqual(late.rows.map(({ expected }) => expected), [[], ['not']]);
  await assert.rejects(jsonl([{ a, b }, { a, b, say: 'not' }], { columns: { label: 'sya' } }), (error) => error instanceof BenchError && error.message === 'pairs.jsonl:1: has no column "sya".' && error.hint === 'Did you mean "say"?');
  assert.deepEqual((await jsonl([{ a, b, label: 'not' }], { columns: { label: false } })).rows.map(({ expected }) => expected), [[]]);
});

test('a value that is an object of its own makes a bad line that says so', async () => {
  const read = await jsonl([{ a, b, label: { gold: 1 } }, { a: { text: a }, b, label: 1 }, { a, b, label: null }, { a, b, label: ['exact', 'partial'] }]);
  assert.deepEqual(badOf(read), [[1, 'label-nested'], [2, 'not-text']]);
  assert.deepEqual(read.rows.map(({ line }) => line), [3, 4]);
  await assert.rejects(jsonl([{ pair: { a, b }, label: 1 }]), (error) => error instanceof BenchError && error.message === 'pairs.jsonl:1: holds its values inside another object.' && error.hint.includes('flat'));
});

test('objects whose addresses nobody can tell are given up early', async () => {
  let taken = 0;
  const reader = { async *pieces() {
    for (; taken < 10_000; taken += 1) yield await Promise.resolve(Buffer.from(`{"k${String(taken)}":"金丝雀","x":1,"y":2,"z":3}\n`));
  } };
  await assert.rejects(async () => { for await (const row of readOwnRows(reader, 'pairs.jsonl')) assert.equal(row.kind, 'bad'); }, /pairs\.jsonl:1: has 4 columns, and nothing says which two hold the addresses\./);
  assert.ok(taken < 200, String(taken));
});

test('what `dataset make` writes is read back with its labels', async () => {
  const { rows } = await readAll('id,index,class,a,b,expected,operators\n7-0,0,boundary,甲,乙,partial|not,door-far\n7-1,1,high,丙,丁,exact,typo\n');
  assert.deepEqual(rows.map((row) => [row.expected, row.class]), [[['partial', 'not'], 'boundary'], [['exact'], 'high']]);
});

test('GB18030 is found by itself, also behind many lines of ASCII and with four-byte characters', async () => {
  const head = 'a,b\n' + 'Main Road 1,Main Road 2\n'.repeat(50);
  const read = await readAll(inGb18030(`${head}北京市路1号,北京路1号\n上海市𠀀路,上海\n`));
  assert.equal(read.facts.encoding, 'gb18030');
  assert.deepEqual(sidesOf(read).slice(-2), [[52, '北京市路1号', '北京路1号'], [53, '上海市𠀀路', '上海']]);
  for (const size of [1, 2, 3]) assert.deepEqual(sidesOf(await readAll(inGb18030('北京市路1号,北京路1号\n上海市𠀀路,上海\n'), { encoding: 'gb18030' }, { size })), [[1, '北京市路1号', '北京路1号'], [2, '上海市𠀀路', '上海']]);
});

test('single bytes that are no UTF-8 cost their lines', async () => {
  const text = Buffer.concat([Buffer.from('a,b\n甲,乙\n丙'), Buffer.from([0xff]), Buffer.from(',丁\n戊,己\n')]);
  const read = await readAll(text);
  assert.deepEqual(badOf(read), [[3, 'undecodable']]);
  assert.deepEqual(sidesOf(read), [[2, '甲', '乙'], [4, '戊', '己']]);
});

test('times are read where a column has them; only one that was asked for can make a bad line', async () => {
  const text = 'a,b,ts\n甲,乙,1764144000\n甲,乙,soon\n甲,乙,\n';
  assert.deepEqual((await readAll(text)).rows.map(({ timeMs }) => timeMs), [1_764_144_000_000, undefined, undefined]);
  assert.deepEqual(badOf(await readAll(text, { columns: { time: 'ts' } })), [[3, 'time']]);
  assert.deepEqual((await readAll(text, { columns: { time: false } })).rows.map(({ timeMs }) => timeMs), [undefined, undefined, undefined]);
});

/** Bytes without any sense, none of which opens a file of a known kind. */
function randomBytes(seed: number, length: number): Uint8Array {
  const random = createRandom(seed);
  return Uint8Array.from({ length }, () => random.below(256));
}

const wrong: readonly [why: string, content: string | Uint8Array, message: RegExp, hint: RegExp, options?: OwnOptions, name?: string][] = [
  ['empty', '', /^pairs\.csv: the file is empty\.$/, /two addresses/],
  ['blank lines', '\n\r\n \n', /holds blank lines only/, /two addresses/],
  ['a header alone', 'addr1,addr2\n', /a header but no pair/, /two addresses/],
  ['one column', '甲路1号\n乙路2号\n', /^pairs\.csv:1: has one column, but a pair needs two addresses\.$/, /two columns/],
  ['tabs in a .csv', '甲\t乙\n', /one column/, /format: tsv/],
  ['semicolons', 'a;b\n甲;乙\n', /one column/, /not by ;/],
  ['too many columns', 'x,y,z\n甲,乙,丙\n', /^pairs\.csv:1: has 3 columns, and nothing says which/, /columns: \{a: 2/],
  ['no such column', 'addr1,addr2\n甲,乙\n', /^pairs\.csv:1: has no column "adr1"\.$/, /Did you mean "addr1"\?/, { columns: { a: 'adr1', b: 'addr2' } }],
  ['no such number', '甲,乙\n', /has 2 columns, so there is no column 5/, /counted from 1/, { columns: { a: 1, b: 5 } }],
  ['a name without a header', '甲,乙\n', /no column can be called "x"/, /number/, { header: false, columns: { a: 'x', b: 2 } }],
  ['not UTF-8', inGb18030('a,b\nx,y\n北京市路1号,北京路1号\n'), /^pairs\.csv:3: is not UTF-8 text\.$/, /encoding: gb18030/, { encoding: 'utf-8' }],
  ['not GB18030', `a,b\n${a},${b}\n`, /^pairs\.csv:2: is UTF-8 text, not GB18030\.$/, /encoding: utf-8/, { encoding: 'gb18030' }],
  ['UTF-16', Buffer.from('\ufeffa,b\n', 'utf16le'), /^pairs\.csv:1: is UTF-16 \(little-endian\) text\.$/, /UTF-8/],
  ['UTF-16, the other way round', Buffer.from('\ufeffa,b\n', 'utf16le').swap16(), /^pairs\.csv:1: is UTF-16 \(big-endian\) text\.$/, /UTF-8/],
  ['UTF-16 without a mark', Buffer.from('a,b\n', 'utf16le'), /is UTF-16 \(little-endian\) text without a byte order mark/, /UTF-8/],
  ['UTF-16 without a mark, in Chinese', Buffer.from(`${a},${b}\n上海,上海市\n`, 'utf16le'), /is UTF-16 \(little-endian\) text without a byte order mark/, /UTF-8/],
  ['UTF-16 without a mark, in Chinese, the other way round', Buffer.from(`${a},${b}\n上海,上海市\n`, 'utf16le').swap16(), /is UTF-16 \(big-endian\) text without a byte order mark/, /UTF-8/],
  ['zero bytes', 'a,b\u0000\n', /^pairs\.csv:1: holds zero bytes, so it is no text\.$/, /UTF-8/],
  ['a workbook', Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0]), /Excel/, /CSV/],
  ['gzip', Uint8Array.from([0x1f, 0x8b, 8, 0]), /compressed/, /gunzip/],
  ...[1, 2, 3, 4, 5].map((seed): (typeof wrong)[number] => [`random bytes, seed ${String(seed)}`, randomBytes(seed, 700), /^pairs\.csv:1: is no text\.$/, /CSV, TSV or JSON Lines/]),
  ['random bytes for JSON Lines', randomBytes(6, 5000), /^pairs\.jsonl:1: is no text\.$/, /CSV, TSV or JSON Lines/, {}, 'pairs.jsonl'],
  ['a JSON array', '[\n{"a":"甲","b":"乙"},\n]\n', /none of \d lines is a pair; here: not valid JSON/, /one whole JSON object a line/, {}, 'pairs.json'],
  ['labels that nobody knows', 'a,b,label\n甲,乙,foo\n丙,丁,bar\n', /^pairs\.csv:2: none of 2 lines is a pair; here: the label is none that is known\.$/, /labels: \{WORD: exact\}/],
];
for (const [why, content, message, hint, options, name] of wrong) {
  test(`a file that cannot be used: ${why}`, async () => {
    for (const size of [2, 4096]) {
      // Whether an encoding is the right one is told from a piece, not from two bytes.
      if (size === 2 && (typeof content !== 'string' || options?.encoding !== undefined)) continue;
      await assert.rejects(readAll(content, options, { size, ...(name === undefined ? {} : { name }) }), (error) => {
        assert.ok(error instanceof BenchError, String(error));
        assert.equal(error.exitCode, 2);
        assert.match(error.message, message);
        assert.match(error.hint, hint);
        return true;
      });
    }
  });
}

test('what is said of a file never quotes a row', async () => {
  for (const content of ['金丝雀路1号\n', '金丝雀路1号,金丝雀路2号,金丝雀路3号,x\n', '金丝雀路1号,金丝雀路2号,金丝雀路3号\n']) {
    await assert.rejects(readAll(content, {}), (error) => error instanceof BenchError && !`${error.message}${error.hint}`.includes('金丝雀'));
    await assert.rejects(readAll(content, { columns: { a: 'x', b: 'y' } }), (error) => error instanceof BenchError && !`${error.message}${error.hint}`.includes('金丝雀'));
  }
});
