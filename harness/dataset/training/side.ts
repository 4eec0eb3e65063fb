import type { Address } from '../../model/dataset.js';
import type { Random } from '../../model/random.js';
import { fieldSet, writePlace, writtenOrder, type FieldSet } from '../address/render.js';
import { textOf, withParts, type Part, type Wording, type Writing } from '../address/writing.js';
import type { Lexicon } from '../lexicon/lexicon.js';
import { applyOperators, type Operator } from '../operator/index.js';

/** Who wrote it: a person who asks, with a deep prefix, unit, room and contact; or a map, with little prefix and crossing roads. */
export type Role = 'query' | 'record';

/** Shares of the levels above the road, where the place has them. */
interface Prefix {
  province: number;
  city: number;
  district: number;
  town: number;
}

/** Who writes one level in full writes the next one, too: so the levels are drawn together, with the share of writers who do so. */
const prefixes: Readonly<Record<Role, readonly (readonly [number, Prefix])[]>> = {
  query: [
    [0.4, { province: 0.55, city: 0.8, district: 0.85, town: 0.7 }],
    [0.35, { province: 0.15, city: 0.4, district: 0.6, town: 0.4 }],
    [0.25, { province: 0, city: 0.15, district: 0.25, town: 0.2 }],
  ],
  record: [
    [0.15, { province: 0.3, city: 0.7, district: 0.8, town: 0.5 }],
    [0.4, { province: 0.02, city: 0.3, district: 0.6, town: 0.25 }],
    [0.45, { province: 0, city: 0.04, district: 0.1, town: 0.1 }],
  ],
};

interface Habits {
  /** Of road and number, beside a name. */
  road: number;
  number: number;
  /** Of the name, beside road and number. */
  name: number;
  unit: number;
  floor: number;
  room: number;
}

const habits: Readonly<Record<Role, Habits>> = {
  query: { road: 0.72, number: 0.8, name: 0.85, unit: 0.95, floor: 0.9, room: 0.9 },
  record: { road: 0.66, number: 0.7, name: 0.92, unit: 0.75, floor: 0.65, room: 0.5 },
};

function drawPrefix(role: Role, random: Random): Prefix {
  const [deep, usual, shallow] = prefixes[role] as readonly [readonly [number, Prefix], readonly [number, Prefix], readonly [number, Prefix]];
  const roll = random.next();
  return roll < deep[0] ? deep[1] : roll < deep[0] + usual[0] ? usual[1] : shallow[1];
}

const bit = Object.fromEntries(writtenOrder.map((field) => [field, fieldSet([field])])) as Record<(typeof writtenOrder)[number], FieldSet>;
/** The set of this field alone; 0 for a mark. */
export const fieldBit = (field: string): FieldSet => (bit as Readonly<Record<string, FieldSet>>)[field] ?? 0;
const alwaysShown = fieldSet(['building', 'extra', 'estate', 'poi', 'road', 'number']);

/** Fields that this writer shows of the place: by habit, those that must be, and never those in `hide`. */
export function drawShown(place: Address, role: Role, must: FieldSet, hide: FieldSet, random: Random): FieldSet {
  const habit = habits[role];
  let shown = alwaysShown;
  const prefix = drawPrefix(role, random);
  if (random.chance(prefix.province)) shown |= bit.province;
  if (random.chance(prefix.city)) shown |= bit.city;
  if (random.chance(prefix.district)) shown |= bit.district;
  if (random.chance(prefix.town)) shown |= bit.town;
  if (random.chance(habit.unit)) shown |= bit.unit;
  if (random.chance(habit.floor)) shown |= bit.floor;
  if (random.chance(habit.room)) shown |= bit.room;
  const named = place.poi !== undefined || place.estate !== undefined;
  if (named && place.road !== undefined) {
    if (!random.chance(habit.road)) shown &= ~(bit.road | bit.number);
    else if (!random.chance(habit.number)) shown &= ~bit.number;
    if ((shown & bit.number) !== 0 && place.poi !== undefined && place.building === undefined && place.number !== undefined && !random.chance(habit.name)) shown &= ~bit.poi;
  }
  // A number without its road says nothing.
  shown |= must;
  if ((shown & bit.number) !== 0 && (must & bit.number) !== 0) shown |= bit.road;
  shown &= ~hide;
  if ((shown & bit.road) === 0) shown &= ~bit.number;
  return shown;
}

/** What one side is made of. */
export interface SideOrder {
  place: Address;
  role: Role;
  must: FieldSet;
  hide: FieldSet;
  wording: Wording;
  /** Fields in which the two places differ: nobody mistypes those. */
  barred: FieldSet;
  operators: readonly Operator[];
}

/** Writes one side. The names are those of the operators that acted. */
export function writeSide(order: SideOrder, random: Random, lexicon: Lexicon): { text: string; names: readonly string[] } {
  const shown = drawShown(order.place, order.role, order.must, order.hide, random);
  const plain = bar(writePlace(order.place, shown, order.wording), order.barred);
  // What must be shown is not left out afterwards: a crossing in the place of the number that the label hangs on would belie it.
  const operators = (order.must & bit.number) === 0 ? order.operators : order.operators.filter((operator) => operator.digits !== 'omit');
  const { writing, names } = applyOperators(plain, operators, random, lexicon);
  return { text: textOf(writing), names };
}

function bar(writing: Writing, barred: FieldSet): Writing {
  if (barred === 0) return writing;
  return withParts(writing, writing.parts.map((part): Part => ((fieldBit(part.kind) & barred) === 0 ? part : { kind: part.kind, text: part.text, slip: 'barred' })));
}
