import { certifyFar } from './distance.js';
import type { Area, Centre } from './lexicon.js';
import type { DivisionTable } from './tables.js';

/** Names of statistics, not of places: they are never printed. */
const unprintableCity = /^(?:市辖区|县|省直辖县级行政区划|自治区直辖县级行政区划)$/;

/** A district with fewer known roads is filled up with roads that most towns have. */
const roadsWanted = 6;

export interface AreaTables {
  divisions: DivisionTable;
  roads: ReadonlyMap<string, readonly string[]>;
  estates: ReadonlyMap<string, readonly string[]>;
  centres: ReadonlyMap<string, Centre>;
  commonRoads: readonly string[];
}

/** Areas that addresses are made in: those whose towns the table holds. */
export function buildAreas(tables: AreaTables): Area[] {
  const areas: Area[] = [];
  for (const [province, city, list] of tables.divisions) {
    const first = areas.length;
    for (const [code, name, towns] of list) {
      if (towns.length === 0) continue;
      const printed = printedNames(province, city, name);
      areas.push({
        index: areas.length,
        code,
        province,
        city: printed.city,
        district: printed.district,
        urban: name.endsWith('区'),
        towns,
        roads: fillRoads(tables.roads.get(code) ?? [], tables.commonRoads, Number(code)),
        estates: tables.estates.get(code) ?? [],
        centre: tables.centres.get(code),
        farPeers: [],
      });
    }
    linkFarPeers(areas, first);
  }
  return areas;
}

/** What stands on an envelope for an area: `{city, district}`. */
export function printedNames(province: string, city: string, area: string): { city: string; district?: string } {
  const direct = /直辖县级/.test(city);
  if (direct || city === area) return { city: area };
  return { city: unprintableCity.test(city) ? province : city, district: area };
}

function fillRoads(own: readonly string[], common: readonly string[], salt: number): readonly string[] {
  if (own.length >= roadsWanted || common.length === 0) return own;
  const roads = new Set(own);
  // A stride that is coprime to no list in particular; the salt makes neighbours differ.
  for (let step = 0; roads.size < roadsWanted && step < common.length; step += 1) {
    roads.add(common[(salt * 7 + step * 11) % common.length] ?? '');
  }
  return [...roads];
}

/** Fills `farPeers` among the areas of one city, from `first` on. */
function linkFarPeers(areas: Area[], first: number): void {
  const city = areas.slice(first);
  for (const area of city) {
    const farPeers = city
      .filter((other) => other !== area && other.city === area.city && certifyFar(area.centre, other.centre) !== undefined)
      .map((other) => other.index);
    areas[area.index] = { ...area, farPeers };
  }
}
