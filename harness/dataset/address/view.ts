import type { Address } from '../../model/dataset.js';
import type { Random } from '../../model/random.js';
import type { Habit } from '../profile/habit.js';
import { fieldSet, writtenOrder, type FieldSet } from './render.js';
import type { Wording } from './writing.js';

const wordings: readonly Wording[] = [
  { building: '号楼', floor: '层' },
  { building: '号楼', floor: '楼' },
  { building: '栋', floor: '楼' },
  { building: '栋', floor: '层' },
  { building: '幢', floor: '层' },
  { building: '幢', floor: '楼' },
  { building: '座', floor: '层' },
];

/** One of the usual ways to say building and floor, all alike. */
export const drawWording = (random: Random): Wording => random.pick(wordings);

const bit = {
  province: fieldSet(['province']), city: fieldSet(['city']), district: fieldSet(['district']), town: fieldSet(['town']), road: fieldSet(['road']), number: fieldSet(['number']),
  building: fieldSet(['building']), unit: fieldSet(['unit']), floor: fieldSet(['floor']), room: fieldSet(['room']),
};
/** Road and number of a named place are left out by some, and what lies behind its door. */
const everything = fieldSet(writtenOrder);
const always = fieldSet(['estate', 'poi', 'extra']);
const door = bit.road | bit.number;
const behindBuilding = bit.unit | bit.floor | bit.room;

/**
 * Which fields of a place a writer names, by the shares of `habit`. A city or a district is always named, but for writers of a log that
 * name none, and a place without a name of its own by its road and number. `must`: fields that the reader needs, because they tell the place from the one it is compared with.
 */
export function drawView(place: Address, random: Random, { thorough, view, log }: Habit, must: FieldSet = 0): FieldSet {
  if (random.chance(thorough)) return everything;
  // After a log, what the reader needs is region enough.
  const told = log === undefined ? 0 : must & (bit.city | bit.district);
  if (log !== undefined && told === 0 && random.chance(log.bare)) return drawBelowTown(place, random, { view, log }, always | must | (random.chance(view.town) ? bit.town : 0));
  const province = place.province !== place.city && random.chance(view.province);
  const district = place.district !== undefined && random.chance(view.district);
  const cityChance = place.district !== undefined && !place.district.endsWith('区') ? view.cityOfCounty : province ? view.cityOfProvince : view.city;
  const city = random.chance(cityChance);
  const town = random.chance(view.town);
  let shown = always | must;
  if (province) shown |= bit.province;
  if (city || (told === 0 && !district && (!province || place.district === undefined))) shown |= bit.city;
  if (district || (told === 0 && province && !city)) shown |= bit.district;
  if (town) shown |= bit.town;
  return drawBelowTown(place, random, { view, log }, shown);
}

/** A village is told by its name, as a house is. */
const village = /村(?:\d+组)?$/;

function drawBelowTown(place: Address, random: Random, { view, log }: Pick<Habit, 'view' | 'log'>, shown: FieldSet): FieldSet {
  let all = shown;
  const nameless = place.estate === undefined && place.poi === undefined;
  if (nameless && log !== undefined && village.test(place.road ?? '')) all |= random.chance(view.numberOfNamed) ? door : bit.road;
  else if (nameless) all |= door;
  else if (random.chance(view.roadOfNamed)) all |= random.chance(view.numberOfNamed) ? door : bit.road;
  // A number is of a road; a lane's houses are found by both.
  if ((all & bit.number) !== 0 || place.sub !== undefined) all |= door;
  if ((all & behindBuilding) !== 0 || random.chance(view.building)) all |= bit.building;
  // 2单元301室 says nothing without its building.
  const building = place.building === undefined || (all & bit.building) !== 0;
  const unit = building && random.chance(view.unit);
  if (unit) all |= bit.unit;
  if (random.chance(view.floor)) all |= bit.floor;
  if (building && random.chance(view.room)) all |= bit.room;
  return all;
}
