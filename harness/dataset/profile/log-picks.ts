import type { FittedProfile, HabitShares } from '../../model/profile.js';
import type { Random } from '../../model/random.js';
import type { PlaceKind } from '../address/place-kind.js';
import { neighbours, type Neighbour } from '../operator/neighbour.js';
import { separations } from '../operator/separation.js';
import { weightedPick } from '../operator/weights.js';
import type { LogPicks } from './habit.js';

/** So fine are the shares. What a log never names is not quite left out, so that something can always be picked. */
const steps = 100;
const least = 0.01;
/** Shares of the two among the hard high pairs where nothing is known of the log (class/high.ts). */
const everyday = { oldName: 0.12, otherView: 0.76 };

/** Weights of the classes, each times the share in which the log names what it needs. */
export function createLogPicks({ kinds }: HabitShares, fields: FittedProfile['fields']): LogPicks {
  const named = Math.max(fields.estate, fields.poi);
  const region = Math.min(fields.city, fields.district);
  const door = Math.min(fields.road, fields.number);
  const shareOfKind: Readonly<Record<PlaceKind, number>> = { ...kinds, shop: Math.max(0, 1 - kinds.door - kinds.home - kinds.office) };
  const neighbourNeeds = ({ name, field, kinds: its }: Neighbour): number => its.reduce((sum, kind) => sum + shareOfKind[kind], 0) * fieldOf(name, field);
  const fieldOf = (name: string, field: Neighbour['field']): number => {
    if (field === 'sub') return fields.number;
    if (field === 'extra') return name === 'crossing' ? fields.road : name === 'proximity' ? 1 : named;
    return fields[field];
  };
  const separationNeeds: Readonly<Record<string, number>> = {
    'far-district': fields.district, 'far-anywhere': fields.city, 'same-road-far-district': fields.road, 'same-road-other-city': door,
    'same-district-other-city': region, 'same-brand': fields.poi, 'conflicting-district': door,
  };
  const pickSeparation = (hard: boolean): ((random: Random) => number) =>
    weightedPick(separations.map(([separation, share], i) => [i, separation.hard === hard ? Math.ceil(share * Math.max(least, separationNeeds[separation.name] ?? 1) * steps) : 0]));
  const [pickEasy, pickHard] = [pickSeparation(false), pickSeparation(true)];
  const pickKind = neighbours.map(([neighbour]) => weightedPick(neighbour.kinds.map((kind) => [kind, Math.max(1, Math.round(shareOfKind[kind] * steps))])));
  const byRegion = Math.max(least, region) * everyday.oldName;
  const byDoor = Math.max(least, Math.min(door, named)) * everyday.otherView;
  return {
    neighbour: weightedPick(neighbours.map(([neighbour, share], i) => [i, Math.max(1, Math.round(share * neighbourNeeds(neighbour) * steps))])),
    kindOf: (random, neighbour) => pickKind[neighbour]?.(random) ?? 'door',
    separation: (random, hard) => (hard ? pickHard : pickEasy)(random),
    oldNames: byRegion / (byRegion + byDoor),
    cities: fields.city <= fields.district ? 0 : 1 - fields.district / fields.city,
  };
}
