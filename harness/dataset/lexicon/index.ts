import { stripSuffix } from '../address/region.js';
import { plainHabit } from '../profile/habit.js';
import { buildAreas, printedNames } from './areas.js';
import { readCharacters } from './characters.js';
import { wordLists, type Area, type Centre, type Lexicon, type PoiAlias, type WordList } from './lexicon.js';
import { readTraditional } from './traditional.js';
import { countUses, findSharedNames } from './shared.js';
import { readTable, spoilt, type TextFiles } from './read-table.js';
import { readDivisions, readNamesByCode, readPairs, readTsv, type DivisionTable } from './tables.js';

export type { TextFiles } from './read-table.js';

/** What was read last, while somebody still has it: runs of a series, arms of a plan. Nothing is kept in memory for it. */
const lately = new WeakMap<TextFiles, { root: string; lexicon: WeakRef<Lexicon> }>();

/** Reads the tables under `<root>/datasets/lexicon`; `root` is the root of the package. Throws lexicon-unusable when a table is missing or spoilt. */
export function loadLexicon(files: TextFiles, root: string): Lexicon {
  const last = lately.get(files);
  const known = last?.root === root ? last.lexicon.deref() : undefined;
  if (known !== undefined) return known;
  const lexicon = readLexicon(files, root);
  lately.set(files, { root, lexicon: new WeakRef(lexicon) });
  return lexicon;
}

function readLexicon(files: TextFiles, root: string): Lexicon {
  const read = (name: string): string => readTable(files, root, name);
  const named = (name: string): string => withoutEscapes(name, read(name));
  const divisions = readDivisions(named('divisions.json'));
  const roads = readNamesByCode(named('roads.json'));
  const estates = readNamesByCode(named('estates.json'));
  const centres = readCentres(read('centroids.tsv'));
  const commonRoads = named('common-roads.txt').trim().split('\n');
  const areas = buildAreas({ divisions, roads, estates, centres, commonRoads });
  const aliases = readAliases(named('poi-alias.tsv'), divisions);
  const oldNames = readOldNames(read('renames.tsv'), divisions);
  const words = readWords(named('words.tsv'));
  return {
    habit: plainHabit,
    areas,
    urbanAreas: areas.filter((area) => area.urban),
    otherAreas: areas.filter((area) => !area.urban),
    areasWithFarPeers: areas.filter((area) => area.farPeers.length > 0),
    renamedAreas: areas.filter(
      (area) => oldNames.has(`${area.province}/${area.city}`) || oldNames.has(`${area.province}/${area.district ?? ''}`),
    ),
    oldNames,
    aliases,
    sharedRoads: findSharedNames(areas, (area) => area.roads, (a, b) => a.farPeers.includes(b.index)),
    roadsAcrossCities: findSharedNames(areas.filter((area) => area.urban), (area) => area.roads, (a, b) => a.city !== b.city),
    sharedDistricts: findSharedNames(areas, (area) => (area.district === undefined ? [] : [area.district]), (a, b) => a.city !== b.city),
    names: allNames(divisions, areas, [...roads.values()].flat(), aliases),
    formerNames: new Set(readTsv(read('renames.tsv')).map(({ old = '' }) => old)),
    roadUse: countUses(areas.flatMap((area) => area.roads.map((road) => `${area.city}/${road}`))),
    districtUse: countUses(divisions.flatMap(([, , list]) => list.map(([, name]) => name))),
    characters: readCharacters({
      homophones: read('homophones.tsv'), polyphones: read('polyphones.tsv'), shapes: read('shape-groups.txt'), tones: read('tones.tsv'), imeWords: read('ime-words.tsv'),
    }),
    toTraditional: readTraditional(read('traditional.tsv')),
    plateLetters: new Map(readPairs(read('plate-letters.tsv'))),
    contacts: readContacts(named('contacts.tsv')),
    probes: {
      renames: readTsv(read('renames.tsv')),
      polyphones: readTsv(read('polyphones.tsv')),
      aliases: readTsv(read('poi-alias.tsv')),
      homophones: new Map(readPairs(read('homophones.tsv'))),
    },
    words,
  };
}

