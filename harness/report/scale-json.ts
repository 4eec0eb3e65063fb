/** How throughput scales, as result.json tells it. */
import { z } from 'zod';
import type { Estimate, Finding } from '../model/estimate.js';
import type { ScaleAnalysis } from '../model/scale.js';

const bounded = z.strictObject({ value: z.number(), low: z.number().nullable(), high: z.number().nullable() });

export const uslSchema = z.union([
  z.strictObject({ absent: z.string().describe('Why there is no curve: too-few-levels, too-narrow, does-not-fit.') }),
  z.strictObject({
    lambdaRps: z.number(), sigma: z.number(), kappa: z.number(),
    worstMiss: z.number().describe('Largest |measured / fitted − 1| of a level.'),
    levels: z.array(z.strictObject({ stage: z.number().int(), inFlight: z.number(), rps: z.number() })),
    knee: z.union([z.strictObject({ inFlight: bounded }), z.strictObject({ absent: z.string() })]),
    peak: z.union([z.strictObject({ inFlight: bounded, rps: bounded }), z.strictObject({ absent: z.string() })]),
  }),
]).describe('Universal Scalability Law X(N) = λN / (1 + σ(N−1) + κN(N−1)), N requests in flight, fitted to the closed stages.');

const bounds = ({ value, low, high }: Estimate): z.infer<typeof bounded> => ({ value, low, high });

/** The `analysis.usl` of result.json; `{absent: why}` where no curve was fitted, and for a knee or peak that is not there. */
export function uslResult(scale: Finding<ScaleAnalysis>): z.infer<typeof uslSchema> {
  if (scale.kind === 'absent') return { absent: scale.why };
  const { curve, worstMiss, levels, knee, peak } = scale.value;
  return {
    ...curve, worstMiss, levels,
    knee: knee.kind === 'absent' ? { absent: knee.why } : { inFlight: bounds(knee.value) },
    peak: peak.kind === 'absent' ? { absent: peak.why } : { inFlight: bounds(peak.value.inFlight), rps: bounds(peak.value.rps) },
  };
}
