import { keyPlaceAt, nodeAt, plainOf, type Located, type Problem } from './located.js';

/** How many an arm has, by its name: `2`, `2 GPUs`; null where it does not begin with a whole number above 0. */
export function replicasOf(arm: string): number | null {
  const found = /^([1-9]\d{0,5})(?![\d.])/.exec(arm)?.[1];
  return found === undefined ? null : Number(found);
}

/** Loads that take what they can get: of a fixed rate, two do as much as one. */
const takesAll = ['closed', 'offline', 'job'];
/** Figures that say how much was done. */
const amounts = ['rps', 'pairs', 'time'];

/** What `compare.by: replicas` asks of the arms, of the load and of the deciding figure. */
export function checkReplicas(root: Located, arms: readonly { name: string }[]): Problem[] {
  const valueAt = (key: string): unknown => { const node = nodeAt(root, ['compare', key]); return node && plainOf(node); };
  const complain = (at: readonly string[], key: string, sentence: string): Problem => ({ place: keyPlaceAt(root, at, key), path: [...at, key].join('.'), sentence });
  const has = (key: string): boolean => nodeAt(root, ['compare', key]) !== undefined;
  if (valueAt('by') !== 'replicas') return has('worth') ? [complain(['compare'], 'worth', 'says when another replica is worth it: it belongs to compare.by: replicas')] : [];
  const counts = arms.map(({ name }) => replicasOf(name));
  const nameless = arms.find((_, i) => counts[i] === null);
  const load = nodeAt(root, ['load']);
  const loads = load?.kind === 'map' ? [...load.entries.keys()] : [];
  const metric = valueAt('metric');
  return [
    ...(nameless !== undefined && nodeAt(root, ['matrix']) !== undefined ? [complain([], 'matrix', `with compare.by: replicas each arm is named by how many it has, such as 1, 2, 4 or "2 GPUs": "${nameless.name}" is not`)] : []),
    ...(nameless === undefined && counts.some((count, i) => i > 0 && (count ?? 0) <= (counts[i - 1] ?? 0)) ? [complain([], 'matrix', 'with compare.by: replicas each arm must have more than the one before it')] : []),
    ...(loads.length > 0 && !takesAll.some((kind) => loads.includes(kind)) ? [complain([], 'load', 'with compare.by: replicas the load must take what it can get: give closed, offline or job')] : []),
    ...(typeof metric === 'string' && !amounts.includes(metric) ? [complain(['compare'], 'metric', `with compare.by: replicas one of ${amounts.join(', ')} decides`)] : []),
  ];
}
