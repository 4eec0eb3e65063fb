/**
 * The search for the highest rate that meets the gates: what is planned, what each probe said, and how it ended.
 *
 * A probe is a stage of open load. Three states: pass and fail are shown at the confidence of the early-stopping rule
 * (early-stopping.ts); undecided is all the rest, a measurement that is not valid among it, and never counts as a pass.
 */
import { z } from 'zod';

export const searchPlanSchema = z.object({
  /** The lowest and the highest rate that are tried, requests a second. */
  fromRps: z.number().positive(),
  toRps: z.number().positive(),
  /** The search ends when a rate that fails lies at most this share above one that passes, 0..1. */
  resolution: z.number().gt(0).lt(1),
  process: z.enum(['poisson', 'constant']),
  /** Requests that can be open at once; null = two seconds of the rate, from 20 to 2000. */
  inFlight: z.number().int().min(1).nullable(),
  warmupS: z.number().min(0),
  /** The shortest window of a probe, s. */
  durationS: z.number().positive(),
  /** A window is as long as so many requests take, where that is longer. */
  requests: z.number().int().min(1),
  /** Further probes at the found rate that must all pass. */
  confirm: z.number().int().min(1),
  /** No probe begins that would end later than this, s of load. */
  budgetS: z.number().positive(),
});
export type SearchPlan = z.infer<typeof searchPlanSchema>;

/** bracket: upwards until a rate does not pass; bisect: between a pass and what did not pass; confirm: again at the found rate. */
export const probePurposes = ['bracket', 'bisect', 'confirm'] as const;
export type ProbePurpose = (typeof probePurposes)[number];

export const searchProbeSchema = z.object({
  /** Index of its stage. */
  stage: z.number().int().min(0),
  rateRps: z.number().positive(),
  purpose: z.enum(probePurposes),
  state: z.enum(['pass', 'fail', 'undecided']),
  reason: z.object({
    /**
     * within, beyond: the gate nearest to its limit, farthest beyond it. unstable: arrivals exceed service. too-few: requests do not
     * suffice. invalid: the measurement; `why` is a validity code.
     */
    code: z.enum(['within', 'beyond', 'unstable', 'too-few', 'invalid']),
    /** gate: its id; bad of n requests, at most `allowed` (share) of them; why. */
    params: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
  /** Requests due in the window; requests that were sent in all. */
  due: z.number().int().min(0),
  sent: z.number().int().min(0),
  /** Window, and the time from the engine's start to the last answer, s. */
  durationS: z.number().min(0),
  tookS: z.number().min(0),
  /** How many requests would decide were the share as it was; null where that is not known or beyond reach. */
  needed: z.number().int().nullable(),
});
export type SearchProbe = z.infer<typeof searchProbeSchema>;

export const searchEndKinds = ['found', 'machine', 'unbounded', 'lowest-fails', 'lowest-undecided', 'highest-passes', 'budget'] as const;

export const searchEndSchema = z.object({
  /**
   * found: `lowRps` passes, confirmed, and `highRps` fails. machine: `lowRps` passes, confirmed, but above it the generator could not keep to its
   * schedule, so that nothing is known of the server there; `highRps` may be known or not. unbounded: nothing above could be shown to fail. highest-passes: even
   * the highest rate meets the gates. lowest-fails, lowest-undecided: no rate passed. budget: the time was spent before that.
   */
  kind: z.enum(searchEndKinds),
  /** The highest rate that passed and the lowest that failed; null where there is none. */
  lowRps: z.number().nullable(),
  highRps: z.number().nullable(),
  /** Confirming probes at `lowRps` that passed. */
  confirmed: z.number().int().min(0),
  /** With kind budget: a budget, s, that would have been enough even if each further probe took the longest way. */
  neededS: z.number().nullable(),
});
export type SearchEnd = z.infer<typeof searchEndSchema>;

/** The log of a search, in the order of the probes; `end` is null while it goes on, and of one that was cut off. */
export const searchRecordSchema = z.object({ probes: z.array(searchProbeSchema), end: searchEndSchema.nullable() });
export type SearchRecord = z.infer<typeof searchRecordSchema>;
