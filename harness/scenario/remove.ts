import { nearestWord } from '../model/nearest.js';
import { pathText, type Located, type LocatedMap, type Place, type Problem } from './located.js';

/**
 * The scenario without the key at a dotted path, wherever it was written: here, or in what it extends. A key that itself holds dots
 * (`matrix.server.reference.batching`) is found as it is written. What is not there is a mistake, told with the nearest key.
 */
export function removeKey(root: Located, steps: readonly string[], place: Place, problems: Problem[]): Located {
  const found = follow(root, steps);
  if ('left' in found) {
    problems.push({ place, path: pathText(steps), sentence: nothingThere(found.left, found.known) });
    return root;
  }
  return without(root, found.keys);
}

/** The keys that the steps name, or what of them leads nowhere and the keys that are there. */
function follow(root: Located, steps: readonly string[]): { keys: string[] } | { left: string; known: string[] } {
  const keys: string[] = [];
  let node = root;
  for (let from = 0; from < steps.length;) {
    if (node.kind !== 'map') return { left: steps.slice(from).join('.'), known: [] };
    const { entries } = node;
    const most = [...steps.keys()].slice(from).map((end) => end + 1).toReversed().find((end) => entries.has(steps.slice(from, end).join('.')));
    const key = steps.slice(from, most).join('.');
    const entry = most === undefined ? undefined : entries.get(key);
    if (most === undefined || entry === undefined) return { left: steps.slice(from).join('.'), known: [...entries.keys()] };
    keys.push(key);
    node = entry.node;
    from = most;
  }
  return { keys };
}

function without(node: Located, [key = '', ...more]: readonly string[]): Located {
  if (node.kind !== 'map') return node;
  const entries: LocatedMap['entries'] = new Map(node.entries);
  const entry = entries.get(key);
  if (entry === undefined || more.length === 0) entries.delete(key);
  else entries.set(key, { ...entry, node: without(entry.node, more) });
  return { ...node, entries };
}

function nothingThere(left: string, known: readonly string[]): string {
  const near = nearestWord(left, known) ?? nearestWord(left.split('.')[0] ?? '', known);
  if (near !== undefined && near !== left) return `there is no "${left}" to remove; did you mean "${near}"?`;
  return known.length === 0 ? `there is no "${left}" to remove` : `there is no "${left}" to remove; set here: ${known.join(', ')}`;
}
