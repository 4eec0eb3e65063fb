import { createHash } from 'node:crypto';
import type { FileReader } from '../../host/index.js';
import type { OwnFormat, OwnOptions } from '../../model/dataset.js';
import { findColumns, type Columns } from './column.js';
import { createDecoding, type OwnEncoding } from './decode.js';
import { unusable } from './fail.js';
import { formatOf } from './format.js';
import { jsonCell } from './json-line.js';
import { createKeyFinder } from './keys.js';
import { createLabelReader, unlabelled } from './label.js';
import { isBlank } from './line.js';
import { readRecords, type RecordTakers } from './records.js';
import { badRow, type BadCode, type BadRow, type OwnRow } from './row.js';
import { readTime } from './time.js';

/** What was read, whole once the rows have ended. */
export interface OwnFileFacts {
  format: OwnFormat;
  encoding: OwnEncoding;
  /** Whether the first record named the columns. */
  header: boolean;
  bytes: number;
  /** Of the bytes as they lie in the file, hexadecimal. */
  sha256: string;
  rows: number;
  bad: number;
  /** Rows that have a label. */
  labelled: number;
}

/** The rows of a file in the order of their lines, once; bad lines stand among them. */
export interface OwnRows extends AsyncIterable<OwnRow | BadRow> {
  facts(): OwnFileFacts;
}

/**
 * Reads pairs of the user's own: CSV, TSV or JSON Lines, UTF-8 or GB18030, with or without a header. Streamed: memory does not grow with the
 * file. Blank lines are nothing. A line that is no pair comes as a `bad` row and ends nothing; a file of which no line is a pair, or whose
 * columns nobody can tell, throws dataset-unusable with file and line.
 * @param name how messages call the file
 */
export function readOwnRows(reader: Pick<FileReader, 'pieces'>, name: string, options: OwnOptions = {}): OwnRows {
  const hash = createHash('sha256');
  const decoding = createDecoding(name, options.encoding ?? 'auto');
  const facts: OwnFileFacts = { format: options.format ?? 'csv', encoding: 'utf-8', header: false, bytes: 0, sha256: '', rows: 0, bad: 0, labelled: 0 };
  const found: (OwnRow | BadRow)[] = [];
  let firstBad: BadRow | null = null;
  const table = createTable(name, options, facts, (row) => {
    if (row.kind === 'bad') firstBad ??= row;
    if (row.kind === 'bad') facts.bad += 1;
    else facts.rows += 1;
    if (row.kind === 'row' && row.expected.length > 0) facts.labelled += 1;
    found.push(row);
  });
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of reader.pieces()) {
      facts.bytes += piece.byteLength;
      hash.update(piece);
      yield piece;
    }
  };
  const formatHere = (firstLine: string): OwnFormat => (facts.format = options.format ?? formatOf(name, firstLine));
  return {
    facts: () => ({ ...facts }),
    async *[Symbol.asyncIterator]() {
      for await (const rows of readRecords(counted(), { decoding, formatOf: formatHere }, table, found)) yield* rows;
      table.end();
      facts.sha256 = hash.digest('hex');
      facts.encoding = decoding.encoding();
      if (facts.rows > 0) return;
      if (facts.bytes === 0) throw unusable(name, 0, 'the file is empty', 'One pair a line: two addresses, and if you have one a label.');
      if (firstBad === null) throw unusable(name, 0, facts.header ? 'there is a header but no pair' : 'the file holds blank lines only', 'One pair a line: two addresses, and if you have one a label.');
      throw unusable(name, firstBad.line, `${facts.bad === 1 ? 'the only line is no pair' : `none of ${String(facts.bad)} lines is a pair`}; here: ${firstBad.why}`, hintOf(firstBad.code));
    },
  };
}

