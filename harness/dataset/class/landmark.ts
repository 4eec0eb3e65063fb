import type { Address } from '../../model/dataset.js';
import type { Random } from '../../model/random.js';
import { createPlace } from '../address/place.js';
import type { Lexicon } from '../lexicon/lexicon.js';

/** A landmark with a part of it, so that a few dozen names give many addresses. */
export function drawLandmark(lexicon: Lexicon, random: Random): Address {
  const { alias, full, province, city } = random.pick(lexicon.aliases);
  const { words } = lexicon;
  const place = createPlace(province, city);
  place.poi = full;
  const own = lexicon.habit.name?.();
  if (own !== undefined) {
    place.extra = `${own}店`;
    return place;
  }
  if (!random.chance(0.85)) return place;
  if (full.endsWith('机场')) place.extra = random.pick(words.airportParts);
  else if (full.endsWith('大学')) place.extra = random.pick(words.universityParts);
  else if (full.endsWith('医院')) place.extra = random.pick(words.hospitalParts);
  else place.extra = random.pick(words.landmarkParts);
  // 京基100 and 12层 would become 京基10012层.
  if (/\d$/.test(alias) || /\d$/.test(full)) place.extra = undefined;
  return place;
}
