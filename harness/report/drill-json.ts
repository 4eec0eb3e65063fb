/** A drill for programs: part of result.json. */
import { z } from 'zod';
import type { StageAnalysis } from '../model/analysis.js';

const figure = z.number().nullable();
const whole = z.number().int().min(0);

export const outageResultSchema = z.union([
  z.strictObject({
    percentile: z.number(), limitMs: z.number(), windowS: z.number(), watchedS: z.number(),
    fromS: figure.describe('Where the first window that broke the promise begins, since the measured window opened; null where none did.'),
    brokenS: z.number().describe('Windows that broke it, together.'),
    recovered: z.boolean().describe('Whether it held again, and was seen to stay.'),
    timeS: z.strictObject({ value: z.number(), low: figure, high: figure }).describe('From the first window that broke it until it holds again; not recovered: at least `low`, and `high` is null.'),
    worstMs: figure.describe('Worst percentile of a window; null where failures made it infinite.'),
    slowestMs: figure.describe('The slowest right answer.'),
    unended: whole.describe('Requests that never came to an end.'),
    restarts: whole.describe('How often the server was started again during the stage.'),
  }),
  z.strictObject({ absent: z.string() }),
]).describe('Of a drill; absent of any other stage.');

/** The `outage` of a stage in result.json; empty where the stage is no drill. */
export function outageResult({ outage }: StageAnalysis): { outage?: z.infer<typeof outageResultSchema> } {
  if (outage === undefined) return {};
  if (outage.kind === 'absent') return { outage: { absent: outage.why } };
  const { p, limitMs, windowS, watchedS, fromS, brokenS, recovered, time: { value, low, high }, worstMs, slowestMs, unended, restarts } = outage.value;
  return { outage: { percentile: p, limitMs, windowS, watchedS, fromS, brokenS, recovered, timeS: { value, low, high }, worstMs, slowestMs, unended, restarts } };
}
