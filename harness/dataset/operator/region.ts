import type { Address } from '../../model/dataset.js';
import { officialShort, stripSuffix } from '../address/region.js';
import { regionFields, writtenOrder, type WrittenField } from '../address/render.js';
import { createPart, hasKind, indexOfKind, withParts, withText, without, type Part, type Writing } from '../address/writing.js';
import type { Lexicon } from '../lexicon/lexicon.js';
import { createOperator } from './operator.js';

/** Operators on the levels above the road: what is left out, put in, shortened or said by its old name. */

const isRegion = ({ kind }: Part): boolean => kind === 'province' || kind === 'city' || kind === 'district' || kind === 'town';
const isNamed = (writing: Writing): boolean => hasKind(writing, 'estate') || hasKind(writing, 'poi');

export const omitProvince = createOperator({
  name: 'omit-province',
  stage: 'view',
  digits: 'keep',
  // Without a city, the province is what tells 中山路 of one town from that of another.
  apply: (writing) => (hasKind(writing, 'city') || hasKind(writing, 'district') ? without(writing, ['province']) : undefined),
});

/** Leaves out the city (and province), where no other city has a district of that name. */
export const omitCity = createOperator({
  name: 'omit-city',
  stage: 'view',
  digits: 'keep',
  apply: (writing, _random, lexicon) => {
    const { district } = writing.place;
    if (district === undefined || !hasKind(writing, 'district') || (lexicon.districtUse.get(district) ?? 0) > 1) return undefined;
    return hasKind(writing, 'city') ? without(writing, ['province', 'city']) : undefined;
  },
});

/** Leaves out the district (and town), where the city has one road of that name. */
export const omitDistrict = createOperator({
  name: 'omit-district',
  stage: 'view',
  digits: 'keep',
  apply: (writing, _random, lexicon) => {
    const { city, road } = writing.place;
    if (!hasKind(writing, 'city') || !hasKind(writing, 'road') || road === undefined) return undefined;
    return lexicon.roadUse.get(`${city}/${road}`) === 1 ? without(writing, ['district', 'town']) : undefined;
  },
});

export const omitTown = createOperator({
  name: 'omit-town',
  stage: 'view',
  digits: 'keep',
  apply: (writing) => (hasKind(writing, 'road') || isNamed(writing) ? without(writing, ['town']) : undefined),
});

/** Leaves out every level above the road; a named house at a numbered door still says which one is meant. */
export const omitRegions = createOperator({
  name: 'omit-regions',
  stage: 'view',
  digits: 'keep',
  hard: true,
  apply: (writing) => {
    if (!isNamed(writing) || !hasKind(writing, 'road') || !hasKind(writing, 'number')) return undefined;
    const shown = writing.parts.filter(isRegion).length;
    return shown >= 2 ? without(writing, regionFields) : undefined;
  },
});

/** 中山路8号 may lie in any city; a region, or a named house at a numbered door, says in which one. */
const saysWhere = (writing: Writing): boolean => writing.parts.some(isRegion) || (isNamed(writing) && hasKind(writing, 'road') && hasKind(writing, 'number'));

/** Puts in every level that was left out. */
export const complete = createOperator({
  name: 'complete',
  stage: 'view',
  digits: 'keep',
  undoes: ['omit-province', 'omit-city', 'omit-district', 'omit-town', 'omit-regions', 'name-without-road'],
  apply: (writing, _random, lexicon) => {
    if (lexicon.habit.log !== undefined && !saysWhere(writing)) return undefined;
    const completed = insertFields(writing, regionFields);
    return completed.parts.length > writing.parts.length ? completed : undefined;
  },
});

/** The writing with these fields of its place, each at its point in the order. */
export function insertFields(writing: Writing, fields: readonly WrittenField[]): Writing {
  const parts: Part[] = writing.parts.slice();
  const isMunicipality = writing.place.province === writing.place.city;
  for (const field of fields) {
    const value = writing.place[field];
    // 北京市 is put in as a city only, lest it stand there twice.
    if (value === undefined || hasKind(writing, field) || (isMunicipality && field === 'province')) continue;
    if (isMunicipality && field === 'city' && hasKind(writing, 'province')) continue;
    const rank = writtenOrder.indexOf(field);
    let at = 0;
    while (at < parts.length && writtenOrder.indexOf(parts[at]?.kind as WrittenField) <= rank) at += 1;
    parts.splice(at, 0, createPart(field, value));
  }
  return withParts(writing, parts);
}

