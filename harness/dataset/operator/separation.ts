import type { Address } from '../../model/dataset.js';
import type { Random } from '../../model/random.js';
import { alterPlace, drawKind, drawNumber, drawPlace, type PlaceKind } from '../address/place.js';
import { fieldSet, type FieldSet } from '../address/render.js';
import { certifyFar } from '../lexicon/distance.js';
import type { Area, Lexicon, SharedName } from '../lexicon/lexicon.js';

/** Two places that are certified more than 5 km apart, and what they have in common all the same. */
export interface Separation {
  readonly name: string;
  /** Much of the text is alike, and one level alone tells the two apart. */
  readonly hard: boolean;
  /** `undefined` where the lexicon knows no two such areas. */
  draw(lexicon: Lexicon, random: Random): Apart | undefined;
}

/** Two places, their areas, and the levels that must be read to know that they are two. */
export interface Apart {
  areas: readonly [Area, Area];
  places: readonly [Address, Address];
  must: FieldSet;
}

const city = fieldSet(['city']);
const district = fieldSet(['district']);
const road = fieldSet(['road']);
const door = fieldSet(['road', 'number']);

const easy = (name: string, draw: Separation['draw']): Separation => ({ name, hard: false, draw });
const hard = (name: string, draw: Separation['draw']): Separation => ({ name, hard: true, draw });

/** Two districts of one city, nothing else in common. */
export const farDistrict = easy('far-district', (lexicon, random) => {
  const areas = drawFarDistricts(lexicon, random);
  const kind = drawKind(random, lexicon.habit);
  const other = random.chance(0.6) ? kind : drawKind(random, lexicon.habit);
  return { areas, places: [drawPlace(lexicon, random, kind, areas[0]), drawPlace(lexicon, random, other, areas[1])], must: district };
});

/** Areas of two cities. */
export const farAnywhere = easy('far-anywhere', (lexicon, random) => {
  const [first, second] = drawFarCities(lexicon, random);
  const draw = (area: Area): Address => drawPlace(lexicon, random, drawKind(random, lexicon.habit), area);
  return { areas: [first, second], places: [draw(first), draw(second)], must: city };
});

/** 珠江路 of one district, 珠江路 of another one of the city; half of them with the same number as well. */
export const sameRoadFarDistrict = hard('same-road-far-district', (lexicon, random) => shareRoad(lexicon, random, lexicon.sharedRoads, district, 0.5));

/** 人民路8号 of two cities. */
export const sameRoadOtherCity = hard('same-road-other-city', (lexicon, random) => shareRoad(lexicon, random, lexicon.roadsAcrossCities, city, 1));

/** 鼓楼区 of two cities. */
export const sameDistrictOtherCity = hard('same-district-other-city', (lexicon, random) => {
  if (lexicon.sharedDistricts.length === 0) return undefined;
  const areas = areasOf(lexicon, random.pick(lexicon.sharedDistricts));
  const kind = drawKind(random, lexicon.habit);
  return { areas, places: [drawPlace(lexicon, random, kind, areas[0]), drawPlace(lexicon, random, kind, areas[1])], must: city | district };
});

/** Two branches of one chain in far districts of a city; after a log that names cities rather than districts, in two cities. */
export const sameBrand = hard('same-brand', (lexicon, random) => {
  const { picks } = lexicon.habit;
  const inTwoCities = picks !== undefined && random.chance(picks.cities);
  const areas = inTwoCities ? drawFarCities(lexicon, random) : drawFarDistricts(lexicon, random);
  const isBank = random.chance(0.3);
  const brand = random.pick(isBank ? lexicon.words.banks : lexicon.words.brands);
  const branch = (area: Area): Address => {
    const place = drawPlace(lexicon, random, 'door', area);
    place.room = undefined;
    place.poi = `${brand}(${place.road ?? ''}${isBank ? '支行' : '店'})`;
    return place;
  };
  return { areas, places: [branch(areas[0]), branch(areas[1])], must: inTwoCities ? city : district };
});

/** 玄武区珠江路8号金鹰大厦 against 江宁区珠江路8号金鹰大厦: the district is all that differs, and it is far away. */
export const conflictingDistrict = hard('conflicting-district', (lexicon, random) => {
  const areas = drawFarDistricts(lexicon, random);
  const place = drawPlace(lexicon, random, random.pick(['door', 'home', 'office']), areas[0]);
  place.town = undefined;
  return { areas, places: [place, alterPlace(place, 'district', areas[1].district)], must: district | door };
});

/** Every separation with the share it has among the easy or among the hard ones. */
export const separations: readonly (readonly [Separation, number])[] = [
  [farDistrict, 70], [farAnywhere, 30],
  [sameRoadFarDistrict, 32], [sameRoadOtherCity, 20], [sameDistrictOtherCity, 20], [sameBrand, 16], [conflictingDistrict, 12],
];

function drawFarCities(lexicon: Lexicon, random: Random): [Area, Area] {
  const first = random.pick(lexicon.areasWithFarPeers);
  let second = random.pick(lexicon.areasWithFarPeers);
  while (first.city === second.city || certifyFar(first.centre, second.centre) === undefined) second = random.pick(lexicon.areasWithFarPeers);
  return [first, second];
}

function drawFarDistricts(lexicon: Lexicon, random: Random): [Area, Area] {
  const first = random.pick(lexicon.areasWithFarPeers);
  return [first, areaAt(lexicon, random.pick(first.farPeers))];
}

function shareRoad(lexicon: Lexicon, random: Random, list: readonly SharedName[], must: FieldSet, sameNumberShare: number): Apart | undefined {
  if (list.length === 0) return undefined;
  const shared = random.pick(list);
  const areas = areasOf(lexicon, shared);
  const kind: PlaceKind = lexicon.habit.log === undefined && random.chance(0.5) ? 'door' : drawKind(random, lexicon.habit);
  const number = random.chance(sameNumberShare) ? drawNumber(random) : undefined;
  const given = { road: shared.name, ...(number === undefined ? {} : { number }) };
  const draw = (area: Area): Address => drawPlace(lexicon, random, kind, area, given);
  // What they have in common has to be read, else the pair would be an easy one.
  return { areas, places: [draw(areas[0]), draw(areas[1])], must: must | (number === undefined ? road : door) };
}

const areasOf = (lexicon: Lexicon, shared: SharedName): [Area, Area] => [areaAt(lexicon, shared.first), areaAt(lexicon, shared.second)];

function areaAt(lexicon: Lexicon, index: number): Area {
  const area = lexicon.areas[index];
  if (area === undefined) throw new RangeError(`no area ${index}`);
  return area;
}
