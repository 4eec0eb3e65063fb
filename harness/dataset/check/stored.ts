import type { AddressPair, MatchLabel } from '../../model/dataset.js';
import { groupDigits } from '../../model/unit.js';
import type { TextDecoding } from '../own/decode.js';
import { readJsonLine, type JsonRecord } from '../own/json-line.js';
import { readRecords } from '../own/records.js';
import { badSentences, type BadCode } from '../own/row.js';
import type { StoredPair } from './promise.js';

/** A line of a file as `dataset make` writes it: a pair, or why it is none. */
export type StoredRow = { line: number; pair: StoredPair } | { line: number; why: string };

/** UTF-16 units. Abnormal bodies go up to a megabyte, and JSON escapes make them longer. */
const longestLine = 1 << 24;

/** Columns that a file has in common with those of `dataset make` where it is read as one of them: who wrote it does not matter. */
const madeColumns = ['id', 'class', 'a', 'b', 'expected', 'operators'] as const;

export type StoredFormat = 'jsonl' | 'csv' | 'tsv';

/** The format of a file with the columns of `dataset make`, by its first line; undefined for any other file. */
export function storedFormat(beginning: string): StoredFormat | undefined {
  const first = (beginning.replace(/^\ufeff/, '').split('\n', 1)[0] ?? '').replace(/\r$/, '');
  const complete = (has: (name: string) => boolean): boolean => madeColumns.every(has);
  if (first.startsWith('{')) return complete((name) => first.includes(`"${name}":`)) ? 'jsonl' : undefined;
  for (const [format, delimiter] of [['csv', ','], ['tsv', '\t']] as const) {
    const names = first.split(delimiter);
    if (complete((name) => names.includes(name))) return format;
  }
  return undefined;
}

/** The pairs of a file as `dataset make` writes it, with all that it stored. Throws dataset-unusable for what is no text. */
export async function* readStored(pieces: AsyncIterable<Uint8Array>, decoding: TextDecoding, format: StoredFormat): AsyncGenerator<StoredRow> {
  const found: StoredRow[] = [];
  const bad = (line: number, code: BadCode): void => { found.push({ line, why: code === 'too-long' ? `longer than ${groupDigits(longestLine)} characters` : badSentences[code] }); };
  const give = (line: number, pair: StoredPair | string): void => { found.push(typeof pair === 'string' ? { line, why: pair } : { line, pair }); };
  let header: readonly string[] | undefined;
  for await (const rows of readRecords(pieces, { decoding, formatOf: () => format, longest: longestLine }, {
    bad,
    cells: (row, line) => {
      if (header === undefined) header = row;
      else if (row.length !== header.length) bad(line, 'columns');
      else give(line, pairOfCells(header, row));
    },
    json: (record, line) => { give(line, pairOfJson(record)); },
  }, found)) yield* rows;
}

/** A pair, or in half a sentence what is wrong with it. */
function pairOfJson(record: JsonRecord): StoredPair | string {
  if (Array.isArray(record)) return 'a list, where the lines of this file are objects';
  const pair = record as unknown as StoredPair;
  const texts = (list: unknown): boolean => list === undefined || (Array.isArray(list) && list.every((one) => typeof one === 'string'));
  const object = (value: unknown): boolean => typeof value === 'object' && value !== null;
  if (typeof pair.a !== 'string' || typeof pair.b !== 'string') return pair.a === undefined ? badSentences['no-a'] : pair.b === undefined ? badSentences['no-b'] : badSentences['not-text'];
  if (typeof pair.class !== 'string') return 'the class is missing, or is not text';
  if (!texts(pair.expected)) return 'expected is not a list of labels';
  if (!texts(pair.operators)) return 'operators is not a list of names';
  if (pair.fields !== undefined && !(object(pair.fields) && object(pair.fields.a) && object(pair.fields.b))) return 'fields does not hold the fields of two addresses';
  return pair;
}

function pairOfCells(header: readonly string[], row: readonly string[]): StoredPair | string {
  const cell = (name: string): string | undefined => {
    const text = row[header.indexOf(name)];
    return text === undefined || text === '' ? undefined : text;
  };
  const list = (name: string): string[] => cell(name)?.split('|') ?? [];
  const number = (name: string): { [key: string]: number } => (cell(name) === undefined ? {} : { [name]: Number(cell(name)) });
  const flag = (name: string): { [key: string]: boolean } => (cell(name) === undefined ? {} : { [name]: cell(name) === 'true' });
  const stored = cell('abnormal');
  const abnormal = stored === undefined ? undefined : readJsonLine(stored);
  if (typeof abnormal === 'string') return 'the cell abnormal holds no JSON object';
  return {
    ...(cell('id') === undefined ? {} : { id: cell('id') }),
    class: cell('class') ?? '', a: cell('a') ?? '', b: cell('b') ?? '',
    expected: list('expected') as MatchLabel[], operators: list('operators'),
    ...number('index'), ...number('seed'), ...number('distanceKm'), ...flag('certified'), ...flag('tokenIdentical'), ...(cell('hard') === 'true' ? { hard: true as const } : {}),
    ...(abnormal === undefined ? {} : { abnormal: abnormal as unknown as NonNullable<AddressPair['abnormal']> }),
  };
}
