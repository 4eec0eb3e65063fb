import { drawArea, drawKind, drawPlace } from '../address/place.js';
import { writePlace } from '../address/render.js';
import { drawView, drawWording } from '../address/view.js';
import { textOf } from '../address/writing.js';
import { applyOperators, blanks, invisible, pickEveryday, pickNoise, type Operator } from '../operator/index.js';
import type { PairMaker } from './pair.js';

/** Pairs that differ only in what a tokenizer drops: their score must be that of equal texts. */
const tokenIdenticalShare = 0.2;

/** A high pair with two to four kinds of noise on side b. */
export const makeNoisy: PairMaker = (lexicon, random) => {
  const place = drawPlace(lexicon, random, drawKind(random), drawArea(lexicon, random));
  const source = writePlace(place, drawView(place, random), drawWording(random));
  const a = textOf(source);
  const fields = { a: place, b: place };
  if (random.chance(tokenIdenticalShare)) {
    const { writing, names } = applyOperators(source, random.chance(0.5) ? [invisible] : [blanks, invisible], random, lexicon);
    return { class: 'noisy', a, b: textOf(writing), expected: ['exact'], operators: names, fields, tokenIdentical: true };
  }
  const wanted = 2 + random.below(3);
  const chosen: Operator[] = random.chance(0.5) ? [pickEveryday(random)] : [];
  while (chosen.length < wanted) {
    const operator = pickNoise(random);
    if (!chosen.includes(operator)) chosen.push(operator);
  }
  let applied = applyOperators(source, chosen, random, lexicon);
  for (let attempt = 0; applied.names.length < 2 && attempt < 8; attempt += 1) {
    applied = applyOperators(source, [...chosen, pickNoise(random), pickNoise(random)], random, lexicon);
  }
  return { class: 'noisy', a, b: textOf(applied.writing), expected: ['exact'], operators: applied.names, fields };
};
