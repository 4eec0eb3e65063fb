import { createTextTable } from '../text-table.js';

/** Where a text, or two together, stood first. */
export interface LineIndex {
  /** The line and the mark it was put in with; undefined for what was never put in. */
  find(text: string, other?: string): { line: number; mark: number } | undefined;
  /** Remembers it, if it is new. `line`: from 1, below 2^29; `mark`: 0 to 7. */
  put(line: number, mark: number, text: string, other?: string): void;
}

/** The low bits of a number in the table; the line stands above them. */
const markBits = 3;

/** In the memory of a text table: 24 to 48 bytes a text. */
export function createLineIndex(): LineIndex {
  const table = createTextTable();
  return {
    find: (text, other) => {
      const value = table.find(text, other);
      return value === 0 ? undefined : { line: value >>> markBits, mark: value & ((1 << markBits) - 1) };
    },
    put: (line, mark, text, other) => {
      if (table.find(text, other) === 0) table.put((line << markBits) | mark);
    },
  };
}
