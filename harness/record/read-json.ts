import type { z } from 'zod';
import { BenchError } from '../model/error.js';
import { jsonFault } from '../model/json-fault.js';
import { sentenceOf } from '../model/schema-sentence.js';

/** A file of ours as it was written: whole, of a version this program reads (of several the one it writes stands first), and with every field as the schema has it. Throws record-unreadable. */
export function readJsonRecord<T>(text: string, file: string, { schema, version, what }: { schema: z.ZodType<T>; version: string | readonly string[]; what: string }): T {
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
  if (parsed.success) return parsed.data;
  throw new BenchError('record-unreadable', `${file} breaks the record's schema in ${String(parsed.error.issues.length)} places.`, {
    hint: 'The file was changed by hand or by another program.',
    details: parsed.error.issues.slice(0, 10).map((issue) => `${issue.path.join('.')}: ${issue.message}`),
  });
}
