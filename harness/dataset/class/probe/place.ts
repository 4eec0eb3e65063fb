import type { Area, Lexicon } from '../../lexicon/lexicon.js';

/** What the pairs of a probe share: a road of the area and a number that says nothing. */
export const tailOf = (area: Area): string => `${area.roads[0] ?? '人民路'}18号`;

/** 江苏省南京市江宁区, 北京市通州区: an area as it stands in an address. */
export const prefixOf = ({ province, city, district }: Pick<Area, 'province' | 'city' | 'district'>): string =>
  `${province === city ? '' : province}${city}${district ?? ''}`;

/** The first area of which `says` holds. */
export const findArea = (lexicon: Lexicon, says: (area: Area) => boolean): Area | undefined => lexicon.areas.find(says);
