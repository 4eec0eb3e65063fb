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
  /** In `unit`; null where it rests on a baseline that is not there. */
  limit: z.number().nullable(),
  unit: z.string(),
  level: z.enum(['error', 'warn']),
  /** Of a gate on a baseline: what that has, over how many runs, and how much the run differs. */
  baseline: z.object({
    value: z.number(),
    low: z.number().nullable(),
    high: z.number().nullable(),
    runs: z.number().int(),
    /** ratio: run / baseline; difference: run − factor · baseline. */
    change: z.object({ of: z.enum(['ratio', 'difference']), value: z.number(), low: z.number().nullable(), high: z.number().nullable() }),
  }).optional(),
  status: z.enum(['pass', 'fail', 'inconclusive', 'invalid', 'skipped']),
  /** Why it is so: within, beyond, straddles, too-few (needed), unbounded, gpu-unseen (stages), not-measured (why), stage-invalid, no-stage; of a baseline: change-within, change-beyond, change-straddles, change-unbounded, change-few-runs, no-baseline, baseline-unlike, baseline-lacks. */
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
