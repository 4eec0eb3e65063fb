import type { Random } from '../../model/random.js';
import { drawArea, drawKind, drawPlace } from '../address/place.js';
import { writePlace } from '../address/render.js';
import { drawView, drawWording } from '../address/view.js';
import { textOf, type Writing } from '../address/writing.js';
import type { Lexicon } from '../lexicon/lexicon.js';
import { applyOperators, operators, pickNoise, type Applied, type Operator } from '../operator/index.js';
import type { PairMaker } from './pair.js';
import { sharesName } from './shares-name.js';

/** Pairs that differ only in what a tokenizer drops: their score must be that of equal texts. */
const tokenIdenticalShare = 0.2;
const fewestNoises = 2;
const mostNoises = 4;

const unseen = operators.filter((operator) => operator.tokenIdentical === true);

/** One place, with two to four kinds of noise on side b. */
export const makeNoisy: PairMaker = (lexicon, random) => {
  const tokenIdentical = random.chance(tokenIdenticalShare);
  for (;;) {
    const source = drawSource(lexicon, random);
    const { writing, names } = tokenIdentical ? applyOperators(source, drawUnseen(random), random, lexicon) : addNoise(source, lexicon, random);
    if (names.length < fewestNoises || names.length > mostNoises) continue;
    const a = textOf(source);
    const b = textOf(writing);
    if (a === b || !sharesName(source, writing, names)) continue;
    const { place } = source;
    return { class: 'noisy', a, b, expected: ['exact'], operators: names, fields: { a: place, b: place }, tokenIdentical: tokenIdentical ? true : undefined };
  }
};

function drawSource(lexicon: Lexicon, random: Random): Writing {
  const place = drawPlace(lexicon, random, drawKind(random, lexicon.habit), drawArea(lexicon, random));
  return writePlace(place, drawView(place, random, lexicon.habit), drawWording(random));
}

/** Two to four of them, none twice; where some refuse, another place is drawn. */
function drawUnseen(random: Random): Operator[] {
  const left = unseen.slice();
  const wanted = fewestNoises + random.below(mostNoises - fewestNoises + 1);
  const chosen: Operator[] = [];
  while (chosen.length < wanted && left.length > 0) chosen.push(...left.splice(random.below(left.length), 1));
  return chosen;
}

/** As many kinds of noise as are wanted; where too few of them act, with two more. */
function addNoise(source: Writing, lexicon: Lexicon, random: Random): Applied {
  const wanted = fewestNoises + random.below(mostNoises - fewestNoises + 1);
  const chosen: Operator[] = [];
  while (chosen.length < wanted) {
    const operator = pickNoise(random);
    if (!chosen.includes(operator)) chosen.push(operator);
  }
  const applied = applyOperators(source, chosen, random, lexicon);
  if (applied.names.length >= fewestNoises) return applied;
  return applyOperators(source, [...chosen, pickNoise(random), pickNoise(random)], random, lexicon);
}
