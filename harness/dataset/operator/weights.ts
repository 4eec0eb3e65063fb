import type { Random } from '../../model/random.js';

/** Draws one item in proportion to its weight. */
export function weightedPick<T>(table: readonly (readonly [T, number])[]): (random: Random) => T {
  const flat = table.flatMap(([item, weight]) => Array.from({ length: weight }, () => item));
  return (random) => random.pick(flat);
}
