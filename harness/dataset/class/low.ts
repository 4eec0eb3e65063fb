import type { Address } from '../../model/dataset.js';
import type { Random } from '../../model/random.js';
import { drawKind, drawNumber, drawPlace, type PlaceKind } from '../address/place.js';
import { fieldSet, writePlace, type FieldSet } from '../address/render.js';
import { drawView, drawWording } from '../address/view.js';
import { textOf } from '../address/writing.js';
import { certifyFar } from '../lexicon/distance.js';
import type { Area, Lexicon, SharedName } from '../lexicon/lexicon.js';
import { applyOperators, pickStyle } from '../operator/index.js';
import { weightedPick } from '../operator/weights.js';
import type { PairMaker } from './pair.js';

const city = fieldSet(['city']);
const district = fieldSet(['district']);

/** Two places far apart, and the levels that must be read to know it. */
interface Apart {
  areas: readonly [Area, Area];
  places: readonly [Address, Address];
  must: FieldSet;
}
type Separation = (lexicon: Lexicon, random: Random) => Apart;

/** Two districts of one city, nothing else in common. */
const farDistrict: Separation = (lexicon, random) => {
  const areas = drawFarDistricts(lexicon, random);
  const kind = drawKind(random);
  const other = random.chance(0.6) ? kind : drawKind(random);
  return { areas, places: [drawPlace(lexicon, random, kind, areas[0]), drawPlace(lexicon, random, other, areas[1])], must: district };
};

/** 珠江路 of one district, 珠江路 of another one of the city; half of them with the same number as well. */
const sameRoadFarDistrict: Separation = (lexicon, random) => shareRoad(lexicon, random, lexicon.sharedRoads, district, 0.5);

/** 人民路8号 of two cities. */
const sameRoadOtherCity: Separation = (lexicon, random) => shareRoad(lexicon, random, lexicon.roadsAcrossCities, city, 1);

/** 鼓楼区 of two cities. */
const sameDistrictOtherCity: Separation = (lexicon, random) => {
  const areas = areasOf(lexicon, random.pick(lexicon.sharedDistricts));
  const kind = drawKind(random);
  return { areas, places: [drawPlace(lexicon, random, kind, areas[0]), drawPlace(lexicon, random, kind, areas[1])], must: city | district };
};

/** Two branches of one chain in far districts of a city. */
const sameBrand: Separation = (lexicon, random) => {
  const areas = drawFarDistricts(lexicon, random);
  const isBank = random.chance(0.3);
  const brand = random.pick(isBank ? lexicon.words.banks : lexicon.words.brands);
  const branch = (area: Area): Address => {
    const place = drawPlace(lexicon, random, 'door', area);
    delete place.room;
    place.poi = `${brand}(${place.road ?? ''}${isBank ? '支行' : '店'})`;
    return place;
  };
  return { areas, places: [branch(areas[0]), branch(areas[1])], must: district };
};

/** Any two areas. */
const farAnywhere: Separation = (lexicon, random) => {
  const first = random.pick(lexicon.areasWithFarPeers);
  let second = random.pick(lexicon.areasWithFarPeers);
  while (certifyFar(first.centre, second.centre) === undefined) second = random.pick(lexicon.areasWithFarPeers);
  const places = [first, second].map((area) => drawPlace(lexicon, random, drawKind(random), area)) as [Address, Address];
  return { areas: [first, second], places, must: city };
};

/** Name, maker and share. All but the first and the last are hard. */
export const separations: readonly (readonly [readonly [string, Separation], number])[] = [
  [['far-district', farDistrict], 35],
  [['same-road-far-district', sameRoadFarDistrict], 20],
  [['same-road-other-city', sameRoadOtherCity], 12],
  [['same-district-other-city', sameDistrictOtherCity], 12],
  [['same-brand', sameBrand], 10],
  [['far-anywhere', farAnywhere], 11],
];
const pickSeparation = weightedPick(separations);

const styledShare = 0.4;

/** Two places that are certainly more than 5 km apart; the certificate is the distance of the centres. */
export const makeLow: PairMaker = (lexicon, random) => {
  const [name, separate] = pickSeparation(random);
  const { areas, places, must } = separate(lexicon, random);
  const wording = drawWording(random);
  const first = writePlace(places[0], drawView(places[0], random, must), wording);
  const second = writePlace(places[1], drawView(places[1], random, must), random.chance(0.7) ? wording : drawWording(random));
  const styled = applyOperators(second, random.chance(styledShare) ? [pickStyle(random)] : [], random, lexicon);
  const distanceKm = certifyFar(areas[0].centre, areas[1].centre);
  if (distanceKm === undefined) throw new Error(`${name} gave two areas that are not certified apart: ${areas[0].code} ${areas[1].code}`);
  return {
    class: 'low',
    a: textOf(first),
    b: textOf(styled.writing),
    expected: ['not'],
    operators: [name, ...styled.names],
    fields: { a: places[0], b: places[1] },
    distanceKm,
    certified: true,
  };
};

function drawFarDistricts(lexicon: Lexicon, random: Random): [Area, Area] {
  const first = random.pick(lexicon.areasWithFarPeers);
  return [first, areaAt(lexicon, random.pick(first.farPeers))];
}

function shareRoad(lexicon: Lexicon, random: Random, list: readonly SharedName[], must: FieldSet, sameNumberShare: number): Apart {
  const shared = random.pick(list);
  const areas = areasOf(lexicon, shared);
  const kind: PlaceKind = random.chance(0.5) ? 'door' : drawKind(random);
  const number = random.chance(sameNumberShare) ? drawNumber(random) : undefined;
  const given = { road: shared.name, ...(number === undefined ? {} : { number }) };
  const draw = (area: Area): Address => drawPlace(lexicon, random, kind, area, given);
  return { areas, places: [draw(areas[0]), draw(areas[1])], must };
}

const areasOf = (lexicon: Lexicon, shared: SharedName): [Area, Area] => [areaAt(lexicon, shared.first), areaAt(lexicon, shared.second)];

function areaAt(lexicon: Lexicon, index: number): Area {
  const area = lexicon.areas[index];
  if (area === undefined) throw new RangeError(`no area ${index}`);
  return area;
}
