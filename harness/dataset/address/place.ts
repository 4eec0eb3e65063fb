import type { Address } from '../../model/dataset.js';
import type { Random } from '../../model/random.js';
import type { Area, Lexicon } from '../lexicon/lexicon.js';
import type { Habit } from '../profile/habit.js';
import { addDetails } from './detail.js';
import type { PlaceKind } from './place-kind.js';
import { stripSuffix } from './region.js';

export type { PlaceKind } from './place-kind.js';

/** Most addresses that are matched lie in towns. */
const urbanShare = 0.75;
/** Of places whose town is known; where writers name towns more often than that, more. */
const townKnownShare = 0.6;

/** A district: three in four urban. */
export const drawArea = (lexicon: Lexicon, random: Random): Area => random.pick(random.chance(urbanShare) ? lexicon.urbanAreas : lexicon.otherAreas);

/** Door, home, office or shop, by the shares of the habit. */
export function drawKind(random: Random, { kinds }: Habit): PlaceKind {
  const roll = random.next();
  if (roll < kinds.door) return 'door';
  if (roll < kinds.door + kinds.home) return 'home';
  return roll < kinds.door + kinds.home + kinds.office ? 'office' : 'shop';
}

/** What of a place is settled before it is drawn. `need`: a field below the road that it must have, where its kind can. */
export interface Given {
  road?: string;
  number?: string;
  need?: keyof Address;
}

const noneGiven: Given = {};

/**
 * A place of which only the region is known. Every place has all fields from the start, in the order they are written down: the engine
 * then finds each at the same offset in every place, instead of searching.
 */
export const createPlace = (province: string | undefined, city: string, district?: string): Address => ({
  province, city, district, town: undefined, road: undefined, number: undefined, sub: undefined, estate: undefined,
  building: undefined, unit: undefined, floor: undefined, room: undefined, poi: undefined, extra: undefined,
});

/** A place like this one. Written out, because what `{ ...place }` gives is no longer alike to the engine, which then searches each field. */
function copyPlace({ province, city, district, town, road, number, sub, estate, building, unit, floor, room, poi, extra }: Address): Record<keyof Address, string | undefined> {
  return { province, city, district, town, road, number, sub, estate, building, unit, floor, room, poi, extra };
}

/** The same place with another value in one field. */
export function alterPlace(place: Address, field: keyof Address, value: string | undefined): Address {
  const other = copyPlace(place);
  other[field] = value;
  return other as Address;
}

/** The same place without these fields. */
export function lacking(place: Address, ...fields: readonly (keyof Address)[]): Address {
  const kept = copyPlace(place);
  for (const field of fields) kept[field] = undefined;
  return kept as Address;
}

/** A place that could stand in `area`: real divisions, road and estate, invented numbers. After a log it has all that its kind can have: what is named of it, its habit says. */
export function drawPlace(lexicon: Lexicon, random: Random, kind: PlaceKind, area: Area, given: Given = noneGiven): Address {
  const place = createPlace(area.province, area.city, area.district);
  if (random.chance(Math.max(townKnownShare, lexicon.habit.view.town))) place.town = random.pick(area.towns);
  const road = given.road ?? villageOf(lexicon, random, kind, given.need) ?? ownRoad(lexicon.habit, kind) ?? random.pick(area.roads);
  place.road = road;
  place.number = given.number ?? drawNumber(random);
  if (kind === 'home') addHome(place, lexicon, random, area, given.need);
  else if (kind === 'office') addOffice(place, lexicon, random, given.need);
  else if (kind === 'shop') place.poi = drawShop(lexicon, random, area, road, place.town);
  else if (given.need === 'room' || random.chance(0.3)) place.room = drawRoom(random, 6);
  // A bare door has its road alone to be told by; where the road is given, it stands at an estate.
  if (kind === 'door' && given.road !== undefined && lexicon.habit.name !== undefined) place.estate = drawEstate(lexicon, random, area);
  const { inner, near, way } = lexicon.habit.details;
  if (inner + near + way > 0) addDetails(place, lexicon, random, area, kind);
  return place;
}

/** What a door of a village has for a road: 红星村, 红星村3组. Where the road itself matters it is a road. */
function villageOf({ habit: { log }, words }: Lexicon, random: Random, kind: PlaceKind, need: Given['need']): string | undefined {
  if (log === undefined || kind !== 'door' || need === 'road' || need === 'extra' || !random.chance(log.village)) return undefined;
  return `${random.pick(words.estateStems)}村${random.chance(0.5) ? `${String(random.below(12) + 1)}组` : ''}`;
}

