import type { Address } from '../../../model/dataset.js';
import type { Random } from '../../../model/random.js';
import { alterPlace, lacking } from '../../address/place.js';
import { stripSuffix } from '../../address/region.js';
import type { Lexicon } from '../../lexicon/lexicon.js';
import { type Neighbour } from './neighbour.js';

/** Near a place, at a part of it, or at a crossing. What is said stands in `extra`. */

const beside = ['对面', '旁边', '附近', '斜对面', '隔壁', '后面', '旁'];

/** …旁边, …西侧100米: near the place, not at it. */
export const proximity: Neighbour = {
  name: 'proximity',
  field: 'extra',
  kinds: ['door', 'office', 'shop'],
  part: (place, random) => {
    if (place.extra !== undefined) return undefined;
    const extra = random.chance(0.6)
      ? random.pick(beside)
      : `${random.pick(['东侧', '西侧', '南侧', '北侧', '往东', '往北'])}${random.pick(['50', '100', '150', '200', '300'])}米`;
    return { a: place, b: alterPlace(place, 'extra', extra) };
  },
};

/** 福龙路与淮河南路交叉口 against the same crossing, 200 m west of it, or another of its corners. */
export const crossing: Neighbour = {
  name: 'crossing',
  field: 'extra',
  kinds: ['door'],
  part: (place, random, lexicon) => {
    if (place.extra !== undefined || place.road === undefined) return undefined;
    const other = random.pick(random.pick(lexicon.urbanAreas).roads);
    if (other === place.road) return undefined;
    const at = `与${other}交叉口`;
    const base: Address = lacking(place, 'number', 'sub', 'room', 'floor');
    const corner = random.below(corners.length);
    const away = random.chance(0.6) ? `${random.pick(['东', '西', '南', '北'])}${String((random.below(8) + 1) * 50)}米` : (corners[corner] ?? '');
    const near = random.chance(0.6) ? '' : (corners[(corner + 1) % corners.length] ?? '');
    return { a: alterPlace(base, 'extra', at + near), b: alterPlace(base, 'extra', at + away) };
  },
};

const corners = ['东北角', '东南角', '西南角', '西北角'];
const gates = ['东门', '西门', '南门', '北门', '正门', '1号门', '2号门'];
const exits = ['A口', 'B口', 'C口', 'D口', 'A1口', 'B2口'];

/** A house, an estate or a station, as a whole. */
function gated(place: Address, random: Random, lexicon: Lexicon): { whole: Address; parts: readonly string[] } | undefined {
  if (place.extra !== undefined) return undefined;
  if (place.road !== undefined && random.chance(0.3)) {
    const stem = random.chance(0.5) ? place.road : stripSuffix(place.town ?? random.pick(lexicon.words.officeStems));
    return { whole: alterPlace(lacking(place, 'number', 'estate', 'building', 'unit', 'floor', 'room'), 'poi', `${stem}地铁站`), parts: exits };
  }
  if (place.poi === undefined && place.estate === undefined) return undefined;
  return { whole: lacking(place, 'building', 'unit', 'floor', 'room'), parts: gates };
}

/** 金鹰大厦 against 金鹰大厦东门; 珠江路地铁站 against 珠江路地铁站B口. */
export const gate: Neighbour = {
  name: 'gate',
  field: 'extra',
  kinds: ['office', 'shop', 'home'],
  part: (place, random, lexicon) => {
    const found = gated(place, random, lexicon);
    return found === undefined ? undefined : { a: found.whole, b: alterPlace(found.whole, 'extra', random.pick(found.parts)) };
  },
};

/** 金鹰大厦西门 against 金鹰大厦东门. */
export const otherGate: Neighbour = {
  name: 'other-gate',
  field: 'extra',
  kinds: ['office', 'shop', 'home'],
  part: (place, random, lexicon) => {
    const found = gated(place, random, lexicon);
    if (found === undefined) return undefined;
    const first = random.below(found.parts.length);
    const second = (first + 1 + random.below(found.parts.length - 1)) % found.parts.length;
    return { a: alterPlace(found.whole, 'extra', found.parts[first]), b: alterPlace(found.whole, 'extra', found.parts[second]) };
  },
};

/** 锦绣花园3号楼 against 锦绣花园3号楼丰巢柜: what is brought there is not brought to the door. */
export const locker: Neighbour = {
  name: 'locker',
  field: 'extra',
  kinds: ['home', 'office', 'door'],
  part: (place, random) => {
    if (place.extra !== undefined) return undefined;
    const a = lacking(place, 'unit', 'floor', 'room');
    return { a, b: alterPlace(a, 'extra', random.pick(['丰巢柜', '丰巢快递柜', '菜鸟驿站', '快递驿站', '速递易', '自提点', '妈妈驿站'])) };
  },
};
