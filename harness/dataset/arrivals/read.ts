/**
 * Moments of arrival from a file of the user's own: CSV, TSV or JSON Lines, one request a line. Read in pieces; 8 bytes a moment are kept, and
 * nothing else of the file. The first line that cannot be used ends it: a schedule with a hole would be another load.
 */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { Files } from '../../host/index.js';
import type { ArrivalMoments, ArrivalOptions } from '../../model/stage-shapes.js';
import { createDecoding } from '../own/decode.js';
import { createDelimited } from '../own/delimited.js';
import { unusable } from '../own/fail.js';
import { formatOf } from '../own/format.js';
import { jsonCell } from '../own/json-line.js';
import { createLineCutter } from '../own/line.js';
import { badSentences } from '../own/row.js';
import { findMomentColumn, type MomentColumn } from './column.js';
import { chooseReading, type ReadMoment } from './moment.js';

const pieceBytes = 1 << 18;
/** They are kept in memory, by the harness and by the engine. */
const mostMoments = 5_000_000;
const known = 'Known are seconds and milliseconds, plain or since 1970, ISO 8601 and 2026-11-26 08:30:00.250; load.replay.unit says what plain numbers are.';
const oneALine = 'One request a line, with the moment it came: in seconds, in milliseconds, or as a date with time.';

/** Reads the whole file. Throws file-unreadable, and dataset-unusable with file and line. */
export function readArrivals(path: string, options: ArrivalOptions, files: Pick<Files, 'reader'>): ArrivalMoments {
  const name = basename(path);
  const reader = files.reader(path);
  try {
    if (reader.sizeBytes === null) throw unusable(name, 0, 'is no ordinary file', 'Save the moments into a file first.');
    const moments = collectMoments(name);
    const parser = createParser(name, options, moments.add);
    const decoding = createDecoding(name, 'auto');
    for (let offset = 0; offset < reader.sizeBytes; offset += pieceBytes) parser.push(decoding.push(reader.at(offset, pieceBytes)));
    parser.push(decoding.end());
    parser.end();
    return moments.finish();
  } finally {
    reader.close();
  }
}

/** Keeps ascending moments, as ms since the first. */
function collectMoments(name: string): { add(ms: number, line: number): void; finish(): ArrivalMoments } {
  let kept = new Float64Array(1024);
  let count = 0;
  let firstMs = 0;
  return {
    add(ms, line) {
      if (count === 0) firstMs = ms;
      const at = ms - firstMs;
      if (count > 0 && at < (kept[count - 1] as number)) throw unusable(name, line, 'its moment is earlier than that of the line before', 'Moments must ascend: sort the file by them.');
      if (count === mostMoments) throw unusable(name, line, 'is beyond the 5,000,000 moments that one schedule can have', 'Cut the file.');
      if (count === kept.length) {
        const larger = new Float64Array(2 * count);
        larger.set(kept);
        kept = larger;
      }
      kept[count] = at;
      count += 1;
    },
    finish() {
      if (count === 0) throw unusable(name, 0, 'holds no moments', oneALine);
      if (count === 1) throw unusable(name, 0, 'holds one moment, and a schedule needs two', oneALine);
      const momentsMs = kept.slice(0, count);
      if (momentsMs[count - 1] === 0) throw unusable(name, 0, 'all its moments are the same', 'For requests that come at once there is load.burst.');
      return { momentsMs, sha256: hashOf(momentsMs) };
    },
  };
}

/** Of the numbers, not of the bytes in the file: the same moments written otherwise are the same schedule. */
function hashOf(momentsMs: Float64Array): string {
  const hash = createHash('sha256');
  const bytes = new DataView(new ArrayBuffer(8 * 4096));
  for (let from = 0; from < momentsMs.length; from += 4096) {
    const part = momentsMs.subarray(from, from + 4096);
    part.forEach((ms, i) => { bytes.setFloat64(8 * i, ms, true); });
    hash.update(new Uint8Array(bytes.buffer, 0, 8 * part.length));
  }
  return hash.digest('hex');
}

/** Text in, moments out. */
function createParser(name: string, options: ArrivalOptions, give: (ms: number, line: number) => void): { push(text: string): void; end(): void } {
  let read: ReadMoment | null = null;
  let column: MomentColumn | null = null;
  let width = 0;
  let take: ((text: string, line: number) => void) | null = null;
  let finish = (): void => undefined;
  const isMoment = (cell: string): boolean => chooseReading(options.unit, cell) !== null;

  const moment = (cell: string, line: number): void => {
    read ??= chooseReading(options.unit, cell);
    const ms = read === null ? null : read(cell);
    if (ms === null) throw unusable(name, line, cell.trim() === '' ? 'its moment is missing' : 'its moment cannot be read', known);
    give(ms, line);
  };
  const cellsOf = (cells: readonly string[], line: number): void => {
    if (cells.length === 1 && (cells[0] ?? '').trim() === '') return;
    if (column === null) {
      column = findMomentColumn(name, line, cells, cells, options.column, isMoment);
      width = cells.length;
      if (column.header) return;
    }
    if (cells.length !== width) throw unusable(name, line, badSentences.columns, oneALine);
    moment(cells[column.at] ?? '', line);
  };
  let keys: readonly string[] = [];
  const json = (text: string, line: number): void => {
    if (text.trim() === '') return;
    const value = parseJson(name, text, line);
    if (typeof value !== 'object' || value === null) return moment(jsonCell(value), line);
    const list = Array.isArray(value) ? (value as readonly unknown[]) : null;
    const map = list === null ? (value as Readonly<Record<string, unknown>>) : {};
    if (column === null) {
      keys = list === null ? Object.keys(map) : [];
      column = findMomentColumn(name, line, keys, (list ?? Object.values(map)).map(jsonCell), options.column, isMoment);
    }
    moment(jsonCell(list === null ? map[keys[column.at] ?? ''] : list[column.at]), line);
  };
  const open = (text: string): NonNullable<typeof take> => {
    const format = options.format ?? formatOf(name, text);
    if (format === 'jsonl') return json;
    const table = createDelimited(format === 'csv' ? ',' : '\t', cellsOf, (line, code) => { throw unusable(name, line, badSentences[code], oneALine); });
    finish = () => { table.end(); };
    return table.take;
  };
  const lines = createLineCutter(
    (text, line) => {
      if (take === null && text.trim() === '') return;
      take ??= open(text);
      take(text, line);
    },
    (line) => { throw unusable(name, line, badSentences['too-long'], oneALine); },
  );
  return {
    push: lines.push,
    end: () => {
      lines.end();
      finish();
    },
  };
}

function parseJson(name: string, text: string, line: number): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw unusable(name, line, badSentences['not-json'], 'JSON Lines has one whole JSON value a line.');
  }
}
