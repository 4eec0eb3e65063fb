import type { OwnFormat } from '../../model/dataset.js';
import type { TextDecoding } from './decode.js';
import { createDelimited } from './delimited.js';
import { readJsonLine, type JsonRecord } from './json-line.js';
import { createLineCutter, isBlank, longestRecord } from './line.js';
import type { BadCode } from './row.js';

/** What becomes of each record of a file. */
export interface RecordTakers {
  /** Of a table, the header among them. */
  cells(cells: readonly string[], line: number): void;
  /** One line of JSON Lines, as a value and as it stands. */
  json(record: JsonRecord, line: number, text: string): void;
  bad(line: number, code: BadCode): void;
}

/** What one file's records are cut by. */
export interface RecordOptions {
  decoding: TextDecoding;
  /** Asked once, for the first line that is not blank. */
  formatOf: (firstLine: string) => OwnFormat;
  /** Longest line and longest record, UTF-16 units. */
  longest?: number;
}

/**
 * Reads a file of pairs record by record: bytes to text, text to lines, lines to cells or JSON. Blank lines are nothing. The takers put what they
 * make of a record into `made`, which is handed on and emptied after each piece: a generator cannot be handed into a parser. By the batch, because each layer of generators costs a promise a row.
 */
export async function* readRecords<T>(pieces: AsyncIterable<Uint8Array>, { decoding, formatOf, longest = longestRecord }: RecordOptions, takers: RecordTakers, made: T[]): AsyncGenerator<T[]> {
  let reader: { take(text: string, line: number): void; end(): void } | null = null;
  const readerOf = (format: OwnFormat): NonNullable<typeof reader> => (format === 'jsonl'
    ? { take: (text, line) => { takeJson(text, line, takers); }, end: () => undefined }
    : createDelimited(format === 'csv' ? ',' : '\t', (cells, line) => { if (cells.length > 1 || !isBlank(cells[0] ?? '')) takers.cells(cells, line); }, takers.bad, longest));
  const lines = createLineCutter((text, line) => {
    // The blank lines inside a quoted cell belong to it.
    if (reader === null && isBlank(text)) return;
    reader ??= readerOf(formatOf(text));
    reader.take(text, line);
  }, (line) => { takers.bad(line, 'too-long'); }, longest);
  for await (const piece of pieces) {
    lines.push(decoding.push(piece));
    yield made.splice(0);
  }
  lines.push(decoding.end());
  lines.end();
  (reader as { end(): void } | null)?.end();
  yield made.splice(0);
}

function takeJson(text: string, line: number, takers: RecordTakers): void {
  if (isBlank(text)) return;
  const record = readJsonLine(text);
  if (typeof record === 'string') takers.bad(line, record);
  else takers.json(record, line, text);
}
