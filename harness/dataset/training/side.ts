import type { Address } from '../../model/dataset.js';
import type { Random } from '../../model/random.js';
import { fieldSet, writePlace, writtenOrder, type FieldSet } from '../address/render.js';
import { textOf, withParts, type Part, type Wording, type Writing } from '../address/writing.js';
import type { Lexicon } from '../lexicon/lexicon.js';
import { applyOperators, type Operator } from '../operator/index.js';

/** Who wrote it: a person who asks, with a deep prefix, unit, room and contact; or a map, with little prefix and crossing roads. */
export type Role = 'query' | 'record';

interface Habits {
  /** Shares of the levels, where the place has them. */
  province: number;
  city: number;
  district: number;
  town: number;
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
  query: { province: 0.34, city: 0.5, district: 0.64, town: 0.5, road: 0.8, number: 0.85, name: 0.88, unit: 0.95, floor: 0.95, room: 0.92 },
  record: { province: 0.08, city: 0.3, district: 0.5, town: 0.3, road: 0.75, number: 0.75, name: 0.92, unit: 0.8, floor: 0.75, room: 0.6 },
};

const bit = Object.fromEntries(writtenOrder.map((field) => [field, fieldSet([field])])) as Record<(typeof writtenOrder)[number], FieldSet>;
/** The set of this field alone; 0 for a mark. */
export const fieldBit = (field: string): FieldSet => (bit as Readonly<Record<string, FieldSet>>)[field] ?? 0;
const alwaysShown = fieldSet(['building', 'extra', 'estate', 'poi', 'road', 'number']);
const below = fieldSet(['road', 'number', 'estate', 'poi', 'building', 'unit', 'floor', 'room', 'extra']);

/** Fields that this writer shows of the place: by habit, those that must be, and never those in `hide`. */
export function drawShown(place: Address, role: Role, must: FieldSet, hide: FieldSet, random: Random): FieldSet {
  const habit = habits[role];
  let shown = alwaysShown;
  for (const level of ['province', 'city', 'district', 'town'] as const) if (random.chance(habit[level])) shown |= bit[level];
  for (const part of ['unit', 'floor', 'room'] as const) if (random.chance(habit[part])) shown |= bit[part];
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
  return (shown & below) === 0 ? below : shown;
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
  const { writing, names } = applyOperators(plain, order.operators, random, lexicon);
  return { text: textOf(writing), names };
}

function bar(writing: Writing, barred: FieldSet): Writing {
  if (barred === 0) return writing;
  return withParts(writing, writing.parts.map((part): Part => ((fieldBit(part.kind) & barred) === 0 ? part : { kind: part.kind, text: part.text, slip: 'barred' })));
}
