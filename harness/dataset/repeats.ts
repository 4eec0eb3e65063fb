import { hashTexts } from './text-hash.js';

/** Texts that stand more than once. */
export interface RepeatCounter {
  /** With `other`, the two texts together are one thing. True when it stood before. */
  add(text: string, other?: string): boolean;
  /** Share of all that stand more than once, 0..1; 0 where there are none. */
  share(): number;
  /** Share of all that stood before, in the order in which they were added: what a cache without end could answer. */
  seenShare(): number;
}

/**
 * Counts texts that stand more than once, in 12 bytes a text: a 64-bit hash in an open table, and how often it was seen (1 or more).
 * Two texts with one hash would count as one: below one in 10^6 for ten million texts.
 */
export function countRepeats(): RepeatCounter {
  let capacity = 1 << 12;
  let high = new Uint32Array(capacity);
  let low = new Uint32Array(capacity);
  let seen = new Uint32Array(capacity);
  let distinct = 0;
  let total = 0;
  let repeated = 0;

  const slotOf = (h: number, l: number): number => {
    let slot = l & (capacity - 1);
    while (seen[slot] !== 0 && (high[slot] !== h || low[slot] !== l)) slot = (slot + 1) & (capacity - 1);
    return slot;
  };
  const grow = (): void => {
    const old = { high, low, seen };
    capacity *= 2;
    high = new Uint32Array(capacity);
    low = new Uint32Array(capacity);
    seen = new Uint32Array(capacity);
    for (const [i, times] of old.seen.entries()) {
      if (times === 0) continue;
      const [h, l] = [old.high[i] ?? 0, old.low[i] ?? 0];
      const slot = slotOf(h, l);
      high[slot] = h;
      low[slot] = l;
      seen[slot] = times;
    }
  };
  return {
    add(text, other) {
      const [h, l] = hashTexts(text, other);
      const slot = slotOf(h, l);
      const times = seen[slot] ?? 0;
      total += 1;
      // The first repeat makes the first sighting a repeated one, too.
      if (times > 0) repeated += times === 1 ? 2 : 1;
      high[slot] = h;
      low[slot] = l;
      seen[slot] = Math.min(times + 1, 0xffffffff);
      if (times === 0) distinct += 1;
      if (distinct * 2 > capacity) grow();
      return times > 0;
    },
    seenShare: () => (total === 0 ? 0 : (total - distinct) / total),
    share: () => (total === 0 ? 0 : repeated / total),
  };
}
