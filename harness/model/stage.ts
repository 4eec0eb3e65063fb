import { z } from 'zod';

/** Closed load: `users` users, each waits for its answer, thinks (uniform between the bounds, ms), asks again. */
export const closedArrivalSchema = z.object({
  kind: z.literal('closed'),
  users: z.number().int().min(1),
  /** [least, most] think time, ms; equal bounds = fixed; [0, 0] = none. */
  thinkMs: z.tuple([z.number().min(0), z.number().min(0)]),
});

/** How requests arrive. Closed load is the one kind there is; open and burst load are members to come. */
export const arrivalSchema = z.discriminatedUnion('kind', [closedArrivalSchema]);
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
