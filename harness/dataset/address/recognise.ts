import { profileFields, type ProfileField } from '../../model/profile.js';
import type { Lexicon } from '../lexicon/lexicon.js';
import { stripSuffix } from './region.js';

/** Fields as bits in the order of `profileFields`. */
export type FieldBits = number;

/** The bit of one field. */
export const fieldBit = (field: ProfileField): FieldBits => 1 << profileFields.indexOf(field);

/** Tells which fields a text names; a text that is no address names none. */
export type FieldFinder = (text: string) => FieldBits;

/** How far into a text its region may begin: behind 收货地址： and the like. */
const furthestStart = 8;
const longestName = 12;
const count = '[0-9零〇一二三四五六七八九十百]+';

/**
 * What stands behind the region, by the words that fields end with. A hand's breadth of accuracy is enough here: a log and the pairs
 * made after it are read by the same rules, so that what they overlook they overlook in both.
 */
const rules: readonly (readonly [ProfileField, RegExp])[] = [
  ['road', /[一-鿿](?:大道|大街|胡同|路|街|巷|弄)(?!店|支行|口|站|社区|小学|幼儿园|派出所|便民|道|综合|农贸)/],
  ['number', new RegExp(`${count}(?:[-之]${count})?(?:号(?!楼|线|门)|#(?!楼)|弄)|No\\.[0-9]`)],
  ['estate', /(?:花园|小区|家园|嘉园|佳苑|新村|公寓|华庭|名苑|雅苑|豪庭|新城|[一-鿿](?:苑|府))(?!路|街|社区)/],
  ['poi', /大厦|广场|中心|写字楼|科技园|产业园|创业园|店|支行|银行|医院|学校|[小中大]学|公司|局|派出所|站|馆|超市|酒店|宾馆|商场|市场|机场|公园|幼儿园|委会/],
  ['building', new RegExp(`${count}(?:号楼|栋|幢|座|#楼)|[A-Za-z]座|[0-9]+-[0-9]+-[0-9]+`)],
  ['unit', new RegExp(`${count}单元|[0-9]+-[0-9]+-[0-9]+`)],
  ['floor', new RegExp(`(?<![号#])${count}(?:层|楼|F)`)],
  ['room', /[0-9]{3,4}(?:室|房|(?![0-9号#弄]))|[0-9零〇一二三四五六七八九十]{3,}室|[0-9]+-[0-9]+-[0-9]+/],
];
const levels = ['province', 'city', 'district'] as const;
const town = /^[一-鿿]{1,8}?(?:街道|镇|乡)/;
const marks = /[\p{C}\p{Z},，;；、·|/]+/gu;

/** The names of the lexicon tell the region; a municipality (北京市) counts as a city. */
export function createFieldFinder(lexicon: Lexicon): FieldFinder {
  const names: Readonly<Record<(typeof levels)[number], Set<string>>> = { province: new Set(), city: new Set(), district: new Set() };
  for (const { province, city, district } of lexicon.areas) {
    if (province !== city) for (const name of [province, stripSuffix(province)]) names.province.add(name);
    for (const name of [city, stripSuffix(city)]) names.city.add(name);
    if (district !== undefined) for (const name of [district, stripSuffix(district)]) names.district.add(name);
  }
  const nameAt = (text: string, from: number, rank: number): { rank: number; end: number } | undefined => {
    for (let length = Math.min(longestName, text.length - from); length >= 2; length -= 1) {
      const word = text.slice(from, from + length);
      for (let level = rank; level < levels.length; level += 1) if (names[levels[level] ?? 'city'].has(word)) return { rank: level, end: from + length };
    }
    return undefined;
  };
  return (raw) => {
    const text = raw.normalize('NFKC').replace(marks, '');
    let bits = 0;
    let rank = 0;
    let at = 0;
    for (let from = 0; from < text.length && rank < levels.length; ) {
      const found = nameAt(text, from, rank);
      if (found === undefined) {
        if (bits !== 0 || from >= furthestStart) break;
        from += 1;
        continue;
      }
      bits |= fieldBit(levels[found.rank] ?? 'city');
      rank = found.rank + 1;
      from = found.end;
      at = found.end;
    }
    const rest = text.slice(at).replace(/^[(（]/, '');
    const townName = town.exec(rest)?.[0];
    if (townName !== undefined) bits |= fieldBit('town');
    const below = townName === undefined ? rest : rest.slice(townName.length);
    for (const [field, rule] of rules) if (rule.test(below)) bits |= fieldBit(field);
    return bits;
  };
}
