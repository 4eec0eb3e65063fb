/**
 * Re-makes words.tsv, the address dictionary of the fallback, from the tables of places in datasets/lexicon:
 * `npm run build && node dist/servers/reference/fallback/derive.js`. The same tables give the same bytes; a test compares them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../model/package-root.js';

type Division = readonly [province: string, city: string, areas: readonly (readonly [code: string, name: string, towns: readonly string[]])[]];
type Streets = readonly (readonly [code: string, names: readonly string[]])[];

/** Lines `word<tab>areas`: in how many areas (districts, counties) the word stands. The first line counts all areas. */
export const deriveWords = (read: (name: string) => string): string => {
  const areasOf = new Map<string, Set<string>>();
  const stands = (word: string, area: string): void => {
    const areas = areasOf.get(word);
    if (areas === undefined) areasOf.set(word, new Set([area]));
    else areas.add(area);
  };
  const all = new Set<string>();
  for (const [province, city, areas] of JSON.parse(read('divisions.json')) as Division[]) {
    for (const [code, name, towns] of areas) {
      all.add(code);
      for (const word of [province, city, name, ...towns]) stands(word, code);
    }
  }
  for (const table of ['roads.json', 'estates.json']) {
    for (const [code, names] of JSON.parse(read(table)) as Streets) for (const word of names) stands(word, code);
  }
  // A road of every town is known by its name alone, whose district is not: it stands in as many areas as the commonest that are known.
  const commonest = Math.max(...JSON.parse(read('roads.json')).flatMap((row: Streets[number]) => row[1]).map((word: string) => areasOf.get(word)?.size ?? 1));
  const lines = [...areasOf].map(([word, areas]): [string, number] => [word, areas.size]);
  const given = read('common-roads.txt').split('\n').filter((word) => word !== '');
  const added = given.filter((word) => !areasOf.has(word)).map((word): [string, number] => [word, commonest]);
  const sorted = [...lines, ...added].filter(([word]) => word.length >= 2).sort(([a], [b]) => (a < b ? -1 : 1));
  return [['*', all.size], ...sorted].map((line) => `${line.join('\t')}\n`).join('');
};

/** Where the table stands. */
export const wordsFile = (): string => join(packageRoot(), 'servers', 'reference', 'fallback', 'words.tsv');

if (process.argv[1]?.endsWith('fallback/derive.js') === true) {
  writeFileSync(wordsFile(), deriveWords((name) => readFileSync(join(packageRoot(), 'datasets', 'lexicon', name), 'utf8')));
}
