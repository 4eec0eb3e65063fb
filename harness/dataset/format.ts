import type { AddressPair } from '../model/dataset.js';
import type { Dataset } from './create.js';
import { pairToJson } from './pair-json.js';

export const pairFormats = ['jsonl', 'csv', 'tsv'] as const;
export type PairFormat = (typeof pairFormats)[number];

/** Columns of csv and tsv. `expected` and `operators` hold names joined by `|`; `abnormal` holds JSON. */
const columns = ['id', 'index', 'class', 'a', 'b', 'expected', 'operators', 'seed', 'hard', 'distanceKm', 'certified', 'tokenIdentical', 'abnormal'] as const;

/** UTF-16 units of one page: large enough that writing it costs little, small enough to keep memory flat. */
const pageLength = 1 << 15;

/** Whole lines, and how many pairs there are up to their end. */
export interface Page {
  text: string;
  pairs: number;
}

/**
 * The dataset as text, in pages of whole lines.
 * jsonl: every field of a pair. csv: RFC 4180, with a header. tsv: with a header; tab, line break and backslash as \t \n \r \\.
 */
export function* formatPairs(dataset: Dataset, format: PairFormat): Generator<string> {
  const header = formatHeader(format);
  if (header !== '') yield header;
  for (const { text } of formatPages(dataset, format)) yield text;
}

/** The line above the pairs; empty where the format has none. */
export const formatHeader = (format: PairFormat): string => (format === 'jsonl' ? '' : `${columns.join(format === 'csv' ? ',' : '\t')}\n`);

/** Pairs `first` to `end` - 1, without the header. */
export function* formatPages(dataset: Dataset, format: PairFormat, first = 0, end = dataset.count): Generator<Page> {
  for (let pairs = first; pairs < end; ) {
    const page = formatPage(dataset, encoders[format], pairs, end);
    yield page;
    pairs = page.pairs;
  }
}

/** A function of its own, because the engine compiles the loop of a generator less well. */
function formatPage(dataset: Dataset, encode: (pair: AddressPair) => string, first: number, end: number): Page {
  let text = '';
  let next = first;
  while (next < end && text.length < pageLength) {
    text += encode(dataset.pair(next)) + '\n';
    next += 1;
  }
  return { text, pairs: next };
}

const encoders: Readonly<Record<PairFormat, (pair: AddressPair) => string>> = {
  jsonl: pairToJson,
  csv: (pair) => cellsOf(pair).map(quoteCsv).join(','),
  tsv: (pair) => cellsOf(pair).map(escapeTsv).join('\t'),
};

function cellsOf(pair: AddressPair): string[] {
  return columns.map((column) => {
    const value = pair[column];
    if (value === undefined) return '';
    if (Array.isArray(value)) return value.join('|');
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  });
}

const quoteCsv = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

const tsvEscapes: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r', '\\': '\\\\' };
const escapeTsv = (cell: string): string => cell.replaceAll(/[\t\n\r\\]/g, (character) => tsvEscapes[character] ?? character);
