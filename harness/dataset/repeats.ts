import { createTextTable } from './text-table.js';

/** Texts that stand more than once. */
export interface RepeatCounter {
  /** With `other`, the two texts together are one thing. True when it stood before. */
  add(text: string, other?: string): boolean;
  /** Share of all that stand more than once, 0..1; 0 where there are none. */
  share(): number;
  /** Share of all that stood before, in the order in which they were added: what a cache without end could answer. */
  seenShare(): number;
}

/** Counts texts that stand more than once, in the memory of a text table: 24 to 48 bytes a distinct text. */
export function countRepeats(): RepeatCounter {
  const seen = createTextTable();
  let total = 0;
  let repeated = 0;
  return {
    add(text, other) {
      const times = seen.find(text, other);
      total += 1;
      // The first repeat makes the first sighting a repeated one, too.
      if (times > 0) repeated += times === 1 ? 2 : 1;
      seen.put(Math.min(times + 1, 0xffffffff));
      return times > 0;
    },
    seenShare: () => (total === 0 ? 0 : (total - seen.size()) / total),
    share: () => (total === 0 ? 0 : repeated / total),
  };
}
