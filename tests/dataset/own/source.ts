import { readOwnRows, type BadRow, type OwnFileFacts, type OwnRow } from '../../../harness/dataset/own/index.js';
import type { OwnOptions } from '../../../harness/model/dataset.js';

/** A reader of bytes in memory, handed out in pieces of `size`. */
export function readerOf(content: string | Uint8Array, size = 7): { pieces(): AsyncIterable<Uint8Array> } {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return {
    async *pieces() {
      for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
    },
  };
}

export interface Read { rows: OwnRow[]; bad: BadRow[]; facts: OwnFileFacts }

/** Everything a file holds. */
export async function readAll(content: string | Uint8Array, options: OwnOptions = {}, { name = 'pairs.csv', size = 4096 } = {}): Promise<Read> {
  const read = readOwnRows(readerOf(content, size), name, options);
  const rows: OwnRow[] = [];
  const bad: BadRow[] = [];
  for await (const row of read) {
    if (row.kind === 'row') rows.push(row);
    else bad.push(row);
  }
  return { rows, bad, facts: read.facts() };
}

/** Pairs of texts, by line. */
export const sidesOf = ({ rows }: Read): [number, string, string][] => rows.map(({ line, a, b }) => [line, a, b]);
export const badOf = ({ bad }: Read): [number, string][] => bad.map(({ line, code }) => [line, code]);

/**
 * GB18030 of texts that hold ASCII and the characters of this table, written down from the standard, so that the test does not rest on the
 * decoder that it tests.
 */
const gb: Readonly<Record<string, readonly number[]>> = { 北: [0xb1, 0xb1], 京: [0xbe, 0xa9], 市: [0xca, 0xd0], 路: [0xc2, 0xb7], 号: [0xba, 0xc5], 上: [0xc9, 0xcf], 海: [0xba, 0xa3], 同: [0xcd, 0xac], 不: [0xb2, 0xbb], '𠀀': [0x95, 0x32, 0x82, 0x36] };
export const inGb18030 = (text: string): Uint8Array => Uint8Array.from([...text].flatMap((character) => gb[character] ?? [character.charCodeAt(0)]));
