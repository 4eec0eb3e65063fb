import { createPart, indexOfKind, hasKind, withParts, withText, type Part } from '../address/writing.js';
import { insertFields } from './region.js';
import { createOperator } from './operator.js';

/** Operators on what a place is called, rather than where it lies. */

/** 国家体育场 → 鸟巢. Some aliases hold a number: 中国人民解放军总医院 → 301医院. */
export const poiAlias = createOperator({
  name: 'poi-alias',
  stage: 'wording',
  digits: 'add',
  hard: true,
  apply: (writing, _random, lexicon) => {
    const index = indexOfKind(writing, 'poi');
    const { poi, city } = writing.place;
    const known = lexicon.aliases.find((row) => row.full === poi && row.city === city);
    return known === undefined || writing.parts[index]?.text !== poi ? undefined : withText(writing, index, known.alias);
  },
});

/** 建国路8号金鹰大厦12层 → 朝阳区金鹰大厦12层: the name alone, in its district. */
export const nameWithoutRoad = createOperator({
  name: 'name-without-road',
  stage: 'view',
  digits: 'omit',
  hard: true,
  apply: (writing) => {
    if (!hasKind(writing, 'road') || !(hasKind(writing, 'estate') || hasKind(writing, 'poi'))) return undefined;
    const named = insertFields(writing, writing.place.district === undefined ? ['city'] : ['district']);
    const left = named.parts.filter((part) => part.kind !== 'road' && part.kind !== 'number' && part.kind !== 'town');
    return withParts(named, left.map((part) => (part.kind === 'estate' || part.kind === 'poi' ? createPart(part.kind, part.text, 'barred') : part)));
  },
});

/** 海湾街66号星海大厦 → 星海大厦(海湾街66号): the name first, the road as its explanation. */
export const nameBeforeRoad = createOperator({
  name: 'name-before-road',
  stage: 'view',
  digits: 'keep',
  hard: true,
  apply: (writing, random) => {
    const road = writing.parts.filter((part) => part.kind === 'road' || part.kind === 'number');
    const name = indexOfKind(writing, 'estate') >= 0 ? indexOfKind(writing, 'estate') : indexOfKind(writing, 'poi');
    const nameText = writing.parts[name]?.text ?? '';
    if (road.length < 2 || name < 0 || nameText.includes('(')) return undefined;
    const pair = random.pick(['()', '（）']);
    const rest = writing.parts.filter((part) => part.kind !== 'road' && part.kind !== 'number');
    const moved: Part[] = [createPart('mark', pair.charAt(0)), ...road, createPart('mark', pair.charAt(1))];
    return withParts(writing, [...rest, ...moved]);
  },
});
