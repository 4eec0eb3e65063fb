import type { Address } from '../../model/dataset.js';
import type { Random } from '../../model/random.js';
import { drawArea, drawKind, drawPlace } from '../address/place.js';
import { fieldSet, writePlace } from '../address/render.js';
import { drawView, drawWording } from '../address/view.js';
import { textOf, type Writing } from '../address/writing.js';
import type { Lexicon } from '../lexicon/lexicon.js';
import { applyOperators, complete, nameWithoutRoad, oldName, pickEveryday, pickHard, poiAlias, separators, type Operator } from '../operator/index.js';
import type { PairContent, PairMaker } from './pair.js';

/** Of the hard pairs: aliases of a landmark, old names of a region; the rest by another view. */
const aliasShare = 0.05;
const oldNameShare = 0.05;
const otherViewShare = 0.32;

const withCity = fieldSet(['city']);
const withDistrict = fieldSet(['city', 'district']);

/** One place, written twice. */
export const makeHigh: PairMaker = (lexicon, random) => {
  const { source, must } = drawSource(lexicon, random);
  for (let attempt = 0; attempt < 6; attempt += 1) {
    const chosen = must === undefined ? [] : [must];
    // Some will refuse; two or three are left of them.
    for (let left = 2 + random.below(3); left > 0; left -= 1) chosen.push(pickEveryday(random));
    const pair = rewrite(source, chosen, random, lexicon, must?.name);
    if (pair !== undefined) return pair;
  }
  // Something always applies to a writing: it lacks a level, or it has none but two parts to be held apart.
  return rewrite(source, [complete, separators], random, lexicon) as PairContent;
};

/** A first writing, and the operator that this kind of pair is made for. */
function drawSource(lexicon: Lexicon, random: Random): { source: Writing; must?: Operator } {
  const roll = random.next();
  if (roll < aliasShare) {
    const place = drawLandmark(lexicon, random);
    return { source: writePlace(place, drawView(place, random, withCity), drawWording(random)), must: poiAlias };
  }
  if (roll < aliasShare + oldNameShare) {
    const area = random.pick(lexicon.renamedAreas);
    const place = drawPlace(lexicon, random, drawKind(random), area);
    return { source: writePlace(place, drawView(place, random, withDistrict), drawWording(random)), must: oldName };
  }
  const isHard = roll < aliasShare + oldNameShare + otherViewShare;
  const kind = drawKind(random);
  const place = drawPlace(lexicon, random, isHard && kind === 'door' ? 'office' : kind, drawArea(lexicon, random));
  const source = writePlace(place, drawView(place, random), drawWording(random));
  if (!isHard) return { source };
  const must = pickHard(random);
  // A name and a road are always there, so that the name alone can always be said.
  return { source, must: must.apply(source, random, lexicon) === undefined ? nameWithoutRoad : must };
}

/** A landmark with a part of it, so that a few dozen names give many addresses. */
function drawLandmark(lexicon: Lexicon, random: Random): Address {
  const { alias, full, province, city } = random.pick(lexicon.aliases);
  const { words } = lexicon;
  const place: Address = { province, city, poi: full };
  if (!random.chance(0.85)) return place;
  if (full.endsWith('机场')) place.extra = random.pick(words.airportParts);
  else if (full.endsWith('大学')) place.extra = random.pick(words.universityParts);
  else if (full.endsWith('医院')) place.extra = random.pick(words.hospitalParts);
  else place.extra = random.pick(words.landmarkParts);
  // 京基100 and 12层 would become 京基10012层.
  if (/\d$/.test(alias) || /\d$/.test(full)) delete place.extra;
  return place;
}

/** The pair, or `undefined` when the text stayed the same or the operator it was made for refused. */
function rewrite(source: Writing, chosen: readonly Operator[], random: Random, lexicon: Lexicon, needed?: string): PairContent | undefined {
  const { writing, names } = applyOperators(source, chosen, random, lexicon);
  const a = textOf(source);
  const b = textOf(writing);
  if (a === b || (needed !== undefined && !names.includes(needed))) return undefined;
  return { class: 'high', a, b, expected: ['exact'], operators: names, fields: { a: source.place, b: source.place } };
}
