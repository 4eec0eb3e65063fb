import type { HabitShares } from '../../model/profile.js';
import type { Random } from '../../model/random.js';
import type { PlaceKind } from '../address/place-kind.js';

/** What the pairs of a log differ in and have in common: who names no unit has no next unit, who names no road no road of the same name. */
export interface LogPicks {
  /** Number of a neighbour in `neighbours`. */
  neighbour(random: Random): number;
  kindOf(random: Random, neighbour: number): PlaceKind;
  /** Number of a separation in `separations`. */
  separation(random: Random, hard: boolean): number;
  /** Share of old names among the hard high pairs that are no landmark: they need a region, the others a named house at a numbered door. */
  oldNames: number;
  /** Share of the branches of a chain that lie in two cities rather than in two districts of one. */
  cities: number;
}

/** How people of a profile write: shares, and nothing that a class promises. */
export interface Habit extends HabitShares {
  /** Present where no address may come twice: a name that no other pair has. */
  name?: () => string;
  /** Present where a log says what its addresses can differ in. */
  picks?: LogPicks;
}

/**
 * Every road with its number; four names of a region in ten left out. Training pairs are made so: what their sides show is
 * chosen by their own shares (training/side.ts).
 */
export const plainHabit: Habit = {
  kinds: { door: 0.15, home: 0.37, office: 0.24 },
  thorough: 0,
  view: {
    province: 0.42, city: 0.55, cityOfProvince: 0.92, cityOfCounty: 0.35, district: 0.78, town: 0.45,
    roadOfNamed: 1, numberOfNamed: 1, building: 1, unit: 1, floor: 1, room: 1,
  },
  details: { inner: 0, near: 0, way: 0 },
};

/**
 * How often real writers name a field, in per cent. Lengths are those of 8,664 real queries (mean 19, median 18, nine in ten at most 31); shares are
 * those of 8,957 tagged addresses (Li et al., Neural Chinese Address Parsing, NAACL 2019). There an estate (公元仰山) is a place by name like a tower or
 * a shop, so `named` is either of `estate` and `poi`.
 */
export const realPresence = {
  province: 42.3, city: 53.8, district: 65.6, town: 44.0, road: 60.3, number: 48.2, named: 69.9, building: 33.3, unit: 12.6, floor: 12.5, room: 30.1,
} as const;

/**
 * As near to `realPresence` and to the lengths as the classes let it come, with as many pairs of each. Low pairs must name the district or the city
 * that tells the two apart and hard ones the road as well, neighbours are next doors more often than next floors: what they name more often,
 * the shares below name less often.
 */
export const typicalHabit: Habit = {
  kinds: { door: 0.12, home: 0.27, office: 0.36 },
  thorough: 0.1,
  view: {
    province: 0.37, city: 0.01, cityOfProvince: 0.07, cityOfCounty: 0.01, district: 0.31, town: 0.675,
    roadOfNamed: 0.27, numberOfNamed: 0.64, building: 0.92, unit: 0.62, floor: 1, room: 0.55,
  },
  details: { inner: 0, near: 0.01, way: 0.04 },
};

/** Every level is named, and more is said than the post needs. */
export const longHabit: Habit = {
  kinds: { door: 0.04, home: 0.5, office: 0.3 },
  thorough: 0,
  view: {
    province: 0.8, city: 0.9, cityOfProvince: 1, cityOfCounty: 0.8, district: 0.97, town: 0.65,
    roadOfNamed: 1, numberOfNamed: 1, building: 1, unit: 1, floor: 1, room: 1,
  },
  details: { inner: 0.3, near: 0.2, way: 0.15 },
};
