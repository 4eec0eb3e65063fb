import type { Address } from '../../model/dataset.js';
import type { Part, Wording, Writing } from './writing.js';

/** The order a Chinese address is written in: from the large to the small. `sub` is written with the number. */
export const writtenOrder = ['province', 'city', 'district', 'town', 'road', 'number', 'estate', 'poi', 'building', 'unit', 'floor', 'room', 'extra'] as const;
export type WrittenField = (typeof writtenOrder)[number];

/** Fields as a set of bits, one for each place in `writtenOrder`: a pair is made in a few microseconds, and sets would cost one. */
export type FieldSet = number;

export const fieldSet = (fields: readonly WrittenField[]): FieldSet => fields.reduce((set, field) => set | (1 << writtenOrder.indexOf(field)), 0);

export const regionFields = ['province', 'city', 'district', 'town'] as const satisfies readonly WrittenField[];

/** Writes the fields of `place` that are in `shown`, plainly. */
export function writePlace(place: Address, shown: FieldSet, wording: Wording): Writing {
  const parts: Part[] = [];
  for (let rank = 0; rank < writtenOrder.length; rank += 1) {
    if ((shown & (1 << rank)) === 0) continue;
    const field = writtenOrder[rank] ?? 'city';
    const value = place[field];
    if (value === undefined) continue;
    // 北京市 is province and city at once, and is written once.
    if (rank === 1 && place.city === place.province && parts.length > 0) continue;
    parts.push({ kind: field, text: fieldText(place, field, value, wording) });
  }
  return { place, wording, parts };
}

/** How a field is written by default: number 8 → 8号, building 3 → 3号楼, room 301 → 301室. */
function fieldText(place: Address, field: WrittenField, value: string, wording: Wording): string {
  switch (field) {
    case 'number':
      return numberText(value, place.sub);
    case 'building':
      // In a lane (弄) of Shanghai the houses have numbers of their own.
      if (place.sub === '弄') return `${value}号`;
      return value + (value >= 'A' ? '座' : wording.building);
    case 'unit':
      return `${value}单元`;
    case 'floor':
      return `${value}${wording.floor}`;
    case 'room':
      return `${value}室`;
    default:
      return value;
  }
}

/** `sub`: 甲 stands before the number, 弄 in the place of 号, 院 after it. */
function numberText(number: string, sub: string | undefined): string {
  if (sub !== undefined && '甲乙丙丁'.includes(sub)) return `${sub}${number}号`;
  if (sub === '弄') return `${number}弄`;
  return `${number}号${sub ?? ''}`;
}
