import { countUses } from '../lexicon/shared.js';
import type { Area, Lexicon, SharedName } from '../lexicon/lexicon.js';

/** Which part of the country pairs are drawn from: no district and no road stands in both. */
export type Split = 'train' | 'held-out';
export const splits = ['train', 'held-out'] as const satisfies readonly Split[];

/** One in five districts, and one in five road names, is kept from training. */
const heldOutOf = 5;

/** FNV-1a over UTF-16 units, finished as MurmurHash3 finishes: the same on every machine, whatever else the tables hold. */
function hashName(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  return (h ^ (h >>> 13)) >>> 0;
}

/** On which side a district or a road stands: by its name, so that 鼓楼区 of all cities stands on one side. */
export const splitOf = (name: string): Split => (hashName(name) % heldOutOf === 0 ? 'held-out' : 'train');

/**
 * The lexicon with the districts and roads of one side only. What names one area has on one side may not name one on the other;
 * names of provinces and cities are those of all. `areas` keeps its length, because other lists point into it by index.
 */
export function restrictLexicon(lexicon: Lexicon, split: Split): Lexicon {
  const roadsOf = (area: Area): readonly string[] => area.roads.filter((road) => splitOf(road) === split);
  const kept = new Set(lexicon.areas.filter((area) => splitOf(area.district ?? area.city) === split && roadsOf(area).length > 0).map((area) => area.index));
  const areas = lexicon.areas.map((area) =>
    kept.has(area.index) ? { ...area, roads: roadsOf(area), farPeers: area.farPeers.filter((index) => kept.has(index)) } : area);
  const keep = (list: readonly Area[]): Area[] => list.flatMap((area) => (kept.has(area.index) ? [areas[area.index] as Area] : []));
  const between = (list: readonly SharedName[]): SharedName[] => list.filter(({ first, second }) => kept.has(first) && kept.has(second));
  const roads = (list: readonly SharedName[]): SharedName[] => between(list).filter(({ name }) => splitOf(name) === split);
  return {
    ...lexicon,
    areas,
    urbanAreas: keep(lexicon.urbanAreas),
    otherAreas: keep(lexicon.otherAreas),
    areasWithFarPeers: keep(lexicon.areasWithFarPeers).filter((area) => area.farPeers.length > 0),
    renamedAreas: keep(lexicon.renamedAreas),
    sharedRoads: roads(lexicon.sharedRoads),
    roadsAcrossCities: roads(lexicon.roadsAcrossCities),
    sharedDistricts: between(lexicon.sharedDistricts),
    roadUse: countUses(keep(lexicon.areas).flatMap((area) => area.roads.map((road) => `${area.city}/${road}`))),
  };
}
