import type { Address } from '../../model/dataset.js';
import type { Random } from '../../model/random.js';
import { drawArea, drawPlace, type PlaceKind } from '../address/place.js';
import { fieldSet, writePlace, type FieldSet, type WrittenField } from '../address/render.js';
import { drawView, drawWording } from '../address/view.js';
import { textOf } from '../address/writing.js';
import type { Lexicon } from '../lexicon/lexicon.js';
import { applyOperators, neighbours, pickStyle, type Neighbour } from '../operator/index.js';
import { weightedPick } from '../operator/weights.js';
import type { PairMaker } from './pair.js';

const pickUsual = weightedPick(neighbours);

interface Which {
  neighbour: Neighbour;
  /** The kind of place that is drawn for it. */
  kind(random: Random): PlaceKind;
}

/** One of the neighbours as they are usual, or as a log has them. */
function pickNeighbour({ habit: { picks } }: Lexicon, random: Random): Which {
  const index = picks?.neighbour(random);
  const ofLog = index === undefined ? undefined : neighbours[index]?.[0];
  if (picks !== undefined && index !== undefined && ofLog !== undefined) return { neighbour: ofLog, kind: (draw) => picks.kindOf(draw, index) };
  const neighbour = pickUsual(random);
  return { neighbour, kind: (draw) => draw.pick(neighbour.kinds) };
}

/** Style differs in some pairs, so that "not written alike" does not betray the class. */
const styledShare = 0.35;

/** Two places that differ in exactly one field. */
export const makeBoundary: PairMaker = (lexicon, random) => {
  const which = pickNeighbour(lexicon, random);
  const { neighbour } = which;
  const drawn = drawNeighbours(which, lexicon, random);
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
function drawNeighbours({ neighbour, kind }: Which, lexicon: Lexicon, random: Random): { a: Address; b: Address } {
  for (;;) {
    const area = drawArea(lexicon, random);
    if (neighbour.provinces?.includes(area.province) === false) continue;
    const place = drawPlace(lexicon, random, kind(random), area, { need: neighbour.field });
    const parted = neighbour.part(place, random, lexicon);
    if (parted !== undefined) return parted;
  }
}
