import type { Files } from '../host/index.js';
import { comparisonFileSchema, type ComparisonFile } from '../model/comparison.js';
import { BenchError } from '../model/error.js';
import { readJsonRecord } from './read-json.js';

const name = 'comparison.json';
const currentSchema = 'mgeo-bench/comparison/1';

/** Whether a path names a comparison: its file, or a folder that has one and no run of its own. */
export function isComparison(path: string, files: Files): boolean {
  if (path.endsWith('.json')) return path.split('/').at(-1) === name;
  const folder = path.replace(/\/+$/, '');
  return files.tryReadText(`${folder}/run.json`) === null && files.tryReadText(`${folder}/${name}`) !== null;
}

/** Reads a saved comparison: a folder with comparison.json, or the file itself. Checks every field; throws record-unreadable. */
export function readComparison(path: string, files: Files): ComparisonFile {
  const file = path.endsWith('.json') ? path : `${path.replace(/\/+$/, '')}/${name}`;
  const text = files.tryReadText(file);
  if (text === null) throw new BenchError('record-unreadable', `There is no comparison at ${file}.`, { hint: `Give the folder of a comparison, or its ${name}.` });
  return readJsonRecord(text, file, { schema: comparisonFileSchema, version: currentSchema, what: `the folder of a comparison or its ${name}` });
}
