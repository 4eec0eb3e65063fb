import type { Address } from '../../model/dataset.js';
import { drawArea } from '../address/place.js';
import { fieldSet, type FieldSet, type WrittenField } from '../address/render.js';
import { neighbours, type Neighbour } from '../operator/index.js';
import { door, name, type Family, type FamilyTable } from './family.js';
import { nameTypes, drawName } from './names.js';
import { drawTrainingKind, drawTrainingPlace, withoutTail } from './place.js';

/** Two places that overlap or touch: the neighbours of the boundary class, and a place against what it lies in. */

function partial(familyName: string, hard: boolean, draw: Family['draw']): Family {
  return { name: familyName, label: 1, hard, draw };
}

/** What has to be read with a field, so that its difference says what it says. */
function contextOf(field: keyof Address): FieldSet {
  if (field === 'number' || field === 'sub' || field === 'road') return fieldSet(['road', 'number']);
  if (field === 'building' || field === 'estate') return name;
  if (field === 'unit') return name | fieldSet(['unit']);
  if (field === 'floor' || field === 'room') return name | fieldSet(['unit', 'floor', 'room']);
  return name | door | fieldSet([field as WrittenField]);
}

function ofNeighbour(neighbour: Neighbour): Family {
  const context = contextOf(neighbour.field);
  return partial(neighbour.name, true, (lexicon, random) => {
    const area = drawArea(lexicon, random);
    if (neighbour.provinces?.includes(area.province) === false) return undefined;
    const kind = random.pick(neighbour.kinds);
    const place = drawTrainingPlace(lexicon, random, kind, area, { road: kind === 'door' || neighbour.field === 'road', need: neighbour.field });
    const parted = neighbour.part(place, random, lexicon);
    if (parted === undefined) return undefined;
    // A home in a lane has no estate, and a door no name: then the road and the number are what the rest hangs on.
    const hung = place.estate === undefined && place.poi === undefined ? door : 0;
    return { a: parted.a, b: parted.b, must: context | hung };
  });
}

const district = fieldSet(['district']);
const town = fieldSet(['town']);

/** A place against the road, estate, town or district it lies in. */
const coarserArea = partial('coarser-area', false, (lexicon, random) => {
  const place = drawTrainingPlace(lexicon, random, drawTrainingKind(random), drawArea(lexicon, random));
  const b: Address = { province: place.province, city: place.city, district: place.district };
  if (random.chance(0.7)) b.town = place.town;
  if (b.town === undefined && b.district === undefined) return undefined;
  return { a: place, b, must: name | (random.chance(0.3) ? door : 0) | (b.town === undefined ? district : town) };
});

/** 锦绣花园3号楼 against 锦绣花园; 珠江路金鹰大厦 against 珠江路. */
const coarserName = partial('coarser-name', false, (lexicon, random) => {
  const place = drawTrainingPlace(lexicon, random, random.pick(['home', 'home', 'named', 'shop', 'office']), drawArea(lexicon, random));
  const b = { ...place };
  withoutTail(b);
  if (place.building !== undefined) {
    if (place.estate === undefined && place.poi === undefined) return undefined;
    return { a: place, b, must: name };
  }
  if (place.road === undefined || place.poi === undefined) return undefined;
  b.poi = undefined;
  b.number = undefined;
  return { a: place, b, must: name | fieldSet(['road']) };
});

/** 大元村3组12号 against 大元村4组12号. */
const groupNext = partial('group-next', true, (lexicon, random) => {
  const place = drawTrainingPlace(lexicon, random, 'village', drawArea(lexicon, random));
  const village = (place.road ?? '').replace(/\d+组$/, '');
  const which = random.below(10) + 1;
  const word = random.pick(['组', '组', '队']);
  const group = (ordinal: number): Address => ({ ...place, road: `${village}${String(ordinal)}${word}`, number: random.chance(0.4) ? undefined : place.number });
  const a = group(which);
  return { a, b: { ...a, road: `${village}${String(which + 1 + random.below(2))}${word}` }, must: door };
});

const gates = ['东门', '西门', '南门', '北门', '正门', '1号门', '2号门', '东北门', '地下停车场', '停车场出入口', '出入口', '西南门', 'A口', 'B口'];

/** 金鹰大厦 against 金鹰大厦东门. */
const insideGate = partial('inside-gate', true, (lexicon, random) => {
  const place = drawTrainingPlace(lexicon, random, random.pick(['home', 'named', 'shop', 'office']), drawArea(lexicon, random));
  const a = { ...place };
  withoutTail(a);
  if (a.poi === undefined && a.estate === undefined) return undefined;
  const gate = random.pick(gates);
  return { a: random.chance(0.5) ? a : place, b: { ...a, extra: random.chance(0.5) ? gate : `(${gate})` }, must: name };
});

/** 金鹰大厦 against 金鹰大厦一层同仁堂药店. */
const insideShop = partial('inside-shop', true, (lexicon, random) => {
  const area = drawArea(lexicon, random);
  const place = drawTrainingPlace(lexicon, random, random.pick(['named', 'office', 'home']), area);
  const a = { ...place };
  withoutTail(a);
  if (a.poi === undefined && a.estate === undefined) return undefined;
  const shop = random.chance(0.4) ? random.pick(lexicon.words.brands) : drawName(lexicon, random, area, random.pick(nameTypes));
  const at = random.pick(['', '', '', '内', '1楼', '一层', '底商', '3号商铺']);
  return { a, b: { ...a, extra: at + shop }, must: name };
});

/** 珠江路8号金鹰大厦 against 珠江路8号同仁堂药店. */
const sameNumberOtherShop = partial('same-number-other-shop', true, (lexicon, random) => {
  const area = drawArea(lexicon, random);
  const place = drawTrainingPlace(lexicon, random, random.pick(['named', 'shop', 'office']), area, { road: true });
  if (place.poi === undefined || place.number === undefined) return undefined;
  const b = { ...place, poi: random.chance(0.4) ? random.pick(lexicon.words.brands) : drawName(lexicon, random, area) };
  withoutTail(b);
  return b.poi === place.poi ? undefined : { a: place, b, must: name | door };
});

/** 金鹰大厦 against 金鹰大厦对面, 金鹰大厦北侧50米. */
const opposite = partial('opposite', true, (lexicon, random) => {
  const area = drawArea(lexicon, random);
  const place = drawTrainingPlace(lexicon, random, random.pick(['named', 'named', 'shop', 'office', 'home']), area);
  withoutTail(place);
  if (place.poi === undefined && place.estate === undefined) return undefined;
  const where = random.chance(0.6)
    ? random.pick(['对面', '旁边', '附近', '斜对面', '隔壁', '后面', '旁', '边上'])
    : `${random.pick(['东侧', '西侧', '南侧', '北侧', '往东', '往北', '东', '南'])}${String((random.below(12) + 1) * 50)}米`;
  const shop = random.chance(0.35) ? drawName(lexicon, random, area) : '';
  return { a: place, b: { ...place, extra: where + shop }, must: name };
});

/** How often, of all partial pairs, neighbours of the boundary class; the rest is overlap of other kinds. */
const neighbourWeight = 2;

export const partialFamilies: FamilyTable = [
  ...neighbours.map(([neighbour, weight]) => [ofNeighbour(neighbour), weight * neighbourWeight] as const),
  [coarserArea, 30], [coarserName, 45], [insideGate, 25], [insideShop, 55], [sameNumberOtherShop, 55], [opposite, 35], [groupNext, 10],
];

