/** What users saw of a drill: harness/analysis/outage.ts. Times in s since the measured window opened. */
import { z } from 'zod';

export const outageSchema = z.object({
  /** What was promised: the `p`-th percentile of each window is at most `limitMs`. */
  p: z.number(),
  limitMs: z.number(),
  windowS: z.number(),
  watchedS: z.number(),
  /** Where the first window that broke it begins; null where none did. */
  fromS: z.number().nullable(),
  /** Windows that broke it, together. */
  brokenS: z.number(),
  /** Whether it held again, and was seen to stay. */
  recovered: z.boolean(),
  /** From the first window that broke it until it holds again; not recovered: `value` is what was watched from there, `high` is null. */
  time: z.object({ value: z.number(), low: z.number().nullable(), high: z.number().nullable(), confidence: z.number(), method: z.literal('windows'), n: z.number() }),
  /** The worst percentile of a window, ms; null where failures made it infinite. */
  worstMs: z.number().nullable(),
  /** Requests that were due, and what became of them: due = answered + failed + unended. */
  due: z.number().int(),
  answered: z.number().int(),
  failed: z.number().int(),
  unended: z.number().int(),
  /** Failed requests by kind. */
  errors: z.record(z.string(), z.number().int()),
  /** The slowest right answer, ms; null where there was none. */
  slowestMs: z.number().nullable(),
  /** Of the answered, those that a fallback gave in place of the model; absent in older files. */
  degraded: z.number().int().optional(),
  /** Answers under load held against those before it, those that changed sides, and the largest change of a score; absent in older files. */
  checked: z.number().int().optional(),
  flips: z.number().int().optional(),
  maxDelta: z.number().nullable().optional(),
  /** When the fault struck, where it is known: of a crash `fromS` = `toS`; `toS` is null of a fault that nothing ended. Absent in older files. */
  fault: z.object({ kind: z.enum(['crash', 'planted']), fromS: z.number(), toS: z.number().nullable() }).optional(),
  /** From the end of the fault until the promise held again: 0 where it held before. Absent where either is not known, or nothing was broken. Not recovered: what was watched, `high` is null. */
  afterFault: z.object({ value: z.number(), low: z.number(), high: z.number().nullable() }).optional(),
  /** How often the server was started again during the stage. */
  restarts: z.number().int(),
});
export type Outage = z.infer<typeof outageSchema>;
