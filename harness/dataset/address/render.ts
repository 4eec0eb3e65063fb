import type { Address } from '../../model/dataset.js';
import { createPart, type Part, type Wording, type Writing } from './writing.js';

/** The order a Chinese address is written in: from the large to the small. `sub` is written with the number. */
export const writtenOrder = ['province', 'city', 'district', 'town', 'road', 'number', 'estate', 'poi', 'building', 'unit', 'floor', 'room', 'extra'] as const;
export type WrittenField = (typeof writtenOrder)[number];

/** Fields as a set of bits, one for each place in `writtenOrder`: a pair is made in a few microseconds, and sets would cost one. */
export type FieldSet = number;

/** The bits of these fields. */
export const fieldSet = (fields: readonly WrittenField[]): FieldSet => fields.reduce((set, field) => set | (1 << writtenOrder.indexOf(field)), 0);

export const regionFields = ['province', 'city', 'district', 'town'] as const satisfies readonly WrittenField[];

const bit = Object.fromEntries(writtenOrder.map((field) => [field, fieldSet([field])])) as Record<WrittenField, FieldSet>;

/**
 * Writes the fields of `place` that are in `shown`, plainly: number 8 as 8号, building 3 as 3号楼, room 301 as 301室.
 * Field by field in the written order rather than in a loop: fields asked for by their own name are found at once.
 */
export function writePlace(place: Address, shown: FieldSet, wording: Wording): Writing {
  const { province, city, district, town, road, number, estate, poi, building, unit, floor, room, extra } = place;
  const parts: Part[] = [];
  if (province !== undefined && (shown & bit.province) !== 0) parts.push(createPart('province', province));
  // 北京市 is province and city at once, and is written once.
  if ((shown & bit.city) !== 0 && (parts.length === 0 || city !== province)) parts.push(createPart('city', city));
  if (district !== undefined && (shown & bit.district) !== 0) parts.push(createPart('district', district));
  if (town !== undefined && (shown & bit.town) !== 0) parts.push(createPart('town', town));
  if (road !== undefined && (shown & bit.road) !== 0) parts.push(createPart('road', road));
  if (number !== undefined && (shown & bit.number) !== 0) parts.push(createPart('number', numberText(number, place.sub)));
  if (estate !== undefined && (shown & bit.estate) !== 0) parts.push(createPart('estate', estate));
  if (poi !== undefined && (shown & bit.poi) !== 0) parts.push(createPart('poi', poi));
  if (building !== undefined && (shown & bit.building) !== 0) parts.push(createPart('building', building + buildingWordOf(building, place.sub, wording)));
  if (unit !== undefined && (shown & bit.unit) !== 0) parts.push(createPart('unit', unit + '单元'));
  if (floor !== undefined && (shown & bit.floor) !== 0) parts.push(createPart('floor', floor + wording.floor));
  if (room !== undefined && (shown & bit.room) !== 0) parts.push(createPart('room', room + '室'));
  if (extra !== undefined && (shown & bit.extra) !== 0) parts.push(createPart('extra', extra));
  return { place, wording, parts };
}

/** In a lane (弄) of Shanghai the houses have numbers of their own. */
function buildingWordOf(building: string, sub: string | undefined, wording: Wording): string {
  if (sub === '弄') return '号';
  return building >= 'A' ? '座' : wording.building;
}

/** `sub`: 甲 stands before the number, 弄 in the place of 号, 院 after it. */
function numberText(number: string, sub: string | undefined): string {
  if (sub === undefined) return number + '号';
  if (sub === '弄') return number + '弄';
  return '甲乙丙丁'.includes(sub) ? sub + number + '号' : number + '号' + sub;
}
