/** What an engine on this machine does against a server of known latency. Made by harness/calibration.ts, judged by harness/analysis/calibration.ts. */
import { z } from 'zod';
import { engineNames } from './plan.js';

/** Percentiles by nearest rank, ms. */
const middleSchema = z.object({ p50: z.number(), p95: z.number() });

/** Some tenths of a second of open load at one rate. */
export const calibrationRungSchema = z.object({
  rateRps: z.number().positive(),
  /** Requests that were due, and of them those that were answered before the ladder ended. */
  due: z.number().int(),
  ended: z.number().int(),
  /** How late they were sent, ms; null where none was. */
  lagMs: z.object({ p50: z.number(), p99: z.number() }).nullable(),
  /** Latency as a run would tell it, from the scheduled moment; the same from the sending; and what the server took by its own clock, ms. */
  clientMs: middleSchema.nullable(),
  sentMs: middleSchema.nullable(),
  serverMs: middleSchema.nullable(),
});
export type CalibrationRung = z.infer<typeof calibrationRungSchema>;

/** Users who do not think, for two seconds. */
export const closedCalibrationSchema = z.object({
  users: z.number().int(),
  ended: z.number().int(),
  achievedRps: z.number(),
  clientMs: middleSchema,
  serverMs: middleSchema,
  /** CPU of engine and server a request, ms; null where it could not be read. */
  engineCpuMs: z.number().nullable(),
  serverCpuMs: z.number().nullable(),
});
export type ClosedCalibration = z.infer<typeof closedCalibrationSchema>;

export const calibrationSchema = z.object({
  engine: z.object({ name: z.enum(engineNames), version: z.string() }),
  /** ISO 8601, UTC. */
  measuredAt: z.string(),
  tookS: z.number(),
  /** The server's nominal latency and how far each answer is drawn to either side of it, ms. */
  server: z.object({ ms: z.number(), varyMs: z.number() }),
  /** Requests due at one moment, and how long it took to send nearly all of them (p99), ms; null where they were not sent. */
  burst: z.object({ requests: z.number().int(), lagP99Ms: z.number() }).nullable(),
  /** In the order of running: rates ascend. */
  rungs: z.array(calibrationRungSchema),
  /** `doctor` drives closed load too; the preflight of a run does not. */
  closed: closedCalibrationSchema.nullable(),
});
export type Calibration = z.infer<typeof calibrationSchema>;

/** What a run knows of its engine on this machine. */
export const runCalibrationSchema = z.discriminatedUnion('status', [
  /** `from`: measured just before the run, or kept from an earlier time of the same day; `ageS` before the run began. */
  z.object({ status: z.literal('done'), from: z.enum(['measured', 'cache']), ageS: z.number(), figures: calibrationSchema }),
  z.object({ status: z.literal('absent'), why: z.string() }),
]);
export type RunCalibration = z.infer<typeof runCalibrationSchema>;

/** What a ladder shows: formulas in harness/analysis/calibration.ts. */
export interface Bearable {
  /** Requests a second that the machine bears, and those at which no latency is suspect; null where not even the lowest rate was. */
  bearsRps: number | null;
  soundRps: number | null;
  /** True where no rate was too much: the machine bears this and maybe more. */
  atLeast: boolean;
}

export interface CalibrationAnalysis extends Bearable {
  /** What was told minus what the server took, ms, at the lowest rate that has both. */
  error: { rateRps: number; p50: number; p95: number } | null;
}
