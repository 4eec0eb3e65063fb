import type { z } from 'zod';
import { BenchError, messageOf } from '../model/error.js';

/** A file of ours as it was written: whole, of the version this program reads, and with every field as the schema has it. Throws record-unreadable. */
export function readJsonRecord<T>(text: string, file: string, { schema, version, what }: { schema: z.ZodType<T>; version: string; what: string }): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new BenchError('record-unreadable', `${file} is not whole JSON: ${messageOf(error)}.`, { hint: 'The file was cut or changed; the run must be made again.' });
  }
  const found = (value as { schema?: unknown } | null)?.schema;
  if (found !== version) {
    throw new BenchError('record-unreadable', `${file} is not a record this version reads: its schema is ${JSON.stringify(found ?? null)}, not "${version}".`, { hint: `Give ${what}; a record of another version needs the mgeo-bench that wrote it.` });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new BenchError('record-unreadable', `${file} breaks the record's schema in ${String(parsed.error.issues.length)} places.`, {
    hint: 'The file was changed by hand or by another program.',
    details: parsed.error.issues.slice(0, 10).map((issue) => `${issue.path.join('.')}: ${issue.message}`),
  });
}
