import type { Random } from '../../model/random.js';
import { writePlace } from '../address/render.js';
import { drawView, drawWording } from '../address/view.js';
import { textOf } from '../address/writing.js';
import { certifyFar } from '../lexicon/distance.js';
import type { Lexicon } from '../lexicon/lexicon.js';
import { applyOperators, pickStyle } from '../operator/index.js';
import { separations, type Apart, type Separation } from '../operator/separation.js';
import { weightedPick } from '../operator/weights.js';
import type { HardPairMaker } from './pair.js';

const pickEasy = weightedPick(separations.filter(([separation]) => !separation.hard));
const pickHard = weightedPick(separations.filter(([separation]) => separation.hard));

const styledShare = 0.4;
const sameWordingShare = 0.7;

/** Two places that are certainly more than 5 km apart; the certificate is the distance of the centres of their districts. */
export const makeLow: HardPairMaker = (lexicon, random, hard) => {
  const { separation, apart } = drawApart(lexicon, random, hard);
  const { areas, places, must } = apart;
  const wording = drawWording(random);
  const first = writePlace(places[0], drawView(places[0], random, lexicon.habit, must), wording);
  const second = writePlace(places[1], drawView(places[1], random, lexicon.habit, must), random.chance(sameWordingShare) ? wording : drawWording(random));
  const styled = applyOperators(second, random.chance(styledShare) ? [pickStyle(random)] : [], random, lexicon);
  const distanceKm = certifyFar(areas[0].centre, areas[1].centre);
  if (distanceKm === undefined) throw new Error(`${separation.name} gave two areas that are not certified apart: ${areas[0].code} ${areas[1].code}`);
  return {
    class: 'low',
    a: textOf(first),
    b: textOf(styled.writing),
    expected: ['not'],
    operators: [separation.name, ...styled.names],
    fields: { a: places[0], b: places[1] },
    hard: hard ? true : undefined,
    distanceKm,
    certified: true,
  };
};

/** The first separation that the lexicon has areas for: with the tables of the project, the first one drawn. */
function drawApart(lexicon: Lexicon, random: Random, hard: boolean): { separation: Separation; apart: Apart } {
  for (;;) {
    const ofLog = lexicon.habit.picks?.separation(random, hard);
    const separation = (ofLog === undefined ? undefined : separations[ofLog]?.[0]) ?? (hard ? pickHard : pickEasy)(random);
    const apart = separation.draw(lexicon, random);
    if (apart !== undefined) return { separation, apart };
  }
}
