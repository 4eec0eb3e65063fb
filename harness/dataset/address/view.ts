import type { Address } from '../../model/dataset.js';
import type { Random } from '../../model/random.js';
import { fieldSet, regionFields, writtenOrder, type FieldSet } from './render.js';
import type { Wording } from './writing.js';

/** Shares of levels that stand in real queries: province 0.42, city 0.54, district 0.66, town 0.44 (of tagged addresses). */
const provinceShare = 0.42;
const cityShare = 0.55;
const cityOfProvinceShare = 0.92;
/** Who writes 昆山市 rarely writes 苏州市 before it. */
const cityOfCountyShare = 0.35;
const districtShare = 0.78;
const townShare = 0.45;

const wordings: readonly Wording[] = [
  { building: '号楼', floor: '层' },
  { building: '号楼', floor: '楼' },
  { building: '栋', floor: '楼' },
  { building: '栋', floor: '层' },
  { building: '幢', floor: '层' },
  { building: '幢', floor: '楼' },
  { building: '座', floor: '层' },
];

export const drawWording = (random: Random): Wording => random.pick(wordings);

const bit = { province: fieldSet(['province']), city: fieldSet(['city']), district: fieldSet(['district']), town: fieldSet(['town']) };
const belowTown = fieldSet(writtenOrder) & ~fieldSet(regionFields);

/**
 * Which levels of a place a writer names; what lies below the town is always named, and so are a city or a district at least.
 * `must`: fields that the reader needs, because they tell the place from the one it is compared with.
 */
export function drawView(place: Address, random: Random, must: FieldSet = 0): FieldSet {
  const province = place.province !== place.city && random.chance(provinceShare);
  const district = place.district !== undefined && random.chance(districtShare);
  const cityChance = place.district !== undefined && !place.district.endsWith('区') ? cityOfCountyShare : province ? cityOfProvinceShare : cityShare;
  const city = random.chance(cityChance);
  const town = random.chance(townShare);
  let shown = belowTown | must;
  if (province) shown |= bit.province;
  if (city || (!district && (!province || place.district === undefined))) shown |= bit.city;
  if (district || (province && !city)) shown |= bit.district;
  if (town) shown |= bit.town;
  return shown;
}
