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
    degraded: whole.optional().describe('Of the answered requests, those that a fallback answered in place of the model; absent in older records.'),
    checked: whole.optional().describe('Answers under load held against those before it.'), flips: whole.optional().describe('Of them, those that changed sides.'), maxDelta: figure.optional().describe('The largest change of a score.'),
    fault: z.strictObject({ kind: z.enum(['crash', 'planted']), fromS: z.number(), toS: figure }).optional().describe('When the fault struck, since the measured window opened; of a crash both moments are the same, `toS` is null where nothing ended it. Absent where it is not known.'),
    afterFaultS: z.strictObject({ value: z.number(), low: z.number(), high: figure }).optional().describe('From the end of the fault until the promise held again; 0 where it held before. Absent where it is not known, or nothing was broken.'),
    unended: whole.describe('Requests that never came to an end.'),
    restarts: whole.describe('How often the server was started again during the stage.'),
  }),
  z.strictObject({ absent: z.string() }),
]).describe('Of a drill; absent of any other stage.');

/** The `outage` of a stage in result.json; empty where the stage is no drill. */
export function outageResult({ outage }: StageAnalysis): { outage?: z.infer<typeof outageResultSchema> } {
  if (outage === undefined) return {};
  if (outage.kind === 'absent') return { outage: { absent: outage.why } };
  const { p, limitMs, windowS, watchedS, fromS, brokenS, recovered, time: { value, low, high }, worstMs, slowestMs, unended, restarts, degraded, checked, flips, maxDelta, fault, afterFault } = outage.value;
  return { outage: { percentile: p, limitMs, windowS, watchedS, fromS, brokenS, recovered, timeS: { value, low, high }, worstMs, slowestMs, unended, restarts,
    ...(degraded === undefined ? {} : { degraded }), ...(checked === undefined ? {} : { checked }), ...(flips === undefined ? {} : { flips }), ...(maxDelta === undefined ? {} : { maxDelta }),
    ...(fault === undefined ? {} : { fault }), ...(afterFault === undefined ? {} : { afterFaultS: afterFault }) } };
}
