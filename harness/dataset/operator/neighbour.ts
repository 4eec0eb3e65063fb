import type { Address } from '../../model/dataset.js';
import type { Random } from '../../model/random.js';
import type { PlaceKind } from '../address/place.js';
import type { Lexicon } from '../lexicon/lexicon.js';

/**
 * Makes two places that differ in exactly one field: near each other, sharing all but a number or a suffix, and not the same.
 * Both sides are given, because some differences need a change on each (一期 against 二期).
 */
export interface Neighbour {
  readonly name: string;
  /** The only field in which the two places differ. */
  readonly field: keyof Address;
  /** Kinds of place it is made for: the field must be what tells the place, not an ornament behind a house's name. */
  readonly kinds: readonly PlaceKind[];
  /** `undefined` where the place lacks what the difference needs. */
  part(place: Address, random: Random, lexicon: Lexicon): { a: Address; b: Address } | undefined;
}

/** A neighbour in one field of which only side b is changed. */
function changing(
  name: string,
  field: keyof Address,
  kinds: readonly PlaceKind[],
  change: (value: string, random: Random, place: Address) => string | undefined,
): Neighbour {
  return {
    name,
    field,
    kinds,
    part: (place, random) => {
      const value = place[field];
      const other = value === undefined ? undefined : change(value, random, place);
      return other === undefined || other === value ? undefined : { a: place, b: { ...place, [field]: other } };
    },
  };
}

/** `value` moved by `step`, upwards where it would fall below one. */
const step = (value: string, by: number): string => String(Number(value) + by < 1 ? Number(value) + Math.abs(by) : Number(value) + by);

export const doorNear = changing('door-near', 'number', ['door'], (value, random) => step(value, random.pick([1, -1, 2, 2, -2, -2])));

export const doorFar = changing('door-far', 'number', ['door'], (value, random) => step(value, random.pick([100, 200, 300, 60, 150]) + random.below(20)));

export const buildingNext = changing('building-next', 'building', ['home', 'office'], (value, random) => {
  if (/^\d+$/.test(value)) return step(value, random.pick([1, -1, 2]));
  return value === 'A' ? 'B' : random.pick(['A', String.fromCharCode(value.charCodeAt(0) + 1)]);
});

export const unitNext = changing('unit-next', 'unit', ['home'], (value, random) => step(value, random.pick([1, -1])));

/** A floor below the ground would need other words. */
export const floorNext = changing('floor-next', 'floor', ['office'], (value, random) => step(value, random.pick([1, -1])));

/** 1003 against 1004, or against 1103. */
export const roomNext = changing('room-next', 'room', ['home', 'office', 'door'], (value, random) => {
  if (random.chance(0.6)) return value.endsWith('1') || random.chance(0.5) ? String(Number(value) + 1) : String(Number(value) - 1);
  return step(value, 100);
});

/** 8号 against 甲8号 or 8号院. */
export const doorPrefix: Neighbour = {
  name: 'door-prefix',
  field: 'sub',
  kinds: ['door'],
  part: (place, random) => (place.sub === undefined ? { a: place, b: { ...place, sub: random.pick(['甲', '甲', '乙', '院', '院']) } } : undefined),
};

const phases = [['一期', '二期'], ['二期', '三期'], ['东区', '西区'], ['南区', '北区'], ['A区', 'B区']] as const;

/** 锦绣花园一期 against 锦绣花园二期. */
export const phase: Neighbour = {
  name: 'phase',
  field: 'estate',
  kinds: ['home'],
  part: (place, random) => {
    if (place.estate === undefined) return undefined;
    const pair = random.pick(phases);
    const [first, second] = random.chance(0.5) ? pair : [pair[1], pair[0]];
    return { a: { ...place, estate: place.estate + first }, b: { ...place, estate: place.estate + second } };
  },
};

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
  if (/[一二三四五六七八九十环]$/.test(stem)) return undefined;
  return stem + random.pick(['东', '西', '南', '北', '支']) + word;
});

/** …旁边, …西侧100米: near the place, not at it. */
export const proximity: Neighbour = {
  name: 'proximity',
  field: 'extra',
  kinds: ['door', 'office', 'shop'],
  part: (place, random) => {
    if (place.extra !== undefined) return undefined;
    const extra = random.chance(0.6)
      ? random.pick(['对面', '旁边', '附近', '斜对面', '隔壁', '后面', '旁'])
      : `${random.pick(['东侧', '西侧', '南侧', '北侧', '往东', '往北'])}${random.pick(['50', '100', '150', '200', '300'])}米`;
    return { a: place, b: { ...place, extra } };
  },
};

/** 建国路8号 against 建国路: a door against a road. */
export const numberDropped: Neighbour = {
  name: 'number-dropped',
  field: 'number',
  kinds: ['door'],
  part: (place) => {
    if (place.number === undefined || place.room !== undefined || place.sub !== undefined) return undefined;
    const b = { ...place };
    delete b.number;
    return { a: place, b };
  },
};

/** Every neighbour with the share it has in the boundary class. */
export const neighbours: readonly (readonly [Neighbour, number])[] = [
  [doorNear, 14],
  [doorFar, 9],
  [buildingNext, 14],
  [unitNext, 7],
  [floorNext, 6],
  [roomNext, 10],
  [doorPrefix, 6],
  [phase, 7],
  [roadWord, 6],
  [roadDirection, 8],
  [proximity, 8],
  [numberDropped, 5],
];
