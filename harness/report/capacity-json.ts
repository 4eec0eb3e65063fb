/** Replicas for target rates, as result.json tells them. */
import { z } from 'zod';
import type { Capacity } from '../model/capacity.js';
import type { Finding } from '../model/estimate.js';

const figure = z.number().nullable();
const whole = z.number().int().min(0);

export const capacitySchema = z.union([
  z.strictObject({ absent: z.string().describe('Why there is none: closed-load, no-gates, unfinished, wrong-answers, run-gate-failed, invalid, no-rate-passed, not-confirmed.') }),
  z.strictObject({
    from: z.enum(['search', 'rates']).describe('search: what load.search found; rates: stages of open load.'),
    lowRps: z.number().describe('The highest rate that met every gate: a lower bound of what one replica bears, requests a second.'),
    highRps: figure.describe('The lowest rate above it that did not; null where none was shown not to.'),
    stages: z.array(whole).describe('Indexes of the stages it rests on.'),
    suspect: whole.describe('How many of these stages are suspect.'),
    cacheShare: figure.describe('Share of the answers there that came from the server\'s cache; null where it does not say.'),
    assumed: z.strictObject({ growth: z.number(), headroom: z.number(), balance: z.number(), spare: whole }).describe('Shares 0 to 1, and replicas that may fail.'),
    perReplicaRps: z.number().describe('lowRps · balance · (1 − headroom).'),
    targets: z.array(z.strictObject({
      targetRps: z.number(), asked: z.boolean().describe('Whether the plan named it.'),
      peakRps: z.number().describe('targetRps · (1 + growth).'),
      replicas: whole.describe('⌈peakRps / perReplicaRps⌉ + spare.'),
      fewest: figure.describe('The same, were one replica to bear all but highRps; null where that is null.'),
      load: z.number().describe('Load of the busiest replica as a share of lowRps.'),
      loadAfterLoss: figure.describe('The same with the spare replicas lost; null where none is spare.'),
    })),
  }),
]).describe('Replicas for target rates, some of which may fail, from the highest open rate that met every gate.');

export function capacityResult(capacity: Finding<Capacity>): z.infer<typeof capacitySchema> {
  if (capacity.kind === 'absent') return { absent: capacity.why };
  const { held, plan: { growth, headroom, balance, spare }, perReplicaRps, rows, cacheShare } = capacity.value;
  return { ...held, cacheShare, assumed: { growth, headroom, balance, spare }, perReplicaRps, targets: rows };
}
