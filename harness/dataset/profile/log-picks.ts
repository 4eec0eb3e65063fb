import type { FittedProfile, HabitShares } from '../../model/profile.js';
import type { Random } from '../../model/random.js';
import type { PlaceKind } from '../address/place-kind.js';
import { neighbours, type Neighbour } from '../operator/neighbour.js';
import { separations, type Separation } from '../operator/separation.js';
import { weightedPick } from '../operator/weights.js';

/** What the pairs of a log differ in and have in common: who names no unit has no next unit, who names no road no road of the same name. */
export interface LogPicks {
  neighbour(random: Random): Neighbour;
  kindOf(random: Random, neighbour: Neighbour): PlaceKind;
  separation(random: Random, hard: boolean): Separation;
  /** Share of old names among the hard high pairs that are no landmark: they need a region, the others a named house at a numbered door. */
  oldNames: number;
  /** Share of the branches of a chain that lie in two cities rather than in two districts of one. */
  cities: number;
}

/** So fine are the shares. What a log never names is not quite left out, so that something can always be picked. */
const steps = 100;
const least = 0.01;

/** Weights of the classes, each times the share in which the log names what it needs. */
export function createLogPicks({ kinds }: HabitShares, fields: FittedProfile['fields']): LogPicks {
  const named = Math.max(fields.estate, fields.poi);
  const region = Math.min(fields.city, fields.district);
  const door = Math.min(fields.road, fields.number);
  const kindWeight: Readonly<Record<PlaceKind, number>> = { ...kinds, shop: Math.max(0, 1 - kinds.door - kinds.home - kinds.office) };
  const weightOfKind = (kind: PlaceKind): number => Math.max(1, Math.round(kindWeight[kind] * steps));
  const neighbourNeeds = ({ name, field }: Neighbour): number => {
    if (field === 'sub') return fields.number;
    if (field === 'extra') return name === 'crossing' ? fields.road : name === 'proximity' ? 1 : named;
    return field in fields ? fields[field as keyof typeof fields] : 1;
  };
  const needs: Readonly<Record<string, number>> = {
    'far-district': fields.district, 'far-anywhere': fields.city, 'same-road-far-district': fields.road, 'same-road-other-city': door,
    'same-district-other-city': region, 'same-brand': fields.poi, 'conflicting-district': door,
  };
  const pickSeparation = (hard: boolean): ((random: Random) => Separation) =>
    weightedPick(separations.filter(([separation]) => separation.hard === hard).map(([separation, share]) => [separation, Math.ceil(share * Math.max(least, needs[separation.name] ?? 1) * steps)]));
  const [pickEasy, pickHard] = [pickSeparation(false), pickSeparation(true)];
  const pickKind = new Map(neighbours.map(([neighbour]) => [neighbour, weightedPick(neighbour.kinds.map((kind) => [kind, weightOfKind(kind)]))]));
  const byRegion = Math.max(least, region) * 0.12;
  const byDoor = Math.max(least, Math.min(door, named)) * 0.76;
  return {
    neighbour: weightedPick(neighbours.map(([neighbour, share]) => [neighbour, Math.max(1, Math.round(share * neighbourNeeds(neighbour) * neighbour.kinds.reduce((sum, kind) => sum + kindWeight[kind], 0) * steps))])),
    kindOf: (random, neighbour) => pickKind.get(neighbour)?.(random) ?? random.pick(neighbour.kinds),
    separation: (random, hard) => (hard ? pickHard : pickEasy)(random),
    cities: fields.city <= fields.district ? 0 : 1 - fields.district / fields.city,
    oldNames: byRegion / (byRegion + byDoor),
  };
}
