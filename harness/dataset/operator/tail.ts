import { hasKind, without } from '../address/writing.js';
import { createOperator } from './operator.js';

/**
 * 17幢1单元301室 → 17幢: unit, floor and room left out behind a building or a named house. In real labels that is mostly the same place;
 * leaving out the building as well is not (neighbour/building.ts).
 */
export const omitRoom = createOperator({
  name: 'omit-room',
  stage: 'view',
  digits: 'omit',
  apply: (writing) => (hasKind(writing, 'building') || hasKind(writing, 'poi') ? without(writing, ['unit', 'floor', 'room']) : undefined),
});
