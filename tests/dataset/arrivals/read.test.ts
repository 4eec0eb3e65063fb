import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readArrivals } from '../../../harness/dataset/index.js';
import { BenchError } from '../../../harness/model/error.js';
import type { ArrivalMoments, ArrivalOptions } from '../../../harness/model/stage-shapes.js';

/** Reads a file that holds `text`, as the reader of a file would. */
function read(text: string | Uint8Array, options: Partial<ArrivalOptions> & { name?: string } = {}): ArrivalMoments {
  const { name = 'arrivals.csv', ...rest } = options;
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return readArrivals(`/somewhere/${name}`, { unit: 'auto', ...rest }, {
    reader: () => ({ sizeBytes: bytes.length, at: (offset, length) => bytes.slice(offset, offset + length), close: () => undefined, pieces: () => assert.fail('read in pieces of its own') }),
  });
}

const momentsOf = (text: string, options?: Parameters<typeof read>[1]): number[] => [...read(text, options).momentsMs];

function mistake(text: string | Uint8Array, options?: Parameters<typeof read>[1]): string {
  try {
    read(text, options);
  } catch (error) {
    assert.ok(error instanceof BenchError && error.exitCode === 2 && error.hint !== '', String(error));
    return error.message;
  }
  return assert.fail('the file was accepted');
}

test('moments in every way they are written count from the first, in ms', () => {
  const wanted = [0, 250, 1500];
  assert.deepEqual(momentsOf('time\n2026-03-02T08:30:00Z\n2026-03-02T08:30:00.250Z\n2026-03-02T08:30:01.5Z\n'), wanted);
  assert.deepEqual(momentsOf('2026-03-02 23:59:59.000+08:00\n2026-03-02 23:59:59.250+08:00\n2026-03-03 00:00:00.500+08:00\n'), wanted);
  assert.deepEqual(momentsOf('0\n0.25\n1.5\n'), wanted, 'small numbers are seconds');
  assert.deepEqual(momentsOf('10\n260\n1510\n', { unit: 'ms' }), wanted);
  assert.deepEqual(momentsOf('1772440200\n1772440200.25\n1772440201.5\n'), wanted, 'seconds since 1970');
  assert.deepEqual(momentsOf('1772440200000\n1772440200250\n1772440201500\n'), wanted, 'ms since 1970');
  assert.deepEqual(momentsOf('1e3\n1.25e3\n2500\n', { unit: 'ms' }), wanted);
  assert.deepEqual(momentsOf('-1.5\n-1.25\n0\n'), wanted);
});

test('the column: named, numbered, well known, the only one, or the only one that holds moments', () => {
  const table = 'id,at,note\n7,0,"a, b"\n9,1,c\n';
  assert.deepEqual(momentsOf(table, { column: 'at' }), [0, 1000]);
  assert.deepEqual(momentsOf(table, { column: 2 }), [0, 1000]);
  assert.deepEqual(momentsOf('addr\tTime Stamp\n甲\t0\n乙\t2\n', { name: 'log.tsv' }), [0, 2000]);
  assert.deepEqual(momentsOf('GET,2026-03-02T08:30:00Z,200x\nGET,2026-03-02T08:30:01Z,200x\n'), [0, 1000]);
  assert.deepEqual(momentsOf('{"ts": 5, "a": "甲"}\n\n{"a": "乙", "ts": 6}\n', { name: 'log.jsonl' }), [0, 1000]);
  assert.deepEqual(momentsOf('["x", 5]\n["x", 6]\n', { name: 'log.jsonl' }), [0, 1000]);
  assert.deepEqual(momentsOf('5\n6\n', { name: 'log.jsonl' }), [0, 1000]);
  assert.deepEqual(momentsOf('"2026-03-02T08:30:00Z"\n"2026-03-02T08:30:01Z"\n', { name: 'log.jsonl' }), [0, 1000]);
  assert.deepEqual(momentsOf('\ufefftime\r\n0\r\n1\r\n'), [0, 1000], 'a mark at the beginning, and line ends of Windows');
});

test('the hash is of the moments, however they are written; the text is not in what comes out', () => {
  const one = read('time\n2026-03-02T08:30:00Z\n2026-03-02T08:30:01.5Z\n');
  assert.equal(read('秘密,at\n甲,0\n乙,1.5\n', { column: 'at' }).sha256, one.sha256);
  assert.notEqual(read('0\n1.6\n').sha256, one.sha256);
  assert.deepEqual(Object.keys(one).sort(), ['momentsMs', 'sha256']);
  const many = Array.from({ length: 10_001 }, (_, i) => i);
  assert.equal(read(`${many.join('\n')}\n`).momentsMs.length, 10_001);
  assert.notEqual(read(`${many.join('\n')}\n`).sha256, read(`${many.map((i) => (i === 10_000 ? i + 1 : i)).join('\n')}\n`).sha256);
});

const wrong: [string, string, Parameters<typeof read>[1], string][] = [
  ['out of order', 'time\n1\n3\n2\n', {}, 'arrivals.csv:4: its moment is earlier than that of the line before.'],
  ['a moment that cannot be read', 'time\n1\nsoon\n', {}, 'arrivals.csv:3: its moment cannot be read.'],
  ['a moment that is missing', 'time,a\n1,x\n,x\n', {}, 'arrivals.csv:3: its moment is missing.'],
  ['one kind of moment after another', '2026-03-02T08:30:00Z\n17\n', {}, 'arrivals.csv:2: its moment cannot be read.'],
  ['another number of columns', 'time,a\n1,x\n2\n', {}, 'arrivals.csv:3: has another number of columns than the first line.'],
  ['broken JSON', '{"time": 1}\n{"time": \n', { name: 'a.jsonl' }, 'a.jsonl:2: not valid JSON.'],
  ['a key that is missing', '{"time": 1}\n{"tim": 2}\n', { name: 'a.jsonl' }, 'a.jsonl:2: its moment is missing.'],
  ['nothing at all', '', {}, 'arrivals.csv: holds no moments.'],
  ['a header alone', 'time\n', {}, 'arrivals.csv: holds no moments.'],
  ['blank lines', '\n\n', {}, 'arrivals.csv: holds no moments.'],
  ['one moment', 'time\n1\n', {}, 'arrivals.csv: holds one moment, and a schedule needs two.'],
  ['one moment many times', '1\n1\n1\n', {}, 'arrivals.csv: all its moments are the same.'],
  ['one column of something else', '甲\n乙\n', {}, 'arrivals.csv:2: its moment cannot be read.'],
  ['one column, and another was asked for', '1\n2\n', { column: 'at' }, 'arrivals.csv:1: has one column, and none is called "at".'],
  ['one column, and the third was asked for', '1\n2\n', { column: 3 }, 'arrivals.csv:1: has one column, so there is no column 3.'],
  ['columns that say nothing', '1,2\n3,4\n', {}, 'arrivals.csv:1: has 2 columns, and nothing says which holds the moments.'],
  ['a quote that is never closed', 'time,a\n1,"x\n2,y\n', {}, 'arrivals.csv:2: a quote is opened and never closed.'],
];
for (const [what, text, options, sentence] of wrong) test(`refused with file and line: ${what}`, () => { assert.equal(mistake(text, options), sentence); });

test('what is no text is called by its name', () => {
  assert.equal(mistake(Uint8Array.of(0x1f, 0x8b, 8, 0)), 'arrivals.csv:1: is compressed.');
});
