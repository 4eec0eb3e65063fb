import type { Address } from '../../model/dataset.js';
import type { Random } from '../../model/random.js';
import type { Area, Lexicon } from '../lexicon/lexicon.js';
import type { PlaceKind } from './place-kind.js';
import { stripSuffix } from './region.js';

const corners = ['东北角', '东南角', '西南角', '西北角'];
const exits = ['A口', 'B口', 'C口', 'D口'];
const sides = ['东', '南', '西', '北'];

/** What only a long address tells: a shop in the estate, the floor of a home, what it lies at and how to get there. */
export function addDetails(place: Address, lexicon: Lexicon, random: Random, area: Area, kind: PlaceKind): void {
  const { inner, near, way } = lexicon.habit.details;
  if (lexicon.habit.log === undefined && random.chance(inner)) addInner(place, lexicon, random, kind);
  const clauses: string[] = [];
  if (random.chance(near)) clauses.push(nearText(random, area, place.road));
  if (random.chance(way)) clauses.push(wayText(lexicon, random, place.town));
  if (clauses.length > 0) place.extra = `(${clauses.join('，')})`;
}

function addInner(place: Address, lexicon: Lexicon, random: Random, kind: PlaceKind): void {
  const { words } = lexicon;
  if (kind === 'home' && place.estate !== undefined) {
    if (place.poi === undefined && random.chance(0.5)) place.poi = random.pick(words.brands);
    // Room 1502 is on the fifteenth floor.
    if (place.room !== undefined && place.room.length >= 3) place.floor = place.room.slice(0, -2);
  } else if (kind === 'office') {
    place.floor ??= place.room === undefined ? String(random.below(28) + 1) : place.room.slice(0, -2);
  }
}

function nearText(random: Random, area: Area, road: string | undefined): string {
  const other = random.pick(area.roads);
  return other === road ? `近${other}${random.pick(corners)}` : `与${other}交叉口${random.pick(corners)}`;
}

function wayText(lexicon: Lexicon, random: Random, town: string | undefined): string {
  const station = town === undefined ? random.pick(lexicon.words.estateStems) : stripSuffix(town);
  return `地铁${String(random.below(9) + 1)}号线${station}站${random.pick(exits)}出往${random.pick(sides)}${String((random.below(8) + 1) * 50)}米`;
}
