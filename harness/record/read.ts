import type { Files } from '../host/index.js';
import { BenchError } from '../model/error.js';
import { contradictionsIn } from '../model/record-sense.js';
import { runRecordSchema, type RunRecord } from '../model/record.js';
import { isComparison } from './read-comparison.js';
import { readJsonRecord } from './read-json.js';

const currentSchema = 'mgeo-bench/run/1';

/** Reads a saved run: a folder with run.json, or the file itself. Checks every field, and what they say together. */
export function readRecord(path: string, files: Files): RunRecord {
  const file = path.endsWith('.json') ? path : `${path.replace(/\/+$/, '')}/run.json`;
  const text = files.tryReadText(file);
  if (text !== null && !isComparison(path, files)) return readJsonRecord(text, file, { schema: runRecordSchema, version: currentSchema, what: 'the folder of a run or its run.json', wrongIn: contradictionsIn });
  const hint = isComparison(path, files)
    ? 'That is a comparison of several runs: each of them has its record in rounds/; “mgeo-bench report” renders the comparison itself.'
    : 'Give the folder of a run, such as reports/<time>-quick-xxxx, or its run.json.';
  throw new BenchError('record-unreadable', `There is no record of a run at ${file}.`, { hint });
}
