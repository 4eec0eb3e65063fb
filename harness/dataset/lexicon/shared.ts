import { certifyFar } from './distance.js';
import type { Area, SharedName } from './lexicon.js';

/** No name gives more pairs than this, so that 人民路 does not fill the list. */
const pairsOfOneName = 40;

/**
 * Pairs of areas that share a name and are certified far apart: where a low pair is hard.
 * `names`: the names of an area that count; `wanted`: which pairs of areas.
 */
export function findSharedNames(
  areas: readonly Area[],
  names: (area: Area) => readonly string[],
  wanted: (a: Area, b: Area) => boolean,
): SharedName[] {
  const holders = new Map<string, Area[]>();
  for (const area of areas) {
    if (area.centre?.radiusKm === undefined) continue;
    for (const name of names(area)) {
      const list = holders.get(name);
      if (list === undefined) holders.set(name, [area]);
      else list.push(area);
    }
  }
  const shared: SharedName[] = [];
  for (const [name, list] of holders) {
    const pairs: SharedName[] = [];
    for (const [i, a] of list.entries()) {
      for (const b of list.slice(i + 1)) {
        if (pairs.length >= pairsOfOneName) break;
        if (wanted(a, b) && certifyFar(a.centre, b.centre) !== undefined) pairs.push({ name, first: a.index, second: b.index });
      }
    }
    shared.push(...pairs);
  }
  return shared;
}

/** How many of `keys` are alike. */
export function countUses(keys: Iterable<string>): Map<string, number> {
  const uses = new Map<string, number>();
  for (const key of keys) uses.set(key, (uses.get(key) ?? 0) + 1);
  return uses;
}