/** What to do when every line is bad in one way. */
export function hintOf(code: BadCode): string {
  switch (code) {
    case 'label': return 'Known are exact, partial, not, 1, 0, true, false, 同, 不同 and the like; name others with dataset: {labels: {WORD: exact}}, another column with columns: {label: …}, or none with columns: {label: false}.';
    case 'time': return 'Known are 2026-11-26 08:30:00, ISO 8601, and seconds or milliseconds since 1970; columns: {time: false} reads none.';
    case 'not-json': return 'JSON Lines has one whole JSON object a line; a JSON array over several lines is another format.';
    case 'undecodable': return 'Say encoding: utf-8 or encoding: gb18030.';
    default: return 'docs/own-data.md shows what a file may look like.';
  }
}

type Give = (row: OwnRow | BadRow) => void;

/** Records to rows. `end` throws for columns that were asked for and never came. */
function createTable(name: string, options: OwnOptions, facts: OwnFileFacts, give: Give): RecordTakers & { end(): void } {
  const labels = createLabelReader(options.labels);
  const objects = createKeyFinder(name, options);
  let columns: Columns | null = null;
  let width = 0;
  /** What the first line of JSON Lines was: the others are the same. */
  let shape: 'list' | 'object' | null = null;

  const bad = (line: number, code: BadCode): void => { give(badRow(line, code)); };
  const row = (line: number, a: unknown, b: unknown, label: string, time: string, timeAsked: boolean): void => {
    if (typeof a !== 'string' || typeof b !== 'string') return bad(line, a === undefined || a === null ? 'no-a' : b === undefined || b === null ? 'no-b' : 'not-text');
    if (isBlank(a)) return bad(line, 'no-a');
    if (isBlank(b)) return bad(line, 'no-b');
    if (unreadable.test(a) || unreadable.test(b)) return bad(line, 'undecodable');
    const said = label === '' ? unlabelled : labels.read(label);
    if (said === null) return bad(line, 'label');
    const timeMs = time === '' ? null : readTime(time);
    if (timeMs === null && timeAsked && time.trim() !== '') return bad(line, 'time');
    give({ kind: 'row', line, a, b, expected: said.expected, class: said.class, ...(timeMs === null ? {} : { timeMs }) });
  };
  const jsonRow = (line: number, text: string, sides: readonly [unknown, unknown], label: unknown, time: unknown, timeAsked: boolean): void => {
    if (text.includes('\\u') && sides.some((side) => typeof side === 'string' && halfCharacter.test(side))) return bad(line, 'undecodable');
    if (isObject(label)) return bad(line, 'label-nested');
    if (timeAsked && isObject(time)) return bad(line, 'time');
    row(line, ...sides, jsonCell(label), jsonCell(time), timeAsked);
  };
  return {
    bad,
    cells(cells, line) {
      if (columns === null) {
        columns = findColumns(name, line, cells, options);
        width = cells.length;
        facts.header = columns.header;
        if (columns.header) return;
      }
      if (cells.length !== width) return bad(line, 'columns');
      row(line, cells[columns.a], cells[columns.b], columns.label === null ? '' : (cells[columns.label] ?? ''), columns.time === null ? '' : (cells[columns.time] ?? ''), columns.timeAsked);
    },
    json(record, line, text) {
      shape ??= Array.isArray(record) ? 'list' : 'object';
      if ((shape === 'list') !== Array.isArray(record)) return bad(line, 'not-a-map');
      if (shape === 'object') {
        const map = record as Readonly<Record<string, unknown>>;
        const keys = objects.columnsOf(map, line);
        if (keys === null) return bad(line, 'no-columns');
        const at = (key: string | null): unknown => (key !== null && Object.hasOwn(map, key) ? map[key] : undefined);
        return jsonRow(line, text, [at(keys.a), at(keys.b)], at(keys.label), at(keys.time), keys.timeAsked);
      }
      const list = record as readonly unknown[];
      columns ??= findColumns(name, line, list.map(jsonCell), { ...options, header: false });
      const at = (place: number | null): unknown => (place === null ? undefined : list[place]);
      jsonRow(line, text, [at(columns.a), at(columns.b)], at(columns.label), at(columns.time), columns.timeAsked);
    },
    end: objects.end,
  };
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A hole left by decoding, or a zero byte; and half a character, which only JSON can write. */
const unreadable = /[\ufffd\u0000]/;
const halfCharacter = /\p{Surrogate}/u;
