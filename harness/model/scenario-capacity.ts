/** The key of a scenario that plans replicas. */
import { z } from 'zod';
import { usualCapacityPlan, type CapacityPlan } from './capacity.js';
import { share, shareOf, unlessMissing, whole } from './scenario-value.js';

const rateError = 'expected a number of requests a second above 0, such as 500 or 500/s';
const ratePattern = /^\s*(\d+(?:\.\d+)?)\s*(?:\/\s*s)?\s*$/;

/** Requests a second of 500, "500" or "500/s"; null where it is none. */
export function readRate(written: string | number): number | null {
  const rate = typeof written === 'number' ? written : Number(ratePattern.exec(written)?.[1] ?? Number.NaN);
  return Number.isFinite(rate) && rate > 0 ? rate : null;
}

const target = z.union([z.number(), z.string()], { error: unlessMissing(rateError) }).refine((written) => readRate(written) !== null, { error: rateError });

/** What is wrong with an assumption, by its key. */
export const capacityExpected = {
  growth: 'a share of at least 0, such as 0.2 or 20%',
  headroom: 'a share from 0 to below 1, such as 0.3 or 30%',
  balance: 'a share above 0 and at most 1, such as 0.9 or 90%',
} as const;

export const capacitySchema = z.strictObject({
  target: z.union([target, z.array(target).min(1, { error: 'expected at least one rate' })], { error: unlessMissing(rateError) })
    .describe('Requests a second to plan for, in the busiest hour; or a list. Default: round rates near what one replica bears.').optional(),
  growth: share('The target grows by so much before replicas are added.', (value) => value >= 0 && value <= 100, capacityExpected.growth).default(usualCapacityPlan.growth),
  headroom: share('Share of what a replica bears that is kept free.', (value) => value >= 0 && value < 1, capacityExpected.headroom).default(`${String(usualCapacityPlan.headroom * 100)}%`),
  balance: share('Mean load of a replica as a share of that of the busiest; 1 = the balancer shares out evenly.', (value) => value > 0 && value <= 1, capacityExpected.balance).default(usualCapacityPlan.balance),
  spare: whole(0, 1000, 'Replicas that may fail with the rest still bearing the target.').default(usualCapacityPlan.spare),
}).describe('How many replicas a target rate takes, from the highest open rate that met the gates.');
export const capacity = capacitySchema.optional();

/** The assumptions in numbers; absent where the scenario has none. */
export function capacityPlanOf(written: z.infer<typeof capacity>): { capacity?: CapacityPlan } {
  if (written === undefined) return {};
  const { target: rates, growth, headroom, balance, spare } = written;
  const targetsRps = rates === undefined ? [] : [rates].flat().flatMap((rate) => readRate(rate) ?? []);
  return { capacity: { targetsRps, growth: shareOf(growth), headroom: shareOf(headroom), balance: shareOf(balance), spare } };
}
