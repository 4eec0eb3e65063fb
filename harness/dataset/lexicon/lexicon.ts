import type { Habit } from '../profile/habit.js';
import type { Characters } from './characters.js';

/** A point with the radius of the circle that has the area's size; km. */
export interface Centre {
  longitude: number;
  latitude: number;
  /** Absent where only a point is known: such an area is never certified far from another. */
  radiusKm?: number;
}

/** A county-level division that addresses are made in. */
export interface Area {
  readonly index: number;
  /** Six digits of GB/T 2260. */
  readonly code: string;
  readonly province: string;
  /** As printed: the municipality itself for 北京 and its like, never 市辖区. */
  readonly city: string;
  /** Absent where the city has no districts below it (东莞市, 仙桃市). */
  readonly district?: string;
  readonly urban: boolean;
  readonly towns: readonly string[];
  /** Own roads, filled up from the roads that most towns have. */
  readonly roads: readonly string[];
  readonly estates: readonly string[];
  readonly centre?: Centre;
  /** Indices of areas of the same city that are certified more than 5 km away. */
  readonly farPeers: readonly number[];
}

/** A landmark with the name people say. */
export interface PoiAlias {
  alias: string;
  full: string;
  province: string;
  city: string;
}

/** The same road name in two areas that are certified far apart. */
export interface SharedName {
  name: string;
  first: number;
  second: number;
}

/** Lists of hand-written words, by the name they have in words.tsv. */
export const wordLists = [
  'officeStems', 'officeTypes', 'estateStems', 'estateTypes', 'brands', 'banks',
  'publicOfTown', 'publicOfDistrict', 'publicOfRoad',
  'landmarkParts', 'universityParts', 'hospitalParts', 'airportParts',
  'surnames', 'titles', 'labels', 'notes', 'phones', 'emoji',
] as const;
export type WordList = (typeof wordLists)[number];

/** Rows of the tables that the probes are made from, doubtful ones and traps included; by the names of their columns. */
export interface ProbeTables {
  readonly renames: readonly Readonly<Record<string, string>>[];
  readonly polyphones: readonly Readonly<Record<string, string>>[];
  readonly aliases: readonly Readonly<Record<string, string>>[];
  /** Toneless reading to the characters that have it, most frequent first. */
  readonly homophones: ReadonlyMap<string, string>;
}

/** Everything the generator knows of the world and of how people write. Read once, never written. */
export interface Lexicon {
  /** What a profile changes. */
  readonly habit: Habit;
  readonly areas: readonly Area[];
  readonly urbanAreas: readonly Area[];
  readonly otherAreas: readonly Area[];
  /** Areas with at least one far peer. */
  readonly areasWithFarPeers: readonly Area[];
  /** Areas with a region that had another name, 1:1. */
  readonly renamedAreas: readonly Area[];
  /** `province/current name` to the old name of a region. */
  readonly oldNames: ReadonlyMap<string, string>;
  readonly aliases: readonly PoiAlias[];
  /** Same road in two far districts of one city. */
  readonly sharedRoads: readonly SharedName[];
  /** Same road in two cities. */
  readonly roadsAcrossCities: readonly SharedName[];
  /** Same district name in two cities. */
  readonly sharedDistricts: readonly SharedName[];
  /** Every name of a division, town, road, estate and landmark, with and without its suffix: what a typo must not make. */
  readonly names: ReadonlySet<string>;
  /** Names that regions had before they were renamed, merged or split: no slip may make one, either. */
  readonly formerNames: ReadonlySet<string>;
  /** `city/road` to the number of its areas that have the road. */
  readonly roadUse: ReadonlyMap<string, number>;
  /** District names to the number of cities that have one. */
  readonly districtUse: ReadonlyMap<string, number>;
  readonly characters: Characters;
  /** The text in traditional characters. */
  toTraditional(text: string): string;
  /** Official names of provinces and municipalities to the letter of their number plates. */
  readonly plateLetters: ReadonlyMap<string, string>;
  /** Names of people and companies that belong to nobody. */
  readonly contacts: Readonly<Record<'people' | 'companies', readonly string[]>>;
  readonly probes: ProbeTables;
  readonly words: Readonly<Record<WordList, readonly string[]>>;
}
