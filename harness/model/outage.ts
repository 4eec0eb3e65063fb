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
  /** How often the server was started again during the stage. */
  restarts: z.number().int(),
});
export type Outage = z.infer<typeof outageSchema>;
