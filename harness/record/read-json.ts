import type { z } from 'zod';
import { BenchError } from '../model/error.js';
import { jsonFault } from '../model/json-fault.js';
import { sentenceOf } from '../model/schema-sentence.js';

/** A place in a file and what is wrong there. */
interface Wrong { path: string; message: string }

/**
 * A file of ours as it was written: whole, of a version this program reads (of several the one it writes stands first), with every field as the schema has
 * it, and (`wrongIn`) without what no program of ours writes. Throws record-unreadable.
 */
export function readJsonRecord<T>(text: string, file: string, { schema, version, what, wrongIn }: { schema: z.ZodType<T>; version: string | readonly string[]; what: string; wrongIn?: (value: T) => readonly Wrong[] }): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new BenchError('record-unreadable', `${file} is not whole JSON: ${jsonFault(text, error)}.`, { hint: 'The file was cut or changed; the run must be made again.' });
  }
  const found = (value as { schema?: unknown } | null)?.schema;
  const versions = [version].flat();
  if (typeof found !== 'string' || !versions.includes(found)) {
    throw new BenchError('record-unreadable', `${file} is not a record this version reads: its schema is ${JSON.stringify(found ?? null)}, not "${versions[0] ?? ''}".`, { hint: `Give ${what}; a record of another version needs the mgeo-bench that wrote it.` });
  }
  const parsed = schema.safeParse(value, { error: sentenceOf, reportInput: true });
  const wrong = parsed.success ? (wrongIn?.(parsed.data) ?? []) : parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  if (parsed.success && wrong.length === 0) return parsed.data;
  const details = wrong.slice(0, 10).map(({ path, message }) => `${path}: ${message}`);
  const hint = 'The file was changed by hand or by another program.';
  if (parsed.success) throw new BenchError('record-unreadable', `${file} contradicts itself.`, { hint, details });
  throw new BenchError('record-unreadable', wrong.length === 1 ? `${file} breaks the record's schema in one place.` : `${file} breaks the record's schema in ${String(wrong.length)} places.`, { hint, details });
}
