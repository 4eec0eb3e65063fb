import { hashTexts } from '../text-hash.js';

/** Where a text, or two together, stood first. */
export interface LineIndex {
  /** The line and the mark it was put in with; undefined for what was never put in. */
  find(text: string, other?: string): { line: number; mark: number } | undefined;
  /** Remembers it, if it is new. `mark`: 0 to 255. */
  put(line: number, mark: number, text: string, other?: string): void;
}

/** 13 bytes for each text that is put in, at half load: hashes, never the texts themselves. */
export function createLineIndex(): LineIndex {
  let capacity = 1 << 12;
  let used = 0;
  const tables = (size: number) => ({ high: new Uint32Array(size), low: new Uint32Array(size), line: new Uint32Array(size), mark: new Uint8Array(size) });
  let table = tables(capacity);
  const slotOf = (high: number, low: number): number => {
    let slot = low & (capacity - 1);
    while (table.line[slot] !== 0 && (table.high[slot] !== high || table.low[slot] !== low)) slot = (slot + 1) & (capacity - 1);
    return slot;
  };
  const set = (high: number, low: number, line: number, mark: number): void => {
    const slot = slotOf(high, low);
    if (table.line[slot] !== 0) return;
    table.high[slot] = high;
    table.low[slot] = low;
    table.line[slot] = line;
    table.mark[slot] = mark;
    used += 1;
  };
  const grow = (): void => {
    const old = table;
    capacity *= 2;
    table = tables(capacity);
    used = 0;
    for (let i = 0; i < old.line.length; i += 1) {
      const line = old.line[i] ?? 0;
      if (line !== 0) set(old.high[i] ?? 0, old.low[i] ?? 0, line, old.mark[i] ?? 0);
    }
  };
  return {
    find: (text, other) => {
      const [high, low] = hashTexts(text, other);
      const slot = slotOf(high, low);
      const line = table.line[slot] ?? 0;
      return line === 0 ? undefined : { line, mark: table.mark[slot] ?? 0 };
    },
    put: (line, mark, text, other) => {
      const [high, low] = hashTexts(text, other);
      set(high, low, line, mark);
      if (used * 2 > capacity) grow();
    },
  };
}