/** 北京市朝阳区 → 北京朝阳, every level at once: who drops one suffix drops them all. */
export const stripSuffixes = createOperator({
  name: 'strip-suffixes',
  stage: 'wording',
  digits: 'keep',
  apply: (writing) => {
    let parts: Part[] | undefined;
    for (let i = 0; i < writing.parts.length; i += 1) {
      const part = writing.parts[i];
      if (part === undefined || (part.kind !== 'province' && part.kind !== 'city' && part.kind !== 'district')) continue;
      const text = stripSuffix(part.text);
      if (text === part.text || (part.kind === 'district' && isUnclear(writing.place, text))) continue;
      parts ??= writing.parts.slice();
      parts[i] = createPart(part.kind, text, part.slip);
    }
    return parts === undefined ? undefined : withParts(writing, parts);
  },
});

/** 南昌市南昌县 would become 南昌南昌. */
const isUnclear = (place: Address, stem: string): boolean => stripSuffix(place.city) === stem;

/** 恩施土家族苗族自治州 → 恩施州. */
export const shortOfficialName = createOperator({
  name: 'short-official-name',
  stage: 'wording',
  digits: 'keep',
  apply: (writing) => {
    let parts: Part[] | undefined;
    for (let i = 0; i < writing.parts.length; i += 1) {
      const part = writing.parts[i];
      const text = part === undefined || !isRegion(part) ? undefined : officialShort(part.text);
      if (part === undefined || text === undefined) continue;
      parts ??= writing.parts.slice();
      parts[i] = createPart(part.kind, text, part.slip);
    }
    return parts === undefined ? undefined : withParts(writing, parts);
  },
});

/** 通州区 → 通县: the name the district or city had before it was renamed, 1:1. */
export const oldName = createOperator({
  name: 'old-name',
  stage: 'wording',
  digits: 'keep',
  hard: true,
  apply: (writing, _random, lexicon) => {
    let renamed = writing;
    for (const field of ['city', 'district'] as const) renamed = sayOldName(renamed, field, lexicon);
    return renamed === writing ? undefined : renamed;
  },
});

function sayOldName(writing: Writing, field: 'city' | 'district', lexicon: Lexicon): Writing {
  const index = indexOfKind(writing, field);
  const old = lexicon.oldNames.get(`${writing.place.province ?? ''}/${writing.place[field] ?? ''}`);
  return index < 0 || old === undefined || writing.parts[index]?.text !== writing.place[field] ? writing : withText(writing, index, old);
}

/** 北京市朝阳区 → 北京市朝阳区北京市朝阳区: a form that put the region before what the writer had written in full. */
export const repeatRegion = createOperator({
  name: 'repeat-region',
  stage: 'layout',
  digits: 'keep',
  apply: (writing) => {
    const regions = writing.parts.filter((part) => part.kind === 'city' || part.kind === 'district');
    if (regions.length === 0 || writing.parts[0]?.kind === 'mark') return undefined;
    return withParts(writing, [...regions.map((part) => createPart('mark', part.text)), ...writing.parts]);
  },
});

/** 北京市朝阳区 → 北京市市辖区朝阳区: a form that shows the level that only statistics have. */
export const statisticsLevel = createOperator({
  name: 'statistics-level',
  stage: 'layout',
  digits: 'keep',
  apply: (writing) => {
    const index = indexOfKind(writing, 'city');
    if (index < 0 || writing.parts[index + 1]?.kind !== 'district' || writing.place.district?.endsWith('区') !== true) return undefined;
    return withParts(writing, [...writing.parts.slice(0, index + 1), createPart('mark', '市辖区'), ...writing.parts.slice(index + 1)]);
  },
});

/** 北京市朝阳区建国路8号 → 北京市朝阳区建国路8号北京市朝阳区. Of tagged addresses one in four holds a region twice. */
export const regionAtEnd = createOperator({
  name: 'region-at-end',
  stage: 'layout',
  digits: 'keep',
  apply: (writing, random) => {
    const regions = writing.parts.filter((part) => part.kind === 'city' || part.kind === 'district');
    if (regions.length === 0 || writing.parts.length === regions.length) return undefined;
    const text = regions.map((part) => part.text).join('');
    return withParts(writing, [...writing.parts, createPart('mark', random.chance(0.5) ? text : `(${text})`)]);
  },
});
