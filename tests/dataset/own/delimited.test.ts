/** Against csv-parse, another implementation of RFC 4180, on whatever tables a generator thinks of. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { createDelimited } from '../../../harness/dataset/own/delimited.js';
import { createLineCutter } from '../../../harness/dataset/own/line.js';

function cellsOf(text: string, size: number): { records: [number, string[]][]; bad: number[] } {
  const records: [number, string[]][] = [];
  const bad: number[] = [];
  const reader = createDelimited(',', (cells, line) => records.push([line, cells]), (line) => bad.push(line));
  const lines = createLineCutter(reader.take, (line) => bad.push(line));
  for (let at = 0; at < text.length; at += size) lines.push(text.slice(at, at + size));
  lines.end();
  reader.end();
  return { records, bad };
}

const cell = fc.string({ unit: fc.constantFrom('甲', '乙', ',', '"', '\n', '\r\n', ' ', 'x', '𠀀'), maxLength: 6 });
const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 20 });
const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

test('every table comes back as it was written, as csv-parse reads it, each record with the line where it begins', () => {
  fc.assert(fc.property(table, fc.constantFrom('\n', '\r\n'), fc.integer({ min: 1, max: 40 }), (rows, newline, size) => {
    const text = rows.map((row) => row.map(quoted).join(',') + newline).join('');
    const { records, bad } = cellsOf(text, size);
    assert.deepEqual(bad, []);
    assert.deepEqual(records.map(([, cells]) => cells), rows);
    assert.deepEqual(parse(text, { relax_column_count: true, record_delimiter: newline }), rows);
    let line = 1;
    for (const [i, row] of rows.entries()) {
      assert.equal(records[i]?.[0], line);
      line += row.join('').split('\n').length;
    }
  }));
});

test('any text at all is read to its end: a line belongs to a record or is bad', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', ',', '"', '\n'), maxLength: 200 }), (text) => {
    const { records, bad } = cellsOf(text, 16);
    const starts = [...records.map(([line]) => line), ...bad].sort((x, y) => x - y);
    assert.equal(new Set(starts).size, starts.length);
    const inside = records.reduce((sum, [, cells]) => sum + cells.join('').split('\n').length - 1, 0);
    const lines = text === '' ? 0 : text.replace(/\n$/, '').split('\n').length;
    assert.equal(starts.length + inside, lines);
  }));
});
