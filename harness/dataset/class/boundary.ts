import type { Address } from '../../model/dataset.js';
import type { Random } from '../../model/random.js';
import { drawArea, drawPlace } from '../address/place.js';
import { fieldSet, writePlace, type FieldSet, type WrittenField } from '../address/render.js';
import { drawView, drawWording } from '../address/view.js';
import { textOf } from '../address/writing.js';
import type { Lexicon } from '../lexicon/lexicon.js';
import { applyOperators, neighbours, pickStyle, type Neighbour } from '../operator/index.js';
import { weightedPick } from '../operator/weights.js';
import type { PairMaker } from './pair.js';

const pickNeighbour = weightedPick(neighbours);

/** Style differs in some pairs, so that "not written alike" does not betray the class. */
const styledShare = 0.35;

/** Two places that differ in exactly one field. */
export const makeBoundary: PairMaker = (lexicon, random) => {
  const neighbour = (lexicon.habit.picks?.neighbour ?? pickNeighbour)(random);
  const drawn = drawNeighbours(neighbour, lexicon, random);
  // Neither side is always the one with the smaller number or the longer name.
  const fields = random.chance(0.5) ? drawn : { a: drawn.b, b: drawn.a };
  const wording = drawWording(random);
  const view = drawView(fields.a, random, lexicon.habit, mustBeShown.get(neighbour));
  const first = writePlace(fields.a, view, wording);
  const second = writePlace(fields.b, view, wording);
  const styled = applyOperators(second, random.chance(styledShare) ? [pickStyle(random)] : [], random, lexicon);
  return {
    class: 'boundary',
    a: textOf(first),
    b: textOf(styled.writing),
    expected: ['partial', 'not'],
    operators: [neighbour.name, ...styled.names],
    fields,
  };
};

/** The sub-number is written with the number. */
const mustBeShown = new Map<Neighbour, FieldSet>(
  neighbours.map(([neighbour]) => [neighbour, fieldSet(neighbour.field === 'sub' ? ['number'] : [neighbour.field as WrittenField])]),
);

/** Places until one has what the neighbour needs: nearly always the first, but not every road has a word to change. */
function drawNeighbours(neighbour: Neighbour, lexicon: Lexicon, random: Random): { a: Address; b: Address } {
  for (;;) {
    const area = drawArea(lexicon, random);
    if (neighbour.provinces?.includes(area.province) === false) continue;
    const place = drawPlace(lexicon, random, lexicon.habit.picks?.kindOf(random, neighbour) ?? random.pick(neighbour.kinds), area, { need: neighbour.field });
    const parted = neighbour.part(place, random, lexicon);
    if (parted !== undefined) return parted;
  }
}
