/** What a run was like that others are held against: figures of one run or of several, and on what they were measured. */
import { z } from 'zod';

/** One figure over the runs that were accepted together. */
export const baselineFigureSchema = z.object({
  unit: z.string(),
  /** Mean over the runs: geometric where every value is positive. */
  value: z.number(),
  /** Its interval: over the runs where there are several, else of sampling within the one; null = not bounded on that side. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Half-widths of the interval of sampling alone, below and above the mean. */
  within: z.object({ below: z.number().nullable(), above: z.number().nullable() }),
  /** One a run, in the order of the runs. */
  values: z.array(z.number()).min(1),
});
export type BaselineFigure = z.infer<typeof baselineFigureSchema>;

const figures = z.record(z.string(), baselineFigureSchema);

/** On what it was measured: what must be alike for a difference to be the server's. */
export const fingerprintSchema = z.object({
  cpu: z.string(),
  cores: z.number().int(),
  memoryMiB: z.number(),
  os: z.string(),
  /** Name and memory of each GPU; empty where there is none. */
  gpus: z.array(z.string()),
  driver: z.string().nullable(),
  engine: z.string().nullable(),
  model: z.string().nullable(),
  modelSha256: z.string().nullable(),
  /** sha256 of what is asked: traffic, load and answers. Neither the server nor the gates are part of it. */
  plan: z.string(),
  /** The same, setting by setting: path in the plan to value. Absent in baselines of version 1. */
  asked: z.record(z.string(), z.string()).optional(),
});
export type Fingerprint = z.infer<typeof fingerprintSchema>;

/** Versions that are read, the one that is written first. Version 1 does not say what its plan asked, but for its hash. */
export const baselineVersions = ['mgeo-bench/baseline/2', 'mgeo-bench/baseline/1'] as const;

export const baselineSchema = z.object({
  schema: z.enum(baselineVersions),
  scenario: z.string(),
  accepted: z.object({
    /** ISO 8601, UTC. */
    at: z.string(),
    /** Null where nobody said so. */
    by: z.string().nullable(),
    /** Of the repository it was accepted in; null outside of one. */
    commit: z.string().nullable(),
    version: z.string(),
  }),
  fingerprint: fingerprintSchema,
  /** Ids of the runs. */
  runs: z.array(z.string()).min(1),
  /** Of the intervals. */
  confidence: z.number(),
  /** On which side of the threshold each golden answer lies, a letter each (1, 0, - = none): what has flipped since. Absent where none was asked. */
  answers: z.string().optional(),
  /** Of the whole run, by name: `vram max`. */
  whole: figures,
  /** By stage: `latency p(95)`. `load` is how a gate would select it: `users:8`. */
  stages: z.array(z.object({ name: z.string(), load: z.string(), figures })),
});
export type Baseline = z.infer<typeof baselineSchema>;

/** A value and what it is held against, and by how much they differ. */
export interface Change {
  /** What the baseline has, with its interval and its runs. */
  baseline: { value: number; low: number | null; high: number | null; runs: number };
  /** Runs on this side. */
  runs: number;
  /** ratio: run / baseline. difference: run − factor · baseline, in the unit of the metric. */
  of: 'ratio' | 'difference';
  value: number;
  low: number | null;
  high: number | null;
  /** The change when both are the same, and the one that is still allowed. */
  none: number;
  allowed: number;
  /** runs: the noise between runs was measured; assumed: there are too few runs for it, and it was taken to be at least `assumedNoise`. */
  noise: 'runs' | 'assumed';
}
