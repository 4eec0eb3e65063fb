import { pairClasses, type DatasetPlan, type PairClass } from '../model/dataset.js';

/** Which class pair `index` has, and which one of its class it is. */
export interface Slot {
  class: PairClass;
  ordinal: number;
}

/**
 * Spreads the classes evenly over the dataset, with no memory: each class in turn takes every N/n-th of the slots that the classes
 * before it left (Bresenham's line, nested). Counts are exact, and any prefix holds each class within two or three of its share.
 *
 * Exact for counts whose product stays below 2^53: ten million pairs and more.
 */
export function layOut(mix: DatasetPlan['mix']): { count: number; slot(index: number): Slot } {
  const total = Object.values(mix).reduce((sum, n) => sum + n, 0);
  return {
    count: total,
    slot(index) {
      if (!Number.isInteger(index) || index < 0 || index >= total) throw new RangeError(`pair ${index} of ${total}`);
      let position = index;
      let slots = total;
      for (const name of pairClasses) {
        const wanted = mix[name];
        const before = Math.floor((position * wanted) / slots);
        if (Math.floor(((position + 1) * wanted) / slots) > before) return { class: name, ordinal: before };
        position -= before;
        slots -= wanted;
      }
      throw new RangeError(`no class for pair ${index}`);
    },
  };
}

/**
 * Which of `count` pairs are among the `round(count × share)` that are to be so, spread evenly (Bresenham's line): the share is met
 * exactly, and every prefix holds it within one pair.
 */
export function spread(count: number, share: number): (ordinal: number) => boolean {
  const wanted = Math.round(count * share);
  return (ordinal) => Math.floor(((ordinal + 1) * wanted) / count) > Math.floor((ordinal * wanted) / count);
}
