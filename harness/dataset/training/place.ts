import type { Address } from '../../model/dataset.js';
import type { Random } from '../../model/random.js';
import { drawNumber, drawPlace, type PlaceKind } from '../address/place.js';
import type { Area, Lexicon } from '../lexicon/lexicon.js';
import { drawName, drawVillage } from './names.js';

/** What a place is called by. Two writings of a place must share one of its anchors. */
export type TrainingKind = PlaceKind | 'named' | 'village';

/** Shares after real queries: seven in ten name a house or a firm, six in ten a road, half a number. */
export function drawTrainingKind(random: Random): TrainingKind {
  const roll = random.next();
  if (roll < 0.1) return 'door';
  if (roll < 0.36) return 'home';
  if (roll < 0.52) return 'office';
  if (roll < 0.66) return 'shop';
  return roll < 0.9 ? 'named' : 'village';
}

export interface TrainingNeeds {
  /** A road and a number are wanted. */
  road?: boolean;
  need?: keyof Address;
}

const noNeeds: TrainingNeeds = {};
const noRoadShare = 0.35;

/** A place of this kind in `area`; places with a name often lack road and number. */
export function drawTrainingPlace(lexicon: Lexicon, random: Random, kind: TrainingKind, area: Area, { road = false, need }: TrainingNeeds = noNeeds): Address {
  if (kind === 'village') return drawVillagePlace(lexicon, random, area);
  const place = drawPlace(lexicon, random, kind === 'named' ? 'door' : kind, area, need === undefined ? {} : { need });
  if (kind === 'named') {
    place.room = undefined;
    place.poi = drawName(lexicon, random, area);
    if (random.chance(0.15)) place.floor = String(random.below(6) + 1);
  }
  if (!road && (place.poi !== undefined || place.estate !== undefined)) {
    const roll = random.next();
    if (roll < noRoadShare) place.road = undefined;
    if (roll < noRoadShare + 0.2) place.number = undefined;
  }
  return place;
}

function drawVillagePlace(lexicon: Lexicon, random: Random, area: Area): Address {
  const place: Address = { province: area.province, city: area.city };
  if (area.district !== undefined) place.district = area.district;
  place.town = random.pick(area.towns);
  const village = drawVillage(lexicon, random, area);
  place.road = random.chance(0.3) ? `${village}${String(random.below(12) + 1)}组` : village;
  place.number = drawNumber(random);
  return place;
}

/** Takes away building, unit, floor and room. Set to `undefined`, not deleted: the engine reads an object slowly that lost a field. */
export function withoutTail(place: Address): void {
  place.building = undefined;
  place.unit = undefined;
  place.floor = undefined;
  place.room = undefined;
}
