import type { Address } from '../../model/dataset.js';
import type { Random } from '../../model/random.js';
import type { FieldSet } from '../address/render.js';
import type { Area, Lexicon } from '../lexicon/lexicon.js';
import { drawArea } from '../address/place.js';
import type { Drawn, Family, PickFamily } from './family.js';
import { drawName, drawStem, drawVillage } from './names.js';

/**
 * Gates, sides of the road, phases and bare roads stand in partial pairs because their families make them. Did they stand there only,
 * a model would learn the word and not the comparison. So half of the exact and the other pairs take one side of a partial pair for
 * their place: the same part twice, or the same part of something else.
 */
export function drawPart(lexicon: Lexicon, random: Random, pickPart: PickFamily): { place: Address; must: FieldSet } {
  for (;;) {
    const drawn = pickPart(random).draw(lexicon, random, pickPart);
    if (drawn !== undefined) return { place: random.chance(0.5) ? drawn.a : drawn.b, must: drawn.must };
  }
}

/** 珠江路8号对面, twice. */
export const samePart: Family = {
  name: 'same-part',
  label: 2,
  hard: false,
  draw: (lexicon, random, pickPart) => {
    const { place, must } = drawPart(lexicon, random, pickPart);
    return { a: place, b: place, must };
  },
};

/** 金鹰大厦东门 against 金桥大厦东门: the same part of another thing. */
export const partOfOther: Family = {
  name: 'part-of-other',
  label: 0,
  hard: true,
  draw: (lexicon, random, pickPart) => {
    const { place, must } = drawPart(lexicon, random, pickPart);
    const other = renamed(place, lexicon, random, drawArea(lexicon, random));
    return other === undefined ? undefined : { a: place, b: other, must };
  },
};

/** The place with another name; where it has none, on another road; where there is none, in another town or district. */
function renamed(place: Address, lexicon: Lexicon, random: Random, area: Area): Drawn['b'] | undefined {
  const other = { ...place };
  if (place.estate !== undefined) other.estate = swapStem(place.estate, lexicon, random, area);
  else if (place.poi !== undefined) other.poi = random.chance(0.5) ? drawName(lexicon, random, area) : swapStem(place.poi, lexicon, random, area);
  else if (place.road !== undefined) other.road = /村|社区/.test(place.road) ? drawVillage(lexicon, random, area) : random.pick(area.roads);
  else if (place.town !== undefined) other.town = random.pick(area.towns);
  else return undefined;
  if ((place.estate ?? place.poi) !== undefined && place.road !== undefined && random.chance(0.4)) {
    other.road = random.pick(area.roads);
    if (place.number !== undefined) other.number = String(random.below(600) + 1);
  }
  const same = (['estate', 'poi', 'road', 'town'] as const).every((field) => other[field] === place[field]);
  return same ? undefined : other;
}

/** Another stem before the same kind: 锦绣花园二期 → 翠湖花园二期. */
const swapStem = (name: string, lexicon: Lexicon, random: Random, area: Area): string => drawStem(lexicon, random, area) + name.slice(Math.min(2, Math.max(0, name.length - 2)));
