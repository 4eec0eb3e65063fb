import { z } from 'zod';

/** Closed load: `users` users, each waits for its answer, thinks (uniform between the bounds, ms), asks again. */
export const closedArrivalSchema = z.object({
  kind: z.literal('closed'),
  users: z.number().int().min(1),
  /** [least, most] think time, ms; equal bounds = fixed; [0, 0] = none. */
  thinkMs: z.tuple([z.number().min(0), z.number().min(0)]),
});

/** Open load: requests come at scheduled moments, whatever the server does. Latency counts from the moment. */
export const openArrivalSchema = z.object({
  kind: z.literal('open'),
  /** Requests a second that are asked of the server. */
  rateRps: z.number().positive(),
  /** poisson: gaps are exponential; constant: all gaps are alike. */
  process: z.enum(['poisson', 'constant']),
  /** Requests that can be open at once. What comes when all are is sent as soon as one ends. */
  inFlight: z.number().int().min(1),
});

/** How requests arrive. */
export const arrivalSchema = z.discriminatedUnion('kind', [closedArrivalSchema, openArrivalSchema]);
export type Arrival = z.infer<typeof arrivalSchema>;

/** One stage of the plan: an engine process of its own, a warm-up, a measured window. */
export const stageSchema = z.object({
  index: z.number().int().min(0),
  name: z.string(),
  role: z.enum(['warmup', 'measure']),
  /** Arm of a comparison; '' where nothing is compared. */
  arm: z.string(),
  repeat: z.number().int().min(0),
  /** Load before the window opens, s. */
  warmupS: z.number().min(0),
  /** Length of the measured window, s: its upper bound where `minRequests` is set. */
  durationS: z.number().positive(),
  /** The window closes when this many requests have ended in it; null = by time alone. */
  minRequests: z.number().int().min(1).nullable(),
  arrival: arrivalSchema,
});
export type Stage = z.infer<typeof stageSchema>;

/** How large a stage's load is, and in what it is counted: users, or requests a second. */
export interface LoadLevel {
  of: 'users' | 'rate';
  value: number;
}

/** The one number that tells stages of a kind apart. */
export function levelOf(arrival: Arrival): LoadLevel {
  return arrival.kind === 'closed' ? { of: 'users', value: arrival.users } : { of: 'rate', value: arrival.rateRps };
}

/** Requests that can be open at once: the users, or the pool that serves the schedule. */
export function workersOf(arrival: Arrival): number {
  return arrival.kind === 'closed' ? arrival.users : arrival.inFlight;
}

/** Longest pause a worker makes of its own accord, ms. */
export function longestThinkMs(arrival: Arrival): number {
  return arrival.kind === 'closed' ? arrival.thinkMs[1] : 0;
}
