import type { MatchLabel } from '../../model/dataset.js';
import type { Random } from '../../model/random.js';
import { drawArea, drawKind, drawPlace } from '../address/place.js';
import { fieldSet, writePlace } from '../address/render.js';
import { drawView, drawWording } from '../address/view.js';
import { textOf, type Writing } from '../address/writing.js';
import type { Lexicon } from '../lexicon/lexicon.js';
import {
  applyOperators, complete, isHardOperator, nameWithoutRoad, oldName, omitRoom, pickEveryday, pickHard, poiAlias, separators, type Operator,
} from '../operator/index.js';
import { drawLandmark } from './landmark.js';
import type { HardPairMaker, PairContent } from './pair.js';
import { sharesName } from './shares-name.js';

/** Of the hard pairs: aliases of a landmark, old names of a region; the rest by another view. */
const aliasShare = 0.12;
const oldNameShare = 0.12;

const withCity = fieldSet(['city']);
const withDoor = fieldSet(['road', 'number']);
const withDistrict = fieldSet(['city', 'district']);

/** Enough for every place that a seed was ever seen to draw; after them something is taken that always applies. */
const attempts = 6;

/** One place, written twice. A hard pair has a hard operator, an easy one has none. */
export const makeHigh: HardPairMaker = (lexicon, random, hard) => {
  for (;;) {
    const { source, must } = hard ? drawHardSource(lexicon, random) : { source: drawSource(lexicon, random) };
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const chosen = must === undefined ? [] : [must];
      // Some will refuse; two or three are left of them.
      for (let left = 2 + random.below(3); left > 0; left -= 1) {
        const operator = pickEveryday(random);
        if (hard || operator.hard !== true) chosen.push(operator);
      }
      const pair = rewrite(source, chosen, random, lexicon, hard);
      if (pair !== undefined) return pair;
    }
    // Something easy always applies to a writing: it lacks a level, or it has none but two parts to be held apart.
    const pair = hard ? undefined : rewrite(source, [complete, separators], random, lexicon, hard);
    if (pair !== undefined) return pair;
  }
};

function drawSource(lexicon: Lexicon, random: Random): Writing {
  const place = drawPlace(lexicon, random, drawKind(random, lexicon.habit), drawArea(lexicon, random));
  return writePlace(place, drawView(place, random, lexicon.habit), drawWording(random));
}

/** A first writing, and the operator that makes the pair hard. */
function drawHardSource(lexicon: Lexicon, random: Random): { source: Writing; must: Operator } {
  const { picks } = lexicon.habit;
  const roll = random.next();
  if (roll < aliasShare) {
    const place = drawLandmark(lexicon, random);
    return { source: writePlace(place, drawView(place, random, lexicon.habit, withCity), drawWording(random)), must: poiAlias };
  }
  if (roll < aliasShare + (picks === undefined ? oldNameShare : (1 - aliasShare) * picks.oldNames)) {
    const area = random.pick(lexicon.renamedAreas);
    const place = drawPlace(lexicon, random, drawKind(random, lexicon.habit), area);
    return { source: writePlace(place, drawView(place, random, lexicon.habit, withDistrict), drawWording(random)), must: oldName };
  }
  const kind = drawKind(random, lexicon.habit);
  const place = drawPlace(lexicon, random, kind === 'door' ? 'office' : kind, drawArea(lexicon, random));
  const source = writePlace(place, drawView(place, random, lexicon.habit, withDoor), drawWording(random));
  const must = pickHard(random);
  // A name and a road are always there, so that the name alone can always be said.
  return { source, must: must.apply(source, random, lexicon) === undefined ? nameWithoutRoad : must };
}

/** The pair, or `undefined` when the text stayed the same, no name was left in common, or it did not become as hard as it was to be. */
function rewrite(source: Writing, chosen: readonly Operator[], random: Random, lexicon: Lexicon, hard: boolean): PairContent | undefined {
  const { writing, names } = applyOperators(source, chosen, random, lexicon);
  const a = textOf(source);
  const b = textOf(writing);
  if (a === b || names.some(isHardOperator) !== hard || !sharesName(source, writing, names)) return undefined;
  return { class: 'high', a, b, expected: expectedOf(names), operators: names, fields: { a: source.place, b: source.place }, hard: hard ? true : undefined };
}

/** People call a home the same without its unit and room, most of them; some call it a part. The first label is the usual one. */
const expectedOf = (names: readonly string[]): readonly MatchLabel[] => (names.includes(omitRoom.name) ? ['exact', 'partial'] : ['exact']);
