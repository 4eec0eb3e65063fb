import type { Address } from '../../../model/dataset.js';
import type { Random } from '../../../model/random.js';
import { alterPlace, type PlaceKind } from '../../address/place.js';
import type { Lexicon } from '../../lexicon/lexicon.js';

/**
 * Makes two places that differ in exactly one field: near each other, sharing all but a number or a suffix, and not the same.
 * Both sides are given, because some differences need a change on each (一期 against 二期).
 */
export interface Neighbour {
  readonly name: string;
  /** The only field in which the two places differ. */
  readonly field: keyof Address;
  /** Kinds of place it is made for: the field must be what tells the place, not an ornament behind a house's name. */
  readonly kinds: readonly PlaceKind[];
  /** Provinces that have such a thing; everywhere where it is absent. */
  readonly provinces?: readonly string[];
  /** `undefined` where the place lacks what the difference needs. */
  part(place: Address, random: Random, lexicon: Lexicon): { a: Address; b: Address } | undefined;
}

/** A neighbour in one field of which only side b is changed. */
export function changing(
  name: string,
  field: keyof Address,
  kinds: readonly PlaceKind[],
  change: (value: string, random: Random, place: Address) => string | undefined,
): Neighbour {
  return {
    name,
    field,
    kinds,
    part: (place, random) => {
      const value = place[field];
      const other = value === undefined ? undefined : change(value, random, place);
      return other === undefined || other === value ? undefined : { a: place, b: alterPlace(place, field, other) };
    },
  };
}

/** `value` moved by `by`, upwards where it would fall below one. */
export const step = (value: string, by: number): string => String(Number(value) + by < 1 ? Number(value) + Math.abs(by) : Number(value) + by);

/** Plain digits: 甲8, 8-1 and A are stepped otherwise, or not at all. */
export const isPlainNumber = (value: string): boolean => /^\d+$/.test(value);
