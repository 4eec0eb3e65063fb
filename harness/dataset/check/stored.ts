import type { AddressPair, MatchLabel } from '../../model/dataset.js';
import { createDecoding } from '../own/decode.js';
import { createDelimited } from '../own/delimited.js';
import { readJsonLine } from '../own/json-line.js';
import { createLineCutter } from '../own/line.js';
import { badSentences, type BadCode } from '../own/row.js';
import type { StoredPair } from './promise.js';

/** A line of a file that `dataset make` wrote: a pair, or why it is none. */
export type StoredRow = { line: number; pair: StoredPair } | { line: number; why: string };

/** Abnormal bodies go up to a megabyte, and JSON escapes make them longer. */
const longestLine = 1 << 24;

/** Columns by which a file of `dataset make` is known. */
const ownColumns = ['id', 'class', 'a', 'b', 'expected', 'operators'] as const;

export type StoredFormat = 'jsonl' | 'csv' | 'tsv';

/** The format of a file that `dataset make` wrote, by its beginning; undefined for any other file. */
export function storedFormat(beginning: string): StoredFormat | undefined {
  const first = (beginning.replace(/^\ufeff/, '').split('\n', 1)[0] ?? '').replace(/\r$/, '');
  const complete = (has: (name: string) => boolean): boolean => ownColumns.every(has);
  if (first.startsWith('{')) return complete((name) => first.includes(`"${name}":`)) ? 'jsonl' : undefined;
  for (const [format, delimiter] of [['csv', ','], ['tsv', '\t']] as const) {
    const names = first.split(delimiter);
    if (complete((name) => names.includes(name))) return format;
  }
  return undefined;
}

/** The rows of a file that `dataset make` wrote, with all that it stored. Throws dataset-unusable for what is no text. */
export async function* readStored(pieces: AsyncIterable<Uint8Array>, name: string, format: StoredFormat): AsyncGenerator<StoredRow> {
  let found: StoredRow[] = [];
  const bad = (line: number, code: BadCode): void => { found.push({ line, why: badSentences[code] }); };
  const give = (line: number, pair: StoredPair | BadCode): void => {
    if (typeof pair === 'string') bad(line, pair);
    else found.push({ line, pair });
  };
  const decoding = createDecoding(name, 'auto');
  let header: readonly string[] | undefined;
  const cells = (row: readonly string[], line: number): void => {
    if (header === undefined) header = row;
    else if (row.length === 1 && row[0] === '') return;
    else give(line, row.length === header.length ? pairOfCells(header, row) : 'columns');
  };
  const table = format === 'jsonl' ? undefined : createDelimited(format === 'csv' ? ',' : '\t', cells, bad, longestLine);
  const lines = createLineCutter((text, line) => {
    if (table !== undefined) table.take(text, line);
    else if (text.trim() !== '') give(line, pairOfJson(text));
  }, (line) => { bad(line, 'too-long'); }, longestLine);
  const taken = (): StoredRow[] => {
    const rows = found;
    found = [];
    return rows;
  };
  for await (const piece of pieces) {
    lines.push(decoding.push(piece));
    yield* taken();
  }
  lines.push(decoding.end());
  lines.end();
  table?.end();
  yield* taken();
}

function pairOfJson(text: string): StoredPair | BadCode {
  const record = readJsonLine(text);
  if (typeof record === 'string') return record;
  if (Array.isArray(record)) return 'not-a-map';
  const pair = record as unknown as StoredPair;
  const texts = (list: unknown): boolean => list === undefined || (Array.isArray(list) && list.every((one) => typeof one === 'string'));
  const object = (value: unknown): boolean => typeof value === 'object' && value !== null;
  if (typeof pair.a !== 'string' || typeof pair.b !== 'string') return 'not-text';
  if (typeof pair.class !== 'string' || !texts(pair.expected) || !texts(pair.operators)) return 'label';
  if (pair.fields !== undefined && !(object(pair.fields) && object(pair.fields.a) && object(pair.fields.b))) return 'not-a-map';
  return pair;
}

function pairOfCells(header: readonly string[], row: readonly string[]): StoredPair | BadCode {
  const cell = (name: string): string | undefined => {
    const text = row[header.indexOf(name)];
    return text === undefined || text === '' ? undefined : text;
  };
  const list = (name: string): string[] => cell(name)?.split('|') ?? [];
  const number = (name: string): { [key: string]: number } => (cell(name) === undefined ? {} : { [name]: Number(cell(name)) });
  const flag = (name: string): { [key: string]: boolean } => (cell(name) === undefined ? {} : { [name]: cell(name) === 'true' });
  const stored = cell('abnormal');
  const abnormal = stored === undefined ? undefined : readJsonLine(stored);
  if (typeof abnormal === 'string') return abnormal;
  return {
    ...(cell('id') === undefined ? {} : { id: cell('id') }),
    class: cell('class') ?? '', a: cell('a') ?? '', b: cell('b') ?? '',
    expected: list('expected') as MatchLabel[], operators: list('operators'),
    ...number('index'), ...number('seed'), ...number('distanceKm'), ...flag('certified'), ...flag('tokenIdentical'),
    ...(abnormal === undefined ? {} : { abnormal: abnormal as unknown as NonNullable<AddressPair['abnormal']> }),
  };
}
