/** What must fit together where the conformance suite takes the place of load. */
import { nodeAt, keyPlaceAt, pathText, type Located, type Path, type Problem } from './located.js';

/** Keys of `load` that speak of load. */
const ofLoad = ['engine', 'warmup', 'onEngineFailure'];

/** Complaints about what has no part in the suite: it judges itself, and sends what it needs. */
export function checkConformance(root: Located): Problem[] {
  if (nodeAt(root, ['load', 'conformance']) === undefined) return [];
  const has = (path: Path): boolean => nodeAt(root, path) !== undefined;
  const keysOf = (path: Path): string[] => { const node = nodeAt(root, path); return node?.kind === 'map' ? [...node.entries.keys()] : []; };
  const complain = (path: Path, sentence: string): Problem => ({ place: keyPlaceAt(root, path.slice(0, -1), String(path.at(-1))), path: pathText(path), sentence });
  return [
    ...keysOf(['load']).filter((key) => ofLoad.includes(key)).map((key) => complain(['load', key], 'is of load, and the conformance suite drives none')),
    ...(keysOf(['gates']).length > 0 ? [complain(['gates'], 'the conformance suite has no figures to gate on: a check of level must that fails fails the run')] : []),
    ...['answers', 'capacity', 'compare', 'repeat'].filter((key) => has([key])).map((key) => complain([key], 'has no part in the conformance suite')),
    ...keysOf(['dataset']).filter((key) => key !== 'seed').map((key) => complain(['dataset', key], 'the conformance suite makes its own requests')),
    ...(has(['record', 'requests']) ? [complain(['record', 'requests'], 'the conformance suite drives no load')] : []),
    ...(has(['server', 'simulated']) ? [complain(['server', 'simulated'], 'a simulated server answers nobody: name a real one')] : []),
  ];
}
