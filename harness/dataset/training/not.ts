import type { Address } from '../../model/dataset.js';
import type { Random } from '../../model/random.js';
import { drawArea } from '../address/place.js';
import { fieldSet } from '../address/render.js';
import type { Area, Lexicon } from '../lexicon/lexicon.js';
import { separations } from '../operator/separation.js';
import { door, name, type Drawn, type Family, type FamilyTable } from './family.js';
import { drawStem, drawVillage, nameTypes } from './names.js';
import { partOfOther } from './part.js';
import { drawTrainingKind, drawTrainingPlace, type TrainingKind } from './place.js';

/** Two places that have nothing to do with each other, though much of their text may be the same. */

function not(familyName: string, hard: boolean, draw: Family['draw']): Family {
  return { name: familyName, label: 0, hard, draw };
}

const district = fieldSet(['district']);
const city = fieldSet(['city']);
const road = fieldSet(['road']);

/** Two places of one area. */
function drawTwo(lexicon: Lexicon, random: Random, kinds: readonly TrainingKind[], needs: { road?: boolean } = {}): { area: Area; a: Address; b: Address } {
  const area = drawArea(lexicon, random);
  const a = drawTrainingPlace(lexicon, random, random.pick(kinds), area, needs);
  const b = drawTrainingPlace(lexicon, random, random.pick(kinds), area, needs);
  // Neighbours have their town in common, more often than not.
  if (a.town !== undefined && random.chance(0.7)) b.town = a.town;
  return { area, a, b };
}

/** A place and another one that took over all of its fields but those that `other` gives. */
function otherwise(place: Address, other: Partial<Address>, must: Drawn['must']): Drawn | undefined {
  const b: Address = { ...place, ...other };
  for (const field of Object.keys(other) as (keyof Address)[]) if (other[field] === place[field]) return undefined;
  return { a: place, b, must };
}

/** 锦绣花园3号楼 of one district or city, 锦绣花园3号楼 of another. */
const sameNameElsewhere = not('same-name-elsewhere', true, (lexicon, random) => {
  const area = random.chance(0.5) ? random.pick(lexicon.areasWithFarPeers) : drawArea(lexicon, random);
  const inCity = area.farPeers.length > 0 && random.chance(0.6);
  const other = inCity ? lexicon.areas[random.pick(area.farPeers)] : drawArea(lexicon, random);
  if (other === undefined || other === area || (!inCity && other.city === area.city)) return undefined;
  const a = drawTrainingPlace(lexicon, random, drawTrainingKind(random), area);
  if (a.poi !== undefined && area.district !== undefined && a.poi.startsWith(area.district)) return undefined;
  const b = moved(a, other, random);
  const level = inCity ? district : random.chance(0.5) && a.district !== b.district && a.district !== undefined && b.district !== undefined ? district : city;
  return { a, b, must: level | (a.poi !== undefined || a.estate !== undefined ? name : door) };
});

/** The place as it might stand in `area`: same road, number and name. */
function moved(place: Address, area: Area, random: Random): Address {
  const b: Address = { ...place, city: area.city, province: area.province };
  b.district = undefined;
  b.town = undefined;
  if (area.district !== undefined) b.district = area.district;
  if (place.town !== undefined && random.chance(0.6)) b.town = random.pick(area.towns);
  return b;
}

/** 金鹰大厦 against 金桥大厦: one or two characters of the stem in common, the same kind of thing. */
const sharedCharacters = not('shared-characters', true, (lexicon, random) => {
  const area = drawArea(lexicon, random);
  const kind = random.pick(['named', 'named', 'office', 'home'] as const);
  const place = drawTrainingPlace(lexicon, random, kind, area);
  const field = place.estate === undefined ? 'poi' : 'estate';
  const type = place.estate === undefined ? random.pick(nameTypes) : lexicon.words.estateTypes;
  const stem = drawStem(lexicon, random, area);
  const next = shareCharacter(stem, drawStem(lexicon, random, area), random);
  if (next === stem) return undefined;
  const suffix = random.pick(type);
  const a: Address = { ...place, [field]: stem + suffix };
  return otherwise(a, elsewhereOnRoad(a, area, random, { [field]: next + (random.chance(0.7) ? suffix : random.pick(type)) }), name);
});

/** `other` with one character of `stem` at its place. */
function shareCharacter(stem: string, other: string, random: Random): string {
  const at = random.below(Math.min(stem.length, other.length));
  return other.slice(0, at) + stem.charAt(at) + other.slice(at + 1);
}

/** Another house has another number, and often another road. */
function elsewhereOnRoad(place: Address, area: Area, random: Random, other: Partial<Address>): Partial<Address> {
  const changed: Partial<Address> = { ...other };
  if (place.number !== undefined) changed.number = String(random.below(600) + 1);
  if (place.road !== undefined && random.chance(0.5)) changed.road = random.pick(area.roads);
  return changed;
}

/** 金鹰大厦 against 金鹰花园, 金鹰宾馆. */
const otherSuffix = not('same-stem-other-suffix', true, (lexicon, random) => {
  const area = drawArea(lexicon, random);
  const place = drawTrainingPlace(lexicon, random, 'named', area);
  const stem = drawStem(lexicon, random, area);
  const type = random.pick(nameTypes);
  const other = random.pick(nameTypes);
  if (type === other) return undefined;
  const a = { ...place, poi: stem + random.pick(type) };
  return otherwise(a, elsewhereOnRoad(a, area, random, { poi: stem + random.pick(other) }), name);
});

