import { readPairs } from './tables.js';

/** Which characters are taken for each other, by the ear and by the eye. */
export interface Characters {
  /** Homophones of `character` as it is read at `index` of `name`, most frequent first; empty when none is known. */
  homophones(name: string, index: number): readonly string[];
  /** Homophones with the same tone, in the same way. */
  sameTone(name: string, index: number): readonly string[];
  /** Characters of readings that half the country says alike: zh and z, an and ang; in the same way. */
  nearSounds(name: string, index: number): readonly string[];
  /** Toneless reading of `character` at `index` of `name`, ü as v. */
  reading(name: string, index: number): string | undefined;
  /** Other words of two characters for the same keys, most frequent first. */
  imeWords(word: string): readonly string[];
  /** Characters that look like it; empty when none is known. */
  lookAlikes(character: string): readonly string[];
}

/** Numerals and directions: a typo in them would name another place, so no character operator touches or makes them. */
export const isDistinguishing = (character: string): boolean => isDistinguishingAt(character, 0);

/** The same for the character at `index` of `text`, with no string made of it. */
export const isDistinguishingAt = (text: string, index: number): boolean => distinguishing[text.charCodeAt(index)] === 1;

const distinguishing = new Uint8Array(0x10000);
for (const character of '0123456789０１２３４５６７８９零〇一二三四五六七八九十百千万亿两东西南北中上下前后左右内外新老大小甲乙丙丁') distinguishing[character.charCodeAt(0)] = 1;

/** More would bring in characters that no one types by mistake. */
const homophonesKept = 10;

export interface CharacterTables {
  /** Lines `reading<TAB>characters by frequency`. */
  homophones: string;
  /** The same with tones: `yang2`. */
  tones: string;
  /** Lines `place<TAB>reading with tone marks<TAB>…`, with a header: places whose characters are read otherwise than usual. */
  polyphones: string;
  /** Groups of look-alike characters, separated by blanks. */
  shapes: string;
  /** Lines `keys<TAB>words by frequency`. */
  imeWords: string;
}

/** The tables as look-ups by character; a distinguishing character is nobody's homophone. */
export function readCharacters(tables: CharacterTables): Characters {
  const buckets = new Map<string, readonly string[]>();
  // By code: to take one Chinese character out of a text as a string of its own costs more than to look it up.
  const readingOf = new Map<number, string>();
  for (const [reading, characters] of readPairs(tables.homophones)) {
    const list = [...characters];
    for (const character of list) readingOf.set(character.charCodeAt(0), reading);
    buckets.set(reading, list.filter((c) => !isDistinguishing(c)).slice(0, homophonesKept));
  }
  const specialReadings = readPolyphones(tables.polyphones);
  const special = (name: string, index: number): string | undefined => (index < 2 ? specialReadings.get(firstTwo(name))?.[index] : undefined);
  const shapes = readShapes(tables.shapes);
  const othersRead = (code: number, reading: string): readonly string[] => (buckets.get(reading) ?? []).filter((c) => c.charCodeAt(0) !== code);
  const usual = new Map([...readingOf].map(([code, reading]) => [code, othersRead(code, reading)]));
  const near = new Map([...buckets.keys()].map((reading) => [reading, nearReadings(reading).flatMap((other) => (buckets.get(other) ?? []).slice(0, nearKept))]));
  const tones = readGroups(readPairs(tables.tones).map(([, characters]) => [...characters].filter((c) => !isDistinguishing(c))));
  const words = readGroups(readPairs(tables.imeWords).map(([, list]) => list.split(' ')));
  const reading = (name: string, index: number): string | undefined => special(name, index) ?? readingOf.get(name.charCodeAt(index));
  return {
    homophones(name, index) {
      const code = name.charCodeAt(index);
      const other = special(name, index);
      return other === undefined ? (usual.get(code) ?? none) : othersRead(code, other);
    },
    // A character that is read otherwise here has another tone, too.
    sameTone: (name, index) => (special(name, index) === undefined ? (tones.get(name.charAt(index)) ?? none) : none),
    nearSounds: (name, index) => near.get(reading(name, index) ?? '') ?? none,
    reading,
    imeWords: (word) => words.get(word) ?? none,
    lookAlikes: (character) => shapes.get(character) ?? none,
  };
}

const none: readonly string[] = [];

/** The first two characters of a text as one number. */
const firstTwo = (text: string): number => (text.charCodeAt(0) << 16) | text.charCodeAt(1);

/** Of each of the near readings. */
const nearKept = 5;

/** zh/z, ch/c, sh/s, n/l, h/f at the beginning; an/ang, en/eng, in/ing at the end. One of them at a time; readings that no syllable has find no characters. */
export function nearReadings(reading: string): string[] {
  const initials: readonly (readonly [RegExp, string])[] = [
    [/^zh/, 'z'], [/^ch/, 'c'], [/^sh/, 's'], [/^z(?!h)/, 'zh'], [/^c(?!h)/, 'ch'], [/^s(?!h)/, 'sh'], [/^n/, 'l'], [/^l/, 'n'], [/^h/, 'f'], [/^f/, 'h'],
  ];
  const finals: readonly (readonly [RegExp, string])[] = [[/([aei])ng$/, '$1n'], [/([aei])n$/, '$1ng']];
  return [...initials, ...finals].filter(([pattern]) => pattern.test(reading)).map(([pattern, by]) => reading.replace(pattern, by));
}

/** Each member of a group to the others of its group, in their order. */
function readGroups(groups: readonly (readonly string[])[]): Map<string, readonly string[]> {
  return new Map(groups.flatMap((group) => group.map((one): [string, readonly string[]] => [one, group.filter((other) => other !== one)])));
}

/** Two-character places only: they begin the names of divisions, towns and roads (六安 in 六安市, 六安路). */
function readPolyphones(table: string): Map<number, readonly string[]> {
  const readings = new Map<number, readonly string[]>();
  for (const line of table.trimEnd().split('\n').slice(1)) {
    const [place = '', reading = '', , , confidence = ''] = line.split('\t');
    if (place.length === 2 && confidence === 'high') readings.set(firstTwo(place), withoutTones(reading).split(' '));
  }
  return readings;
}

const withoutTones = (reading: string): string => reading.replaceAll('ü', 'v').normalize('NFD').replaceAll(/[\u0300-\u036f]/g, '');

function readShapes(table: string): Map<string, readonly string[]> {
  const shapes = new Map<string, string[]>();
  for (const group of table.split(/\s+/)) {
    const characters = [...group];
    for (const character of characters) {
      const others = characters.filter((c) => c !== character && !isDistinguishing(c));
      const known = shapes.get(character) ?? [];
      shapes.set(character, [...new Set([...known, ...others])]);
    }
  }
  return shapes;
}
