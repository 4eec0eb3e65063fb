import { buildingDropped, buildingNext, floorNext, phase, roomAbove, roomNext, towerLetter, unitNext } from './neighbour/building.js';
import { crossing, gate, locker, otherGate, proximity } from './neighbour/beside.js';
import { doorFar, doorLetter, doorNear, doorPrefix, laneNumber, numberDropped, numberRange, subNumber } from './neighbour/door.js';
import type { Neighbour } from './neighbour/neighbour.js';
import { laneNext, roadDirection, roadWord } from './neighbour/road.js';

/** Every neighbour with the share it has in the boundary class. */
export const neighbours: readonly (readonly [Neighbour, number])[] = [
  [doorNear, 12], [doorFar, 7], [doorPrefix, 4], [doorLetter, 2], [subNumber, 3], [numberRange, 2], [numberDropped, 4], [laneNumber, 2],
  [buildingNext, 10], [towerLetter, 4], [unitNext, 6], [floorNext, 5], [roomNext, 6], [roomAbove, 4], [phase, 5], [buildingDropped, 5],
  [roadWord, 5], [roadDirection, 6], [laneNext, 3],
  [proximity, 6], [crossing, 3], [gate, 3], [otherGate, 4], [locker, 2],
];

export type { Neighbour } from './neighbour/neighbour.js';
export * from './neighbour/building.js';
export * from './neighbour/beside.js';
export * from './neighbour/door.js';
export * from './neighbour/road.js';
