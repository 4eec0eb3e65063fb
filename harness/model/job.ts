/** A command that is measured: how long it takes, what it costs, and what it says of itself in JSON lines. */
import { z } from 'zod';

/** As planned. `{url}` in command and env stands for the server's address, `{package}` for the folder of mgeo-bench. */
export const jobPlanSchema = z.object({
  command: z.array(z.string()).min(1),
  /** Folder it is started in; null = where mgeo-bench is started. */
  cwd: z.string().nullable(),
  env: z.record(z.string(), z.string()),
  /** It is stopped after so long, s. */
  timeoutS: z.number().positive(),
});
export type JobPlan = z.infer<typeof jobPlanSchema>;

/** The stage of a job: one command, from its start to its end. */
export const jobArrivalSchema = z.object({ kind: z.literal('job'), timeoutS: z.number().positive() });

/** One numeric field of the job's JSON lines. */
export const jobMetricSchema = z.object({
  /** Its key; of a field inside a map the path, with dots. */
  name: z.string(),
  /** Lines in which it was a number, and in which it was NaN or infinite. */
  n: z.number().int(),
  notFinite: z.number().int(),
  /** Over all numbers; null where there is none. `last` is null also where the last line had no finite value. */
  first: z.number().nullable(),
  last: z.number().nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  /** Between its first and its last line, and the longest time between two of its lines, ms; null where there is one line. */
  spanMs: z.number().nullable(),
  longestGapMs: z.number().nullable(),
  /** Each kept point stands for so many: long series are thinned, their first and last point stay. */
  every: z.number().int().min(1),
  /** ms since the run started at which the line was read; values, null where not finite. */
  t: z.array(z.number()),
  v: z.array(z.number().nullable()),
});
export type JobMetric = z.infer<typeof jobMetricSchema>;

/** What became of the command. */
export const jobResultSchema = z.object({
  /** From its start until its own process ended, on the monotonic clock. */
  durationMs: z.number(),
  exitCode: z.number().int().nullable(),
  signal: z.string().nullable(),
  timedOut: z.boolean(),
  /** CPU time of all processes of its tree, as the kernel handed it over when they ended; null where it does not say. */
  cpuS: z.number().nullable(),
  /** Lines of its stdout; those that hold a JSON object; those that begin as one and are none (`tooLong`: among them, of more than 65,536 characters). */
  lines: z.object({ total: z.number().int(), json: z.number().int(), malformed: z.number().int(), tooLong: z.number().int() }),
  metrics: z.array(jobMetricSchema),
  /** Numeric fields of which nothing is kept, for there were too many names. */
  unkept: z.number().int(),
});
export type JobResult = z.infer<typeof jobResultSchema>;
