/**
 * Re-makes the tables of this folder from datasets/lexicon: `npm run build && node dist/servers/reference/normalise/derive.js`. The server brings
 * its own, so that its folder can be taken elsewhere. The same lexicon gives the same bytes; a test compares them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../model/package-root.js';

type Division = readonly [province: string, city: string, areas: readonly (readonly [code: string, name: string, towns: readonly string[]])[]];

/** What stands in the place of a city where there is none. */
const noCity = /^(?:市辖区|县|省直辖.*|自治区直辖.*)$/;

const linesOf = (rows: readonly (readonly string[])[]): string => rows.map((row) => `${row.join('\t')}\n`).join('');
const rowsOf = (text: string): string[][] => text.split('\n').slice(1).filter((line) => line !== '').map((line) => line.split('\t'));

/** File name to content. `read` gives a table of datasets/lexicon. */
export const deriveTables = (read: (name: string) => string): Map<string, string> => {
  const divisions = JSON.parse(read('divisions.json')) as Division[];
  const regions = divisions.map(([province, city, areas]) => [province, noCity.test(city) ? '' : city, areas.map(([, name]) => name).join(' ')]);
  const todayIn = (isProvince: (name: string) => boolean): Set<string> => new Set(divisions.filter(([province]) => isProvince(province)).flatMap(([, city, areas]) => [city, ...areas.map(([, name]) => name)]));
  const today = todayIn(() => true);
  // What another district of the province is called today (桥西区) says nothing of the past; what one elsewhere is called needs its province in front.
  const renames = rowsOf(read('renames.tsv'))
    .filter(([old = '', , parent = '', , kind]) => (kind === '1:1' || kind === 'merge') && !todayIn((name) => name === parent).has(old))
    .map(([old = '', now = '', parent = '']) => [old, now, parent, today.has(old) ? 'elsewhere' : 'nowhere']);
  // 紫禁城 = 故宫 and 故宫 = 故宫博物院 would make a chain, 东方之门 = 大秋裤 an own name of a nickname.
  const aliases = rowsOf(read('poi-alias.tsv')).filter(([alias = '', , , kind, confidence, note = '']) => kind === 'same' && confidence === 'high' && note !== 'nickname' && note !== 'area' && alias !== '紫禁城');
  return new Map([
    ['regions.tsv', linesOf(regions)],
    ['renames.tsv', linesOf(renames)],
    ['aliases.tsv', linesOf(aliases.map(([alias = '', full = '', city = '']) => [alias, full, city]))],
  ]);
};

/** Where a table stands. */
export const tableFile = (name: string): string => join(packageRoot(), 'servers', 'reference', 'normalise', name);

if (process.argv[1]?.endsWith('normalise/derive.js') === true) {
  const tables = deriveTables((name) => readFileSync(join(packageRoot(), 'datasets', 'lexicon', name), 'utf8'));
  for (const [name, text] of tables) writeFileSync(tableFile(name), text);
}
