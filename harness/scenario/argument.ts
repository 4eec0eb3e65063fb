import { nodeAt, type Located, type LocatedMap, type Place, type Problem } from './located.js';
import { mergeLocated } from './merge.js';
import { readYaml } from './read-yaml.js';
import { removeKey } from './remove.js';

/** What the command line lays over the file. */
export interface LoadOptions {
  /** `key=value`, in order. */
  set: readonly string[];
  seed?: number | undefined;
  engine?: string | undefined;
  strict?: boolean | undefined;
  /** The scenario beside itself. */
  aa?: boolean | undefined;
  /** Gates that ship, as if the scenario named them. */
  preset?: string | undefined;
  /** A baseline is named: where no gate rests on one, the usual ones are added. */
  heldAgainst?: boolean | undefined;
}

/** A value at a dotted path, as a tree to be laid over the scenario. */
export function overlay(path: readonly string[], node: Located, place: Place): Located {
  return path.reduceRight<Located>((below, key): LocatedMap => ({ kind: 'map', entries: new Map([[key, { key: place, node: below }]]), place }), node);
}

const scalar = (value: string | number | boolean, place: Place): Located => ({ kind: 'scalar', value, place, textPlace: null, fromEnvironment: false });

/** Lays one `--set key=value` over the scenario. The value is YAML; a map is merged, a list replaces, `null` takes the key away. */
export function applySet(root: Located, text: string, problems: Problem[]): Located {
  const place: Place = { argument: `--set ${text}` };
  const equals = text.indexOf('=');
  const path = text.slice(0, Math.max(0, equals)).trim().split('.');
  if (equals < 0 || path.some((step) => step === '')) {
    problems.push({ place, path: '', sentence: 'expected key=value with a dotted key, such as load.closed.users=[10,50]' });
    return root;
  }
  const read = readYaml(text.slice(equals + 1), () => place);
  problems.push(...read.problems.map((problem) => ({ ...problem, path: path.join('.') })));
  if (read.root === undefined) {
    if (read.problems.length === 0) problems.push({ place, path: path.join('.'), sentence: 'the value is missing' });
    return root;
  }
  if (read.root.kind === 'scalar' && read.root.value === null) return removeKey(root, path, place, problems);
  return mergeLocated(root, overlay(path, read.root, place));
}

/**
 * Lays the flags that stand for a setting over the scenario (--seed, --engine, --strict, --preset; they come after every --set), and
 * the default server under one that names none; a job needs none.
 */
export function applyFlags(root: Located, options: LoadOptions): Located {
  let tree = root;
  const lay = (path: string[], node: Located): void => { tree = mergeLocated(tree, overlay(path, node, node.place)); };
  if (options.seed !== undefined) lay(['dataset', 'seed'], scalar(options.seed, { argument: `--seed ${String(options.seed)}` }));
  if (options.preset !== undefined) lay(['gates', 'preset'], scalar(options.preset, { argument: `--preset ${options.preset}` }));
  if (options.strict === true) {
    lay(['policy', 'strict'], scalar(true, { argument: '--strict' }));
    if (nodeAt(tree, ['dataset', 'file']) !== undefined) lay(['dataset', 'strict'], scalar(true, { argument: '--strict' }));
  }
  if (options.engine !== undefined) {
    const place = { argument: `--engine ${options.engine}` };
    lay(['load', 'engine'], scalar(options.engine, place));
    // The simulated engine sends no HTTP, so whatever server was asked for, a queue with a known curve takes its place.
    if (options.engine === 'simulated' && nodeAt(tree, ['server', 'simulated']) === undefined) lay(['server', 'simulated'], emptyMap(place));
  }
  if (nodeAt(tree, ['server']) !== undefined || nodeAt(tree, ['load', 'job']) !== undefined) return tree;
  const engine = nodeAt(tree, ['load', 'engine']);
  lay(['server', engine?.kind === 'scalar' && engine.value === 'simulated' ? 'simulated' : 'reference'], emptyMap(tree.place));
  return tree;
}

const emptyMap = (place: Place): Located => ({ kind: 'map', entries: new Map(), place });
