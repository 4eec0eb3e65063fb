import { basename, dirname, isAbsolute, join } from 'node:path';
import type { Files } from '../host/index.js';
import { BenchError } from '../model/error.js';
import { nearestWord } from '../model/nearest.js';

/** A scenario file: where it lies, and how it is named in messages (never an absolute path of the machine unless it was asked for by one). */
export interface ScenarioFile {
  path: string;
  shown: string;
}

type ReadFiles = Pick<Files, 'exists' | 'list' | 'packageRoot'>;

const isBare = (source: string): boolean => !/[\\/]/.test(source);
const isYaml = (name: string): boolean => /\.ya?ml$/.test(name);
const forms = (source: string): string[] => (isYaml(source) ? [source] : [`${source}.yaml`, `${source}.yml`]);

/** Names of the scenarios that ship. */
export function shippedScenarios(files: ReadFiles): string[] {
  const folder = join(files.packageRoot, 'scenarios');
  return files.exists(folder) ? files.list(folder).filter(isYaml).map((name) => name.replace(/\.ya?ml$/, '')) : [];
}

/** A path, or the bare name of a file in scenarios/ (here, else in the package). Throws scenario-not-found. */
export function findScenario(source: string, files: ReadFiles): ScenarioFile {
  const found = firstThere([...asPath(source), ...byName(source, files)], files);
  if (found) return found;
  const shipped = shippedScenarios(files);
  const near = nearestWord(basename(source).replace(/\.ya?ml$/, ''), shipped);
  throw new BenchError('scenario-not-found', `There is no scenario "${source}".`, {
    hint: near === undefined ? 'Give the path of a YAML file, or one of the names above.' : `Did you mean "${near}"?`,
    details: [`scenarios that ship: ${shipped.join(', ')}`],
  });
}

/** What `extends` in a file means: a file beside that one first, then a name in scenarios/. */
export function findParent(source: string, child: ScenarioFile, files: ReadFiles): ScenarioFile | undefined {
  const beside = isAbsolute(source)
    ? asPath(source)
    : forms(source).map((form) => ({ path: join(dirname(child.path), form), shown: join(dirname(child.shown), form) }));
  return firstThere([...beside, ...byName(source, files)], files);
}

/** A word without a slash or an ending is a name, not a path: a folder called `quick` must not hide the scenario. */
function asPath(source: string): ScenarioFile[] {
  return isBare(source) && !isYaml(source) ? [] : forms(source).map((path) => ({ path, shown: path }));
}

function byName(source: string, files: ReadFiles): ScenarioFile[] {
  if (!isBare(source)) return [];
  return ['scenarios', join(files.packageRoot, 'scenarios')].flatMap((folder) =>
    forms(source).map((form) => ({ path: join(folder, form), shown: join('scenarios', form) })));
}

function firstThere(candidates: readonly ScenarioFile[], files: ReadFiles): ScenarioFile | undefined {
  return candidates.find(({ path }) => files.exists(path));
}