/** Fields of addresses are written as JSON without looking for characters to escape (pair-json.ts): no name may hold one. */
function withoutEscapes(name: string, table: string): string {
  // In a JSON table a quote inside a name would bring a backslash with it.
  const found = (name.endsWith('.json') ? /[\\\u0000-\u0009\u000b-\u001f]/ : /["\\\u0000-\u0008\u000b-\u001f]/).exec(table);
  if (found !== null) throw spoilt(name, table.slice(0, found.index).split('\n').length, `holds ${JSON.stringify(found[0])}, and names must be plain text`);
  return table;
}

function readCentres(table: string): Map<string, Centre> {
  return new Map(
    readTsv(table).map((row) => [
      row['code'] ?? '',
      {
        longitude: Number(row['longitude']),
        latitude: Number(row['latitude']),
        ...(row['radiusKm'] === '' ? {} : { radiusKm: Number(row['radiusKm']) }),
      },
    ]),
  );
}

/** Only rows that are surely two names of one place, in a city that the divisions know. */
function readAliases(table: string, divisions: DivisionTable): PoiAlias[] {
  const provinceOf = new Map<string, string>();
  for (const [province, city, list] of divisions) {
    for (const [, area] of list) provinceOf.set(printedNames(province, city, area).city, province);
  }
  return readTsv(table).flatMap(({ alias = '', full = '', city = '', kind, confidence }) => {
    const province = provinceOf.get(`${city}市`);
    return kind === 'same' && confidence === 'high' && province !== undefined ? [{ alias, full, province, city: `${city}市` }] : [];
  });
}

/** Only 1:1 renames whose new name stands today, and whose old name is nobody's in the province today. */
function readOldNames(table: string, divisions: DivisionTable): Map<string, string> {
  const today = new Set(divisions.flatMap(([province, city, list]) => [city, ...list.map(([, area]) => area)].map((name) => `${province}/${name}`)));
  const oldNames = new Map<string, string>();
  for (const { old = '', new: current = '', parent = '', kind } of readTsv(table)) {
    const key = `${parent}/${current}`;
    if (kind === '1:1' && today.has(key) && !today.has(`${parent}/${old}`)) oldNames.set(key, old);
  }
  return oldNames;
}

function readWords(table: string): Record<WordList, readonly string[]> {
  const lists = new Map(readTsv(table).map((row) => Object.values(row)).map(([list = '', items = '']) => [list, items.split(' ')]));
  const list = (name: WordList): readonly string[] => {
    const items = lists.get(name);
    if (items === undefined) throw spoilt('words.tsv', 1, `lacks the list "${name}"`);
    return items;
  };
  return Object.fromEntries(wordLists.map((name) => [name, list(name)])) as Record<WordList, readonly string[]>;
}

function readContacts(table: string): Lexicon['contacts'] {
  const lists = new Map(readPairs(table));
  const list = (name: string): string[] => (lists.get(name) ?? '').split(' ').filter((item) => item !== '');
  return { people: list('people'), companies: list('companies') };
}

function allNames(divisions: DivisionTable, areas: readonly Area[], roads: readonly string[], aliases: readonly PoiAlias[]): Set<string> {
  const names = new Set<string>();
  const add = (name: string): void => {
    names.add(name);
    names.add(stripSuffix(name));
  };
  for (const [province, city, list] of divisions) {
    add(province);
    add(city);
    for (const [, area] of list) add(area);
  }
  for (const area of areas) {
    for (const town of area.towns) add(town);
    for (const estate of area.estates) add(estate);
  }
  for (const road of roads) names.add(road);
  for (const { alias, full } of aliases) {
    names.add(alias);
    names.add(full);
  }
  return names;
}
