import type { Files } from '../host/index.js';
import { BenchError, messageOf } from '../model/error.js';
import { runRecordSchema, type RunRecord } from '../model/record.js';

const currentSchema = 'mgeo-bench/run/1';

/** Reads a saved run: a folder with run.json, or the file itself. Checks every field. */
export function readRecord(path: string, files: Files): RunRecord {
  const file = path.endsWith('.json') ? path : `${path.replace(/\/+$/, '')}/run.json`;
  const text = files.tryReadText(file);
  if (text === null) throw new BenchError('record-unreadable', `There is no record at ${file}.`, { hint: 'Give the folder of a run, such as reports/<time>-quick-xxxx, or its run.json.' });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new BenchError('record-unreadable', `${file} is not whole JSON: ${messageOf(error)}.`, { hint: 'The file was cut or changed; the run must be made again.' });
  }
  const schema = (value as { schema?: unknown } | null)?.schema;
  if (schema !== currentSchema) {
    throw new BenchError('record-unreadable', `${file} is not a record this version reads: its schema is ${JSON.stringify(schema ?? null)}, not "${currentSchema}".`, { hint: 'Give the folder of a run or its run.json; a record of another version needs the mgeo-bench that wrote it.' });
  }
  const parsed = runRecordSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new BenchError('record-unreadable', `${file} breaks the record's schema in ${String(parsed.error.issues.length)} places.`, {
    hint: 'The file was changed by hand or by another program.',
    details: parsed.error.issues.slice(0, 10).map((issue) => `${issue.path.join('.')}: ${issue.message}`),
  });
}
