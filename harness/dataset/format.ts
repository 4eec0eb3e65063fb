import type { AddressPair } from '../model/dataset.js';
import type { Dataset } from './create.js';
import { pairToJson } from './pair-json.js';

export const pairFormats = ['jsonl', 'csv', 'tsv'] as const;
export type PairFormat = (typeof pairFormats)[number];

/** Columns of csv and tsv. `expected` and `operators` hold names joined by `|`; `abnormal` holds JSON. */
const columns = ['id', 'index', 'class', 'a', 'b', 'expected', 'operators', 'seed', 'hard', 'distanceKm', 'certified', 'tokenIdentical', 'abnormal'] as const;

/** UTF-16 units of one chunk: large enough that writing it costs little, small enough to keep memory flat. */
const chunkLength = 1 << 15;

/**
 * The dataset as text, in chunks of whole lines.
 * jsonl: every field of a pair. csv: RFC 4180, with a header. tsv: with a header; tab, line break and backslash as \t \n \r \\.
 */
export function* formatPairs(dataset: Dataset, format: PairFormat): Generator<string> {
  for (const { text } of formatChunks(dataset, format)) yield text;
}

/** The same, with the number of pairs that are told so far. */
export function* formatChunks(dataset: Dataset, format: PairFormat): Generator<Chunk> {
  if (format !== 'jsonl') yield { text: `${columns.join(format === 'csv' ? ',' : '\t')}\n`, pairs: 0 };
  for (let pairs = 0; pairs < dataset.count; ) {
    const chunk = formatChunk(dataset, encoders[format], pairs);
    yield chunk;
    pairs = chunk.pairs;
  }
}

/** Whole lines, and how many pairs there are up to their end. */
export interface Chunk {
  text: string;
  pairs: number;
}

/** A function of its own, because the engine compiles the loop of a generator less well. */
function formatChunk(dataset: Dataset, encode: (pair: AddressPair) => string, first: number): Chunk {
  let text = '';
  let next = first;
  while (next < dataset.count && text.length < chunkLength) {
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
