/** A YAML value in which every part knows where it was written: errors name file, line and column, also after merging. */
import { isAbsolute, join } from 'node:path';

/** In a file, or in an argument of the command line such as `--set load.warmup=1s`. */
export type Place = { file: string; line: number; column: number } | { argument: string };

export interface LocatedScalar {
  kind: 'scalar';
  value: string | number | boolean | null;
  place: Place;
  /** Where the text itself begins, after an opening quote; null where columns inside it mean nothing (blocks, escapes, arguments). */
  textPlace: Place | null;
  /** True when ${…} was put in: its text is read as a number or truth value where one is wanted. */
  fromEnvironment: boolean;
}
export interface LocatedList { kind: 'list'; items: Located[]; place: Place }
export interface LocatedMap { kind: 'map'; entries: Map<string, { key: Place; node: Located }>; place: Place }
export type Located = LocatedScalar | LocatedList | LocatedMap;

/** One mistake, ready to be sorted and printed. */
export interface Problem {
  place: Place;
  /** Dotted path of the value; '' for the file as a whole. */
  path: string;
  sentence: string;
}

export type Path = readonly (string | number)[];

/** The value without its places. */
export function plainOf(node: Located): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plainOf);
  // defineProperty: a key named __proto__ is a key like any other, not the prototype.
  const plain: Record<string, unknown> = {};
  for (const [key, { node: child }] of node.entries) Object.defineProperty(plain, key, { value: plainOf(child), enumerable: true, configurable: true, writable: true });
  return plain;
}

/** The part at a path, or undefined. */
export function nodeAt(root: Located | undefined, path: Path): Located | undefined {
  let node = root;
  for (const step of path) {
    if (node?.kind === 'map') node = node.entries.get(String(step))?.node;
    else if (node?.kind === 'list') node = typeof step === 'number' ? node.items[step] : undefined;
    else return undefined;
  }
  return node;
}

/** Where to point for a path: the value, or where it is missing the key of the nearest part that is there. */
export function placeAt(root: Located, path: Path): Place {
  let node = root;
  let place = root.place;
  for (const [depth, step] of path.entries()) {
    const entry = node.kind === 'map' ? node.entries.get(String(step)) : undefined;
    const child = node.kind === 'list' && typeof step === 'number' ? node.items[step] : entry?.node;
    if (child === undefined) return place;
    const last = depth === path.length - 1;
    place = last || entry === undefined ? child.place : entry.key;
    node = child;
  }
  return place;
}

/** Where the key of a map stands. */
export function keyPlaceAt(root: Located, path: Path, key: string): Place {
  const map = nodeAt(root, path);
  return (map?.kind === 'map' ? map.entries.get(key)?.key : undefined) ?? placeAt(root, path);
}

/** `load.closed.users[1]` */
export function pathText(path: Path): string {
  return path.reduce<string>((text, step) => (typeof step === 'number' ? `${text}[${String(step)}]` : text === '' ? step : `${text}.${step}`), '');
}

/**
 * A path that was written in this place: beside the scenario that says it; where the command line does, from the folder the program was started in.
 * `folders`: of each scenario file, by the name that messages give it.
 */
export function besidePlace(path: string, place: Place, folders: ReadonlyMap<string, string>): string {
  return isAbsolute(path) || !('file' in place) ? path : join(folders.get(place.file) ?? '.', path);
}

/** `scenarios/ramp.yaml:12:7`, or the argument. */
export function placeText(place: Place): string {
  return 'file' in place ? `${place.file}:${String(place.line)}:${String(place.column)}` : place.argument;
}
