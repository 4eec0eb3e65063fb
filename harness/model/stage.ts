import { z } from 'zod';
import { jobArrivalSchema } from './job.js';
import { offlineArrivalSchema, replayArrivalSchema, spikeArrivalSchema } from './stage-shapes.js';

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

/** Bursts: `requests` requests released together, again and again. Latency counts from the release. */
export const burstArrivalSchema = z.object({
  kind: z.literal('burst'),
  requests: z.number().int().min(1),
  /** From one release to the next, s. */
  everyS: z.number().positive(),
  /** Releases in the window. */
  repeats: z.number().int().min(1),
});

/** How requests arrive. */
export const arrivalSchema = z.discriminatedUnion('kind', [closedArrivalSchema, openArrivalSchema, burstArrivalSchema, spikeArrivalSchema, replayArrivalSchema, offlineArrivalSchema, jobArrivalSchema]);
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
  /** Length of the measured window, s: its upper bound where `minRequests` is set, of an offline load and of a job. */
  durationS: z.number().positive(),
  /** The window closes when this many requests have ended in it; null = by time alone. */
  minRequests: z.number().int().min(1).nullable(),
  arrival: arrivalSchema,
  /** True for a part of a mix: all of them are driven at the same time, over one window; absent = alone. */
  mixed: z.boolean().optional(),
  /** Whether the stage looks for drift and leaks; absent = it does not. */
  soak: z.boolean().optional(),
});
export type Stage = z.infer<typeof stageSchema>;

/** How large a stage's load is, and in what it is counted: users, requests a second (the mean of a replay, the peak of a spike), requests at once, pairs in all, or commands. */
export interface LoadLevel {
  of: 'users' | 'rate' | 'burst' | 'peak' | 'pairs' | 'job';
  value: number;
}

/** The one number that tells stages of a kind apart. */
export function levelOf(arrival: Arrival): LoadLevel {
  switch (arrival.kind) {
    case 'closed': return { of: 'users', value: arrival.users };
    case 'open': return { of: 'rate', value: arrival.rateRps };
    case 'burst': return { of: 'burst', value: arrival.requests };
    case 'spike': return { of: 'peak', value: arrival.peakRps };
    case 'replay': return { of: 'rate', value: arrival.rateRps };
    case 'offline': return { of: 'pairs', value: arrival.pairs };
    case 'job': return { of: 'job', value: 1 };
  }
}

/** Requests that can be open at once: the users, or the pool that serves the schedule; a burst has a worker for each of its requests, a job sends none. */
export function workersOf(arrival: Arrival): number {
  switch (arrival.kind) {
    case 'closed': return arrival.users;
    case 'open':
    case 'spike':
    case 'replay':
    case 'offline': return arrival.inFlight;
    case 'burst': return arrival.requests;
    case 'job': return 0;
  }
}

/** Requests that can be open at once where the scenario does not say: two seconds of the rate show a stall of that length whole. */
export function workersFor(requestsInTwoSeconds: number): number {
  return Math.min(2000, Math.max(20, Math.ceil(requestsInTwoSeconds)));
}

/** Longest pause a worker makes of its own accord, ms. */
export function longestThinkMs(arrival: Arrival): number {
  return arrival.kind === 'closed' ? arrival.thinkMs[1] : 0;
}
