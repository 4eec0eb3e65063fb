import { isAbsolute } from 'node:path';
import type { Files } from '../host/index.js';
import { anyPairsKeys, datasetKeys, ownKeys } from '../model/scenario-dataset.js';
import { besidePlace, keyPlaceAt, nodeAt, pathText, placeAt, type Located, type Path, type Problem } from './located.js';

/** What must fit together where the pairs are the user's own. */
export function checkOwnPairs(root: Located): Problem[] {
  const dataset = nodeAt(root, ['dataset']);
  if (dataset?.kind !== 'map') return [];
  const keys = [...dataset.entries.keys()];
  const at = (path: Path, key: string, sentence: string): Problem => ({ place: keyPlaceAt(root, path, key), path: pathText([...path, key]), sentence });
  if (!keys.includes('file')) return keys.filter((key) => ownKeys.includes(key)).map((key) => at(['dataset'], key, 'belongs to dataset.file: pairs of your own'));
  const invented = keys.filter((key) => datasetKeys.includes(key) && isAboutInvented(key));
  return [
    ...invented.map((key) => at(['dataset'], key, 'cannot stand beside file: pairs of your own are taken as they are')),
    ...checkColumns(root),
  ];
}

function checkColumns(root: Located): Problem[] {
  const path = ['dataset', 'columns'];
  const columns = nodeAt(root, path);
  if (columns?.kind !== 'map') return [];
  const problem = (key: string, sentence: string): Problem => ({ place: placeAt(root, [...path, key]), path: pathText([...path, key]), sentence });
  const found: Problem[] = [];
  for (const [one, other] of [['a', 'b'], ['b', 'a']] as const) {
    if (columns.entries.has(one) && !columns.entries.has(other)) found.push(problem(one, `columns.${other} is missing: name both addresses, or neither`));
  }
  const seen = new Map<unknown, string>();
  for (const [key, { node }] of columns.entries) {
    if (node.kind !== 'scalar' || node.value === false || node.value === null) continue;
    const before = seen.get(node.value);
    if (before !== undefined) found.push(problem(key, `is the same column as columns.${before}`));
    seen.set(node.value, key);
  }
  return found;
}

/** Where the file that `at` names lies: own pairs, or moments of arrival. `folders`: see besidePlace. */
export function findOwnFile(root: Located, at: Path, folders: ReadonlyMap<string, string>, files: Pick<Files, 'exists'>): { path?: string; problems: Problem[] } {
  const node = nodeAt(root, at);
  if (node?.kind !== 'scalar' || typeof node.value !== 'string' || node.value === '') return { problems: [] };
  const { place, value } = node;
  const path = besidePlace(value, place, folders);
  if (files.exists(path)) return { path, problems: [] };
  const beside = 'file' in place ? `there is no file "${value}" beside the scenario` : `there is no file "${value}" in this folder`;
  return { problems: [{ place, path: pathText(at), sentence: isAbsolute(value) ? `there is no file "${value}"` : beside }] };
}

/** Whether a key speaks of invented pairs. */
export const isAboutInvented = (key: string): boolean => !ownKeys.includes(key) && !anyPairsKeys.includes(key);