const ownRoad = ({ name }: Habit, kind: PlaceKind): string | undefined => (kind === 'door' && name !== undefined ? `${name()}路` : undefined);

/** Small numbers are frequent, four-digit ones rare; integers only, so that no machine rounds differently. */
const numberRanges = [30, 100, 100, 300, 300, 1200];

/** A house number of a road, from 1, as digits. */
export const drawNumber = (random: Random): string => String(random.below(random.pick(numberRanges)) + 1);

function drawRoom(random: Random, floors: number): string {
  return `${random.below(floors) + 1}0${random.below(4) + 1}`;
}

function addHome(place: Address, lexicon: Lexicon, random: Random, area: Area, need: Given['need']): void {
  const { log, details } = lexicon.habit;
  place.building = String(random.below(random.chance(0.8) ? 20 : 60) + 1);
  if (area.province === '上海市' && need !== 'unit' && need !== 'estate' && lexicon.habit.name === undefined && random.chance(0.6)) {
    place.sub = '弄';
    place.room = drawRoom(random, 6);
    return;
  }
  place.estate = drawEstate(lexicon, random, area);
  if (log !== undefined) {
    place.unit = String(random.below(4) + 1);
    place.room = drawRoom(random, random.chance(0.6) ? 6 : 18);
    // Room 1502 is on the fifteenth floor.
    if (random.chance(details.inner)) place.floor = place.room.slice(0, -2);
    if (random.chance(log.shop)) place.poi = random.pick(lexicon.words.brands);
    return;
  }
  if (need === 'unit' || random.chance(0.7)) place.unit = String(random.below(4) + 1);
  if (place.unit !== undefined || need === 'room' || random.chance(0.5)) place.room = drawRoom(random, random.chance(0.6) ? 6 : 18);
}

/** Name of an estate: one that the area has, or an invented one; where the habit makes names of its own, one of those. */
export function drawEstate(lexicon: Lexicon, random: Random, area: Area): string {
  const own = lexicon.habit.name?.();
  if (own !== undefined) return own + random.pick(lexicon.words.estateTypes);
  if (area.estates.length > 0 && random.chance(0.7)) return random.pick(area.estates);
  return random.pick(lexicon.words.estateStems) + random.pick(lexicon.words.estateTypes);
}

const towers = ['A', 'A', 'B', 'B', 'C', 'D'];

function addOffice(place: Address, lexicon: Lexicon, random: Random, need: Given['need']): void {
  place.poi = (lexicon.habit.name?.() ?? random.pick(lexicon.words.officeStems)) + random.pick(lexicon.words.officeTypes);
  const { log } = lexicon.habit;
  if (need === 'building' || random.chance(log?.letter ?? 0.3)) place.building = random.pick(towers);
  const roll = random.next();
  const floor = random.below(28) + 1;
  if (log !== undefined) {
    place.floor = String(floor);
    place.room = `${floor}${String(random.below(12) + 1).padStart(2, '0')}`;
    return;
  }
  if (need === 'floor' || (need !== 'room' && roll < 0.3)) place.floor = String(floor);
  else if (need === 'room' || roll < 0.75) place.room = `${floor}${String(random.below(12) + 1).padStart(2, '0')}`;
}

function drawShop(lexicon: Lexicon, random: Random, area: Area, road: string, town: string | undefined): string {
  const { words } = lexicon;
  const roll = random.next();
  const own = lexicon.habit.name?.();
  if (own !== undefined) return roll < 0.5 ? `${random.pick(words.brands)}(${own}店)` : roll < 0.7 ? `${random.pick(words.banks)}(${own}支行)` : own + random.pick(words.publicOfRoad);
  if (roll < 0.3) return `${random.pick(words.brands)}(${road}店)`;
  if (roll < 0.42) return `${random.pick(words.banks)}(${road}支行)`;
  if (roll < 0.6 && town !== undefined) return stripSuffix(town) + random.pick(words.publicOfTown);
  if (roll < 0.75) return (area.district ?? area.city) + random.pick(words.publicOfDistrict);
  return road + random.pick(words.publicOfRoad);
}
