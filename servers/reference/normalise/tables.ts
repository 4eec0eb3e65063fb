import { readFileSync } from 'node:fs';
import type { Alias } from './aliases.js';
import { tableFile } from './derive.js';
import type { Renaming } from './renamed.js';
import type { Region } from './suffixes.js';

const rowsOf = (name: string): string[][] => readFileSync(tableFile(name), 'utf8').split('\n').filter((line) => line !== '').map((line) => line.split('\t'));

/** Provinces with their cities and these with their districts; districts of no city stand in their province. */
export const readRegions = (): Region[] => {
  const provinces = new Map<string, Region[]>();
  for (const [province = '', city = '', districts = ''] of rowsOf('regions.tsv')) {
    const within = provinces.get(province) ?? [];
    provinces.set(province, within);
    const areas = districts.split(' ').map((name): Region => ({ name, within: [] }));
    if (city === '') within.push(...areas);
    else within.push({ name: city, within: areas });
  }
  return [...provinces].map(([name, within]) => ({ name, within }));
};

/** Districts and cities that have another name today. */
export const readRenamings = (): Renaming[] => rowsOf('renames.tsv').map(([old = '', now = '', parent = '', today]) => ({ old, now, parent, isUnique: today === 'nowhere' }));

/** Names that people use for well-known places. */
export const readAliases = (): Alias[] => rowsOf('aliases.tsv').map(([alias = '', full = '', cities = '']) => ({ alias, full, cities: cities.split('/') }));
