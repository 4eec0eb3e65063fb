import { readStored, storedFormat } from './check/stored.js';
import type { StoredPair } from './check/promise.js';
import { createDecoding, type OwnEncoding } from './own/decode.js';
import { unusable } from './own/fail.js';
import { readOwnRows } from './own/index.js';

/** A line: a pair with what the file says of it, or why it is none. */
export type PairFileRow = { line: number; pair: StoredPair } | { line: number; why: string };

/** A file of pairs, whoever wrote it. */
export interface PairFile {
  /** `made`: with the columns of `dataset make`, so that classes, operators and the rest are known; `own`: two addresses and perhaps a label. */
  kind: 'made' | 'own';
  byteOrderMark: boolean;
  /** In the order of the lines, once. Throws dataset-unusable for a file that holds no pair. */
  rows: AsyncIterable<PairFileRow>;
  /** Known once the rows have ended. */
  encoding(): OwnEncoding;
}

/** Bytes by which a file is told: the first line is among them. */
const headBytes = 4096;

/** Opens a file by its first piece. `name`: as messages call it. */
export async function openPairFile(pieces: AsyncGenerator<Uint8Array>, name: string): Promise<PairFile> {
  const head = await pieces.next();
  const first: Uint8Array = head.done === true ? new Uint8Array() : head.value;
  const all = async function* (): AsyncGenerator<Uint8Array> {
    if (first.byteLength > 0) yield first;
    yield* pieces;
  };
  const byteOrderMark = first[0] === 0xef && first[1] === 0xbb && first[2] === 0xbf;
  const format = storedFormat(new TextDecoder().decode(first.subarray(0, headBytes)));
  if (format === undefined) {
    const own = readOwnRows({ pieces: all }, name);
    return { kind: 'own', byteOrderMark, encoding: () => own.facts().encoding, rows: (async function* (): AsyncGenerator<PairFileRow> {
      for await (const row of own) yield row.kind === 'bad' ? { line: row.line, why: row.why } : { line: row.line, pair: { a: row.a, b: row.b, class: row.class, expected: row.expected, line: row.line } };
    })() };
  }
  const decoding = createDecoding(name, 'auto');
  return { kind: 'made', byteOrderMark, encoding: decoding.encoding, rows: (async function* (): AsyncGenerator<PairFileRow> {
    let pairs = 0;
    for await (const row of readStored(all(), decoding, format)) {
      if ('pair' in row) pairs += 1;
      yield row;
    }
    if (pairs === 0) throw unusable(name, 0, 'no line is a pair', 'One pair a line, as `dataset make` writes them: JSONL, CSV or TSV.');
  })() };
}