/** 锦绣花园3号楼2单元301 against 翠湖花园3号楼2单元301. */
const otherEstate = not('same-building-other-estate', true, (lexicon, random) => {
  const { area, a, b } = drawTwo(lexicon, random, ['home']);
  if (a.estate === undefined || b.estate === undefined || a.estate === b.estate) return undefined;
  const other: Partial<Address> = { estate: b.estate };
  return otherwise(a, elsewhereOnRoad(a, area, random, other), name);
});

/** 建国路8号 against 建设路8号: a character in common, the same number. */
const similarRoad = not('similar-road-same-number', true, (lexicon, random) => {
  const area = drawArea(lexicon, random);
  const a = drawTrainingPlace(lexicon, random, random.pick(['door', 'door', 'home', 'village']), area, { road: true });
  if (a.estate !== undefined || a.road === undefined) return undefined;
  const kind = /村|社区/.test(a.road) ? 'village' : 'road';
  const other = kind === 'village' ? drawVillage(lexicon, random, area) : random.chance(0.5) ? random.pick(area.roads) : inventRoad(a.road, random.pick(area.roads), random);
  return otherwise(a, { road: other }, door);
});

/** 建国路 and 解放路 → 建放路: a road that shares its first character with the one, the rest with the other. */
const inventRoad = (one: string, other: string, random: Random): string => (random.chance(0.5) ? one.charAt(0) + other.slice(1) : one.slice(0, -2) + other.slice(-2));

/** 建国路8号金鹰大厦 against 建国路256号翠湖宾馆. */
const sameRoad = not('same-road-other-object', true, (lexicon, random) => {
  const { a, b } = drawTwo(lexicon, random, ['named', 'named', 'shop', 'office', 'home'], { road: true });
  if (random.chance(0.6)) b.number = undefined;
  return onRoad(a, b);
});

function onRoad(a: Address, b: Address): Drawn | undefined {
  if (a.road === undefined || (a.poi ?? a.estate) === (b.poi ?? b.estate)) return undefined;
  if (a.number === b.number) return undefined;
  const other: Address = { ...b, road: a.road };
  if (a.town === undefined) other.town = undefined;
  else other.town = a.town;
  return { a, b: other, must: name | road };
}

/** 建国路小学 against 建国路菜市场, 大元村卫生室 against 大元村委会: called after the same road or village. */
const sameRoot = not('same-root-other-object', true, (lexicon, random) => {
  const { area, a, b } = drawTwo(lexicon, random, ['named']);
  const root = random.pick([random.pick(area.roads), drawVillage(lexicon, random, area).replace(/自然村$/, '村'), random.pick(area.towns)]);
  const list = [...lexicon.words.publicOfRoad, ...lexicon.words.publicOfTown];
  const first = random.pick(list);
  const second = random.pick(list);
  if (first === second) return undefined;
  return { a: { ...a, poi: root + first }, b: { ...b, poi: root + second }, must: name };
});

/** 肯德基(建国路店) against 肯德基(人民路店), in one district. */
const otherBranch = not('same-brand-other-branch', true, (lexicon, random) => {
  const { area, a, b } = drawTwo(lexicon, random, ['door'], { road: true });
  const isBank = random.chance(0.3);
  const brand = random.pick(isBank ? lexicon.words.banks : lexicon.words.brands);
  const kind = isBank ? '支行' : '店';
  const where = (place: Address): string => (random.chance(0.7) ? (place.road ?? '') : drawStem(lexicon, random, area));
  const branch = (place: Address): Address => {
    const made: Address = { ...place, poi: random.chance(0.7) ? `${brand}(${where(place)}${kind})` : brand };
    made.room = undefined;
    if (made.poi !== brand && random.chance(0.4)) made.number = undefined;
    return made;
  };
  const [one, other] = [branch(a), branch(b)];
  if (a.road === b.road || one.poi === other.poi) return undefined;
  return { a: one, b: other, must: name | road };
});

/** Two things of one town, or of one district. */
const nearby = not('same-town-other-object', false, (lexicon, random) => {
  const { a, b } = drawTwo(lexicon, random, ['named', 'shop', 'office', 'home', 'village', 'door']);
  if (a.road === b.road || (a.poi !== undefined && a.poi === b.poi) || (a.estate !== undefined && a.estate === b.estate)) return undefined;
  return { a, b, must: name };
});

/** 建国路8号 against 人民路8号 with names that have nothing in common. */
const sameNumber = not('same-number-other-road', false, (lexicon, random) => {
  const { a, b } = drawTwo(lexicon, random, ['door', 'named', 'shop', 'village'], { road: true });
  if (a.road === b.road || a.number === undefined || (a.poi !== undefined && a.poi === b.poi)) return undefined;
  return { a, b: { ...b, number: a.number }, must: door };
});

/** The separations of the low class. */
const farFamilies: FamilyTable = separations.map(([separation, weight]) => {
  const family = not(separation.name, separation.hard, (lexicon, random) => {
    const apart = separation.draw(lexicon, random);
    return apart === undefined ? undefined : { a: apart.places[0], b: apart.places[1], must: apart.must | door };
  });
  return [family, weight] as const;
});

export const notFamilies: FamilyTable = [
  [partOfOther, 640],
  [sameNameElsewhere, 90], [sharedCharacters, 75], [otherSuffix, 65], [otherEstate, 60], [similarRoad, 65], [sameRoad, 65], [sameRoot, 45], [otherBranch, 45],
  [nearby, 50], [sameNumber, 30], ...farFamilies,
];
