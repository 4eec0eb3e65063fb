/** Leafs through a protobuf file of any size: what is not asked for is not read. */
import { fstatSync, readSync } from 'node:fs';

/** A field of a message: what lies between `start` and `end`, or for a varint its `value`. */
export interface Field {
  number: number;
  start: number;
  end: number;
  /** Of a varint; the last bits of one above 2^53 are lost. */
  value: number | null;
}

/** An open file, page by page. Everything throws RangeError where it is no protobuf, or ends too early. */
export interface Pages {
  /** The file as one message. */
  whole: Field;
  fields(message: Field): Generator<Field>;
  text(field: Field): string;
  /** A repeated integer, packed or one by one. */
  integers(field: Field): number[];
}

const pageBytes = 16_384;
const mostVarintBytes = 10;
const fixedBytes: Readonly<Record<number, number>> = { 1: 8, 5: 4 };

/** `file` is a descriptor, which stays the caller's. */
export const openPages = (file: number): Pages => {
  const size = fstatSync(file).size;
  const page = Buffer.alloc(pageBytes);
  let pageAt = 0;
  let pageLength = 0;

  const byteAt = (at: number): number => {
    if (at < pageAt || at >= pageAt + pageLength) {
      pageAt = at;
      pageLength = readSync(file, page, 0, pageBytes, at);
    }
    const byte = at < pageAt + pageLength ? page[at - pageAt] : undefined;
    if (byte === undefined) throw new RangeError('the file ends too early');
    return byte;
  };

  const varint = (at: number): { value: number; next: number } => {
    let value = 0;
    for (let count = 0; count < mostVarintBytes; count += 1) {
      const byte = byteAt(at + count);
      value += (byte & 127) * 2 ** (7 * count);
      if (byte < 128) return { value, next: at + count + 1 };
    }
    throw new RangeError('a number has no end');
  };

  function* fields(message: Field): Generator<Field> {
    for (let at = message.start; at < message.end; ) {
      const { value: tag, next } = varint(at);
      const [number, wire] = [Math.floor(tag / 8), tag % 8];
      if (wire === 0) {
        const found = varint(next);
        at = found.next;
        yield { number, start: next, end: at, value: found.value };
        continue;
      }
      const length = wire === 2 ? varint(next) : { value: fixedBytes[wire] ?? Infinity, next };
      at = length.next + length.value;
      if (at > message.end) throw new RangeError('a field is longer than its message');
      yield { number, start: length.next, end: at, value: null };
    }
  }

  const text = ({ start, end }: Field): string => {
    const bytes = Buffer.alloc(end - start);
    if (readSync(file, bytes, 0, bytes.length, start) < bytes.length) throw new RangeError('the file ends too early');
    return bytes.toString('utf8');
  };

  const integers = ({ start, end, value }: Field): number[] => {
    if (value !== null) return [value];
    const found: number[] = [];
    for (let at = start; at < end; ) {
      const { value: one, next } = varint(at);
      found.push(one);
      at = next;
    }
    return found;
  };

  return { whole: { number: 0, start: 0, end: size, value: null }, fields, text, integers };
};
