import { alterPlace, lacking } from '../../address/place.js';
import { changing, isPlainNumber, step, type Neighbour } from './neighbour.js';

/** Differences in the number of the door. */

/** One or two further, on either side of the road. Of real pairs: 62 % partial, 33 % not, 5 % exact. */
export const doorNear = changing('door-near', 'number', ['door'], (value, random) => (isPlainNumber(value) ? step(value, random.pick([1, -1, 2, 2, -2, -2])) : undefined));

/** The same road, far from there: 8号 against 208号. */
export const doorFar = changing('door-far', 'number', ['door'], (value, random) => (isPlainNumber(value) ? step(value, random.pick([100, 200, 300, 60, 150]) + random.below(20)) : undefined));

/** 8号 against 甲8号 or 8号院. */
export const doorPrefix: Neighbour = {
  name: 'door-prefix',
  field: 'sub',
  kinds: ['door'],
  part: (place, random) => (place.sub === undefined ? { a: place, b: alterPlace(place, 'sub', random.pick(['甲', '甲', '乙', '院', '院'])) } : undefined),
};

const letters = ['甲', '乙', '丙', '丁'];

/** 甲8号 against 乙8号; 甲8号 against 8号院, which are two courts as well. */
export const doorLetter: Neighbour = {
  name: 'door-letter',
  field: 'sub',
  kinds: ['door'],
  part: (place, random) => {
    if (place.sub !== undefined || place.number === undefined) return undefined;
    const first = random.below(3);
    const other = random.chance(0.2) ? '院' : letters[first + 1];
    return { a: alterPlace(place, 'sub', letters[first]), b: alterPlace(place, 'sub', other) };
  },
};

/** 8号 against 8-1号, 8-1号 against 8-2号, 8号 against 8号之1. */
export const subNumber: Neighbour = {
  name: 'sub-number',
  field: 'number',
  kinds: ['door'],
  part: (place, random) => {
    const { number } = place;
    if (number === undefined || !isPlainNumber(number) || place.sub !== undefined) return undefined;
    const which = random.below(4) + 1;
    const mark = random.pick(['-', '-', '之']);
    const b = `${number}${mark}${String(which)}`;
    return { a: random.chance(0.6) ? place : alterPlace(place, 'number', `${number}${mark}${String(which + 1)}`), b: alterPlace(place, 'number', b) };
  },
};

/** 69号 against 69-71号: a door against the doors that it is one of. */
export const numberRange: Neighbour = {
  name: 'number-range',
  field: 'number',
  kinds: ['door'],
  part: (place, random) => {
    const { number } = place;
    if (number === undefined || !isPlainNumber(number) || place.sub !== undefined) return undefined;
    const last = Number(number) + random.pick([2, 2, 4, 6]);
    return { a: place, b: alterPlace(place, 'number', `${number}-${String(last)}`) };
  },
};

/** 建国路8号 against 建国路: a door against a road. */
export const numberDropped: Neighbour = {
  name: 'number-dropped',
  field: 'number',
  kinds: ['door'],
  part: (place) => {
    if (place.number === undefined || place.room !== undefined || place.sub !== undefined) return undefined;
    return { a: place, b: lacking(place, 'number') };
  },
};

const laneProvinces = ['上海市', '浙江省', '江苏省', '福建省'];

/** 1188弄 against 1190弄: the lanes of Shanghai have numbers of their road. */
export const laneNumber: Neighbour = {
  name: 'lane-number',
  field: 'number',
  kinds: ['home'],
  provinces: laneProvinces,
  part: (place, random) => {
    const { number } = place;
    if (number === undefined || !isPlainNumber(number) || place.road === undefined) return undefined;
    if (!laneProvinces.includes(place.province ?? '')) return undefined;
    const a = alterPlace(lacking(place, 'estate', 'unit', 'floor'), 'sub', '弄');
    return { a, b: alterPlace(a, 'number', step(number, random.pick([1, -1, 2, -2]))) };
  },
};
