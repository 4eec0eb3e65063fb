/** A job for programs: parts of result.json. */
import { z } from 'zod';
import type { JobAnalysis } from '../model/analysis.js';
import type { StageResult } from '../model/record.js';

const figure = z.number().nullable();
const whole = z.number().int().min(0);

export const jobArrival = z.strictObject({ kind: z.literal('job'), timeoutS: z.number().positive() });

export const jobSchema = z.strictObject({
  durationS: z.number().describe('From the start of the command to the end of its own process.'),
  exitCode: z.number().int().nullable(),
  signal: z.string().nullable(),
  timedOut: z.boolean(),
  cpuS: figure.describe('CPU time of its whole process tree.'),
  cores: figure.describe('cpuS / durationS.'),
  rssPeakMiB: figure.describe('Of its whole process tree: a lower bound.'),
  others: figure.describe('Share of the machine that other programs used.'),
  steal: figure.describe('Share of the time that the hypervisor gave to other machines.'),
  lines: z.strictObject({ total: whole, json: whole, malformed: whole.describe('Begin with { and are no JSON.'), tooLong: whole }),
  metrics: z.array(z.strictObject({
    name: z.string(), n: whole, notFinite: whole.describe('Lines in which it was NaN or infinite.'), first: figure, last: figure, min: figure, max: figure,
    everyS: figure.describe('Mean time between two lines with this figure.'), longestGapS: figure,
  })),
}).optional().describe('Of a job; absent of any other stage.');

export function jobResult({ job: ended }: StageResult, job: JobAnalysis | undefined): { job?: NonNullable<z.infer<typeof jobSchema>> } {
  if (ended === undefined || job === undefined) return {};
  const seconds = (ms: number | null): number | null => (ms === null ? null : ms / 1000);
  return {
    job: {
      durationS: job.durationS, exitCode: ended.exitCode, signal: ended.signal, timedOut: ended.timedOut, cpuS: job.cpuS, cores: job.cores, rssPeakMiB: job.rssPeakMiB, others: job.others, steal: job.steal, lines: ended.lines,
      metrics: job.metrics.map(({ name, n, notFinite, first, last, min, max, everyMs, longestGapMs }) => ({ name, n, notFinite, first, last, min, max, everyS: seconds(everyMs), longestGapS: seconds(longestGapMs) })),
    },
  };
}
