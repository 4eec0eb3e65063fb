/** What the load engine bears on this machine, as result.json tells it. */
import { z } from 'zod';
import type { ReportInput } from './report-input.js';

const figure = z.number().nullable();

export const calibrationResultSchema = z.union([
  z.strictObject({
    from: z.enum(['measured', 'cache']).describe('Just before the run, or earlier on the same day.'),
    ageS: z.number().describe('Age when the run began, s.'),
    bearsRps: figure.describe('Highest rate of open load that was sent on time to a server that needs little CPU; null where not even the lowest was.'),
    soundRps: figure.describe('The same without any doubt.'),
    atLeast: z.boolean().describe('True where no higher rate was tried.'),
    errorMs: z.strictObject({ rateRps: z.number(), p50: z.number(), p95: z.number() }).nullable().describe('What was told minus what the server took.'),
    rungs: z.array(z.strictObject({ rateRps: z.number(), due: z.number().int(), ended: z.number().int(), lagP99Ms: figure })),
  }),
  z.strictObject({ absent: z.string() }),
]).nullable().describe('Engine and machine against a built-in server of known latency; null for a simulated engine and in older records.');

export function calibrationResult({ record: { calibration }, analysis }: Pick<ReportInput, 'record' | 'analysis'>): z.infer<typeof calibrationResultSchema> {
  const found = analysis.calibration;
  if (calibration === undefined) return null;
  if (calibration.status === 'absent' || !found) return { absent: calibration.status === 'absent' ? calibration.why : 'not-measured' };
  const { from, ageS, figures } = calibration;
  const { bearsRps, soundRps, atLeast, error } = found;
  return { from, ageS, bearsRps, soundRps, atLeast, errorMs: error, rungs: figures.rungs.map(({ rateRps, due, ended, lagMs }) => ({ rateRps, due, ended, lagP99Ms: lagMs?.p99 ?? null })) };
}
