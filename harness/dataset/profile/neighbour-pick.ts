import type { FittedProfile, HabitShares } from '../../model/profile.js';
import type { PlaceKind } from '../address/place-kind.js';
import { neighbours, type Neighbour } from '../operator/neighbour.js';
import { weightedPick } from '../operator/weights.js';
import type { Habit } from './habit.js';

/** So fine are the shares; what a log never names comes so seldom. */
const steps = 100;

/** Neighbours that differ in what the addresses of a log name, of the kinds of place that its habit has: who names no unit has no next unit. */
export function createNeighbourPick({ kinds }: HabitShares, fields: FittedProfile['fields']): NonNullable<Habit['neighbour']> {
  const named = Math.max(fields.estate, fields.poi);
  const shareOfKind: Readonly<Record<PlaceKind, number>> = { ...kinds, shop: Math.max(0, 1 - kinds.door - kinds.home - kinds.office) };
  const shareOfField = ({ name, field }: Neighbour): number => {
    if (field === 'sub') return fields.number;
    if (field === 'extra') return name === 'crossing' ? fields.road : name === 'proximity' ? 1 : named;
    return field in fields ? fields[field as keyof typeof fields] : 1;
  };
  const weightOfKind = (kind: PlaceKind): number => Math.ceil(shareOfKind[kind] * steps);
  const weightOf = (neighbour: Neighbour): number => shareOfField(neighbour) * neighbour.kinds.reduce((sum, kind) => sum + weightOfKind(kind), 0);
  const kindOf = new Map(neighbours.map(([neighbour]) => [neighbour, weightedPick(neighbour.kinds.map((kind) => [kind, Math.max(1, weightOfKind(kind))] as const))]));
  return {
    pick: weightedPick(neighbours.map(([neighbour, share]) => [neighbour, Math.max(1, Math.round(share * weightOf(neighbour)))] as const)),
    kind: (random, neighbour) => kindOf.get(neighbour)?.(random) ?? random.pick(neighbour.kinds),
  };
}
