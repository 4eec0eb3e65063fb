/** Which characters are taken for each other, by the ear and by the eye. */
export interface Characters {
  /** Homophones of `character` as it is read at `index` of `name`, most frequent first; empty when none is known. */
  homophones(name: string, index: number): readonly string[];
  /** Characters that look like it; empty when none is known. */
  lookAlikes(character: string): readonly string[];
}

/** Numerals and directions: a typo in them would name another place, so no character operator touches or makes them. */
export const isDistinguishing = (character: string): boolean => distinguishing.has(character);

const distinguishing = new Set('0123456789０１２３４５６７８９零〇一二三四五六七八九十百千万亿两东西南北中上下前后左右内外新老大小甲乙丙丁');

/** More would bring in characters that no one types by mistake. */
const homophonesKept = 10;

/**
 * @param homophoneTable lines `reading<TAB>characters by frequency`
 * @param polyphoneTable lines `place<TAB>reading with tone marks<TAB>…`, with a header: places whose characters are read otherwise than usual
 * @param shapeTable groups of look-alike characters, separated by blanks
 */
export function readCharacters(homophoneTable: string, polyphoneTable: string, shapeTable: string): Characters {
  const buckets = new Map<string, readonly string[]>();
  const readingOf = new Map<string, string>();
  for (const line of homophoneTable.trimEnd().split('\n')) {
    const [reading = '', characters = ''] = line.split('\t');
    const list = [...characters];
    for (const character of list) readingOf.set(character, reading);
    buckets.set(reading, list.filter((c) => !isDistinguishing(c)).slice(0, homophonesKept));
  }
  const specialReadings = readPolyphones(polyphoneTable);
  const shapes = readShapes(shapeTable);
  const othersRead = (character: string, reading: string): readonly string[] => (buckets.get(reading) ?? []).filter((c) => c !== character);
  const usual = new Map([...readingOf].map(([character, reading]) => [character, othersRead(character, reading)]));
  return {
    homophones(name, index) {
      const character = name.charAt(index);
      const special = index < 2 ? specialReadings.get(name.slice(0, 2))?.[index] : undefined;
      return special === undefined ? (usual.get(character) ?? []) : othersRead(character, special);
    },
    lookAlikes: (character) => shapes.get(character) ?? [],
  };
}

/** Two-character places only: they begin the names of divisions, towns and roads (六安 in 六安市, 六安路). */
function readPolyphones(table: string): Map<string, readonly string[]> {
  const readings = new Map<string, readonly string[]>();
  for (const line of table.trimEnd().split('\n').slice(1)) {
    const [place = '', reading = '', , , confidence = ''] = line.split('\t');
    if (place.length === 2 && confidence === 'high') readings.set(place, withoutTones(reading).split(' '));
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
