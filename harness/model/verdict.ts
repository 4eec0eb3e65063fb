import { z } from 'zod';

/** One judged expectation. Text is made at render time from `message` (code and values). */
export const checkSchema = z.object({
  id: z.string(),
  expression: z.string(),
  metric: z.string(),
  /** Index of the judged stage; null for the whole run. */
  stage: z.number().int().nullable(),
  /** Measured value in `unit`; null where it could not be measured, or is beyond every bound (failures count as +∞). */
  actual: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  limit: z.number(),
  unit: z.string(),
  level: z.enum(['error', 'warn']),
  status: z.enum(['pass', 'fail', 'inconclusive', 'invalid', 'skipped']),
  /** Why it is so: within, beyond, straddles, too-few (needed), unbounded, not-measured (why), stage-invalid, no-stage. */
  reason: z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) }),
});
export type Check = z.infer<typeof checkSchema>;

/** The answer to "will it hold?". */
export const verdictSchema = z.object({
  status: z.enum(['pass', 'fail', 'inconclusive', 'invalid']),
  exitCode: z.number().int(),
  checks: z.array(checkSchema),
  /** What the one sentence is about: code and values; its wording is the report's. */
  headline: z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number(), z.null()])) }),
});
export type Verdict = z.infer<typeof verdictSchema>;
