import type { Address } from '../../../model/dataset.js';
import { alterPlace, lacking } from '../../address/place.js';
import { changing, isPlainNumber, step, type Neighbour } from './neighbour.js';

/** Differences behind the door: building, unit, floor, room, phase. */

/** 3号楼 against 4号楼. Of real pairs: 90 % partial. */
export const buildingNext = changing('building-next', 'building', ['home'], (value, random) => (isPlainNumber(value) ? step(value, random.pick([1, -1, 2])) : undefined));

/** A座 against B座. */
export const towerLetter = changing('tower-letter', 'building', ['office'], (value, random) => {
  if (isPlainNumber(value)) return undefined;
  return value === 'A' ? 'B' : random.pick(['A', String.fromCharCode(value.charCodeAt(0) + 1)]);
});

export const unitNext = changing('unit-next', 'unit', ['home'], (value, random) => step(value, random.pick([1, -1])));

/** A floor below the ground would need other words. */
export const floorNext = changing('floor-next', 'floor', ['office'], (value, random) => step(value, random.pick([1, -1])));

/** 1003 against 1004: the next door. */
export const roomNext = changing('room-next', 'room', ['home', 'office', 'door'], (value, random) =>
  value.endsWith('01') || random.chance(0.5) ? String(Number(value) + 1) : String(Number(value) - 1));

/** 1003 against 1103: the same door, a floor up. */
export const roomAbove = changing('room-above', 'room', ['home', 'office', 'door'], (value) => step(value, 100));

const phases = [['一期', '二期'], ['二期', '三期'], ['东区', '西区'], ['南区', '北区'], ['A区', 'B区'], ['一区', '二区']] as const;

/** 锦绣花园一期 against 锦绣花园二期. */
export const phase: Neighbour = {
  name: 'phase',
  field: 'estate',
  kinds: ['home'],
  part: (place, random) => {
    if (place.estate === undefined) return undefined;
    const pair = random.pick(phases);
    const [first, second] = random.chance(0.5) ? pair : [pair[1], pair[0]];
    return { a: alterPlace(place, 'estate', place.estate + first), b: alterPlace(place, 'estate', place.estate + second) };
  },
};

/** 锦绣花园3号楼 against 锦绣花园. Dropping the unit or the room is another matter: people call that the same (class high). */
export const buildingDropped: Neighbour = {
  name: 'building-dropped',
  field: 'building',
  kinds: ['home', 'office'],
  part: (place) => {
    if (place.building === undefined || (place.estate === undefined && place.poi === undefined)) return undefined;
    const a: Address = lacking(place, 'unit', 'floor', 'room');
    return { a, b: lacking(a, 'building') };
  },
};
