import type { FileReader, Files } from '../../host/index.js';
import type { MatchLabel, OwnClass } from '../../model/dataset.js';
import type { OwnRow } from './row.js';

/** Rows between two offsets that are kept: half a byte of memory a row. */
const rowsPerBlock = 16;
const chunkLength = 1 << 16;

/** One row as it lies in the spool. */
export interface StoredRow {
  line: number;
  a: string;
  b: string;
  expected: readonly MatchLabel[];
  class: OwnClass;
}

/** Rows in a private scratch file, found by number. Of each, 1.5 bytes stay in memory. */
export interface Spool {
  /** A promise now and then, when the disk is to be waited for. */
  add(row: OwnRow): Promise<void> | null;
  /** No more rows; from here on they can be read. */
  seal(): Promise<StoredRows>;
  /** Removes the file. */
  remove(): void;
}

export interface StoredRows {
  count: number;
  row(number: number): StoredRow;
  classOf(number: number): OwnClass;
}

/**
 * Keeps rows in one form whatever the file's format and encoding, so that any row can be read again alone, also when the user's file is a pipe or
 * changes in the meantime. The file goes when the harness goes, however it ends.
 */
export function openSpool(files: Files): Spool {
  const folder = files.scratchDir('own');
  const path = `${folder}/rows.jsonl`;
  const writer = files.writer(path);
  const offsets = createGrowing((length) => new Float64Array(length));
  const kinds = createGrowing((length) => new Uint8Array(length));
  const labels: Pick<StoredRow, 'expected' | 'class'>[] = [];
  const numberOf = new Map<string, number>();
  let chunk = '';
  let bytes = 0;
  let reader: FileReader | null = null;

  const kindOf = (row: OwnRow): number => {
    const key = `${row.class}:${row.expected.join()}`;
    const known = numberOf.get(key);
    if (known !== undefined) return known;
    numberOf.set(key, labels.length);
    return labels.push({ expected: row.expected, class: row.class }) - 1;
  };
  return {
    add(row) {
      if (kinds.length() % rowsPerBlock === 0) offsets.push(bytes);
      kinds.push(kindOf(row));
      const text = `[${String(row.line)},${JSON.stringify(row.a)},${JSON.stringify(row.b)}]\n`;
      bytes += Buffer.byteLength(text);
      chunk += text;
      if (chunk.length < chunkLength) return null;
      const full = chunk;
      chunk = '';
      return writer.write(full);
    },
    async seal() {
      await writer.write(chunk);
      await writer.close();
      offsets.push(bytes);
      const from = files.reader(path);
      reader = from;
      return readRows(from, offsets.values(), kinds.values(), labels);
    },
    remove() {
      // Not sealed: its file is still open.
      if (reader === null) void writer.discard();
      reader?.close();
      files.remove(folder);
    },
  };
}

function readRows(from: FileReader, offsets: Float64Array, kinds: Uint8Array, labels: readonly Pick<StoredRow, 'expected' | 'class'>[]): StoredRows {
  let held = -1;
  let lines: string[] = [];
  const labelled = (number: number): Pick<StoredRow, 'expected' | 'class'> => {
    const found = labels[kinds[number] ?? -1];
    if (found === undefined) throw new RangeError(`row ${String(number)} of ${String(kinds.length)}`);
    return found;
  };
  return {
    count: kinds.length,
    row(number) {
      const { expected, class: name } = labelled(number);
      const block = Math.floor(number / rowsPerBlock);
      if (block !== held) {
        const [start = 0, end = 0] = [offsets[block], offsets[block + 1]];
        lines = Buffer.from(from.at(start, end - start)).toString('utf8').split('\n');
        held = block;
      }
      const [line, a, b] = JSON.parse(lines[number % rowsPerBlock] ?? '') as [number, string, string];
      return { line, a, b, expected, class: name };
    },
    classOf: (number) => labelled(number).class,
  };
}

/** A typed array that doubles when it is full. */
function createGrowing<T extends Float64Array | Uint8Array>(make: (length: number) => T): { push(value: number): void; length(): number; values(): T } {
  let values = make(1 << 10);
  let length = 0;
  return {
    push(value) {
      if (length === values.length) {
        const larger = make(length * 2);
        larger.set(values);
        values = larger;
      }
      values[length] = value;
      length += 1;
    },
    length: () => length,
    values: () => values.subarray(0, length) as T,
  };
}
