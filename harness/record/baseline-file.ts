import type { Files } from '../host/index.js';
import { baselineSchema, baselineVersions, type Baseline, type BaselineFigure } from '../model/baseline.js';
import { BenchError } from '../model/error.js';
import { nearestWord } from '../model/nearest.js';
import { readJsonRecord } from './read-json.js';

/** Where the baseline of a scenario stands unless another place is named. */
export function baselinePath(scenario: string): string {
  return `reports/baselines/${scenario}.json`;
}

/** Reads a baseline and checks every field. Throws baseline-missing, with the nearest name beside it, or record-unreadable. */
export function readBaseline(path: string, files: Files): Baseline {
  const text = files.tryReadText(path);
  if (text !== null) return readJsonRecord(text, path, { schema: baselineSchema, version: baselineVersions, what: 'a baseline that “mgeo-bench gate RUN --accept” wrote' });
  const known = baselinesNear(path, stemOf(path), files);
  throw new BenchError('baseline-missing', `There is no baseline at ${path}.`, { hint: `Make one of a run that you trust: mgeo-bench gate RUN --accept.${known === '' ? '' : ` ${known}`}` });
}

/** Which other baselines there are beside `path`, or where none is in their usual place, and the one whose name is nearest to `wanted`; empty where there are none. */
export function baselinesNear(path: string, wanted: string, files: Files): string {
  const [folder, names] = [folderOf(path), folderOf(baselinePath(wanted))].map((where) => [where, namesIn(where, files).filter((name) => `${where}/${name}.json` !== path)] as const).find(([, found]) => found.length > 0) ?? ['', []];
  const near = nearestWord(wanted, names);
  return names.length === 0 ? '' : `There ${names.length === 1 ? 'is' : 'are'} ${names.slice(0, 8).map((name) => `${folder}/${name}.json`).join(', ')}${near === undefined ? '' : `; did you mean ${folder}/${near}.json?`}`;
}

/** One value a line, in an order that does not change, so that a diff shows which figures moved. */
export function writeBaseline(path: string, baseline: Baseline, files: Files): void {
  files.makeDir(folderOf(path));
  files.writeText(path, `${JSON.stringify(inOrder(baseline), null, 2)}\n`);
}

function inOrder({ schema, scenario, accepted, fingerprint, runs, answers, confidence, whole, stages }: Baseline): Baseline {
  return { schema, scenario, accepted, fingerprint, runs, ...(answers === undefined ? {} : { answers }), confidence, whole: sorted(whole), stages: stages.map(({ name, load, figures }) => ({ name, load, figures: sorted(figures) })) };
}

function sorted(figures: Record<string, BaselineFigure>): Record<string, BaselineFigure> {
  return Object.fromEntries(Object.entries(figures).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, { unit, value, low, high, within, values }]) => [name, {
    unit, value: rounded(value), low: low === null ? null : rounded(low), high: high === null ? null : rounded(high),
    within: { below: within.below === null ? null : rounded(within.below), above: within.above === null ? null : rounded(within.above) }, values: values.map(rounded),
  }]));
}

/** Six significant digits: far below any noise, and a reader of a diff sees the number. */
const rounded = (value: number): number => Number(value.toPrecision(6));

const folderOf = (path: string): string => (path.includes('/') ? path.replace(/\/[^/]*$/, '') || '/' : '.');
const stemOf = (path: string): string => (path.split('/').at(-1) ?? path).replace(/\.json$/, '');

function namesIn(folder: string, files: Files): string[] {
  // Of a folder with other JSON in it only the baselines are told.
  return files.exists(folder) ? files.list(folder).filter((name) => name.endsWith('.json') && files.tryReadText(`${folder}/${name}`)?.includes('"mgeo-bench/baseline/') === true).map(stemOf).sort() : [];
}
