import { toChineseNumeral } from '../../address/numerals.js';
import { alterPlace } from '../../address/place.js';
import { changing, type Neighbour } from './neighbour.js';

/** Differences in the name of the road. */

/** 海淀路 against 海淀大街. A lane's word is as much part of its name as a road's. */
export const roadWord = changing('road-word', 'road', ['door', 'home', 'office'], (value, random) => {
  const [, stem, word] = /^(.{2,}?)(路|大街|街|大道|巷)$/.exec(value) ?? [];
  if (stem === undefined || word === undefined || /[东南西北中大一二三四五六七八九十]$/.test(stem)) return undefined;
  return stem + random.pick({ 路: ['大街', '街', '大道'], 街: ['路', '巷'], 大街: ['路'], 大道: ['路'], 巷: ['路', '街'] }[word] ?? []);
});

/** 建国路 against 建国东路; 建国北路 against 建国南路. */
export const roadDirection = changing('road-direction', 'road', ['door', 'home', 'office'], (value, random) => {
  const [, stem, direction, word] = /^(.{2,}?)([东西南北中]?)(路|街|大街|大道)$/.exec(value) ?? [];
  if (stem === undefined || word === undefined) return undefined;
  const opposite: Readonly<Record<string, string>> = { 东: '西', 西: '东', 南: '北', 北: '南', 中: '东' };
  if (direction !== undefined && direction !== '') return stem + (opposite[direction] ?? '') + word;
  // 东大街 is 大街 with a direction, not a road called 东大.
  if (/[一二三四五六七八九十环大]$/.test(stem)) return undefined;
  return stem + random.pick(['东', '西', '南', '北', '支']) + word;
});

/** 建国路3巷 against 建国路4巷, 建国一里 against 建国二里. */
export const laneNext: Neighbour = {
  name: 'lane-next',
  field: 'road',
  kinds: ['door'],
  part: (place, random) => {
    const stem = /^(.{2,}?)(路|街|大街|大道)$/.exec(place.road ?? '')?.[1];
    if (place.road === undefined || stem === undefined || /[一二三四五六七八九十东西南北中]$/.test(stem)) return undefined;
    const which = random.below(9) + 1;
    const word = random.pick(['巷', '巷', '弄', '里']);
    const lane = (ordinal: number): string => (word === '里' ? `${stem}${toChineseNumeral(ordinal)}里` : `${place.road ?? ''}${String(ordinal)}${word}`);
    return { a: alterPlace(place, 'road', lane(which)), b: alterPlace(place, 'road', lane(which + 1)) };
  },
};
