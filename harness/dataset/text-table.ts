import { hashTexts } from './text-hash.js';

/** A number for each text, or for two texts together. */
export interface TextTable {
  /** The number of the text; 0 where it has none. */
  find(text: string, other?: string): number;
  /** Gives the text that `find` was asked for last this number, 1 to 2^32 - 1. */
  put(value: number): void;
  /** Texts that have a number. */
  size(): number;
}

/**
 * An open table of hashes, never of the texts themselves (linear probing; Knuth, The Art of Computer Programming 3, 6.4). A slot is 12 bytes:
 * 64 bits of hash and the number. The table doubles when half of it is full, so that a text takes 24 to 48 bytes; while it doubles, the old
 * table is there as well: 72. Two texts with one hash count as one: below one in 10^6 for ten million texts.
 */
export function createTextTable(): TextTable {
  let capacity = 1 << 12;
  let high = new Uint32Array(capacity);
  let low = new Uint32Array(capacity);
  let values = new Uint32Array(capacity);
  let used = 0;
  let [askedHigh, askedLow, askedSlot] = [0, 0, 0];

  const slotOf = (h: number, l: number): number => {
    let slot = l & (capacity - 1);
    while (values[slot] !== 0 && (high[slot] !== h || low[slot] !== l)) slot = (slot + 1) & (capacity - 1);
    return slot;
  };
  const fill = (slot: number, h: number, l: number, value: number): void => {
    high[slot] = h;
    low[slot] = l;
    values[slot] = value;
  };
  const grow = (): void => {
    const old = { high, low, values };
    capacity *= 2;
    high = new Uint32Array(capacity);
    low = new Uint32Array(capacity);
    values = new Uint32Array(capacity);
    for (let i = 0; i < old.values.length; i += 1) {
      const value = old.values[i] ?? 0;
      if (value === 0) continue;
      const [h, l] = [old.high[i] ?? 0, old.low[i] ?? 0];
      fill(slotOf(h, l), h, l, value);
    }
    askedSlot = slotOf(askedHigh, askedLow);
  };
  return {
    find(text, other) {
      [askedHigh, askedLow] = hashTexts(text, other);
      askedSlot = slotOf(askedHigh, askedLow);
      return values[askedSlot] ?? 0;
    },
    put(value) {
      if (values[askedSlot] === 0) used += 1;
      fill(askedSlot, askedHigh, askedLow, value);
      if (used * 2 > capacity) grow();
    },
    size: () => used,
  };
}
