import { z } from 'zod';
import { baselineSchema } from './baseline.js';
import { runCalibrationSchema } from './calibration.js';
import { conformanceRecordSchema } from './conformance.js';
import { datasetSummarySchema } from './dataset.js';
import { abnormalProbeSchema, goldenAnswerSchema, probeAnswerSchema } from './golden.js';
import { histogramSchema } from './histogram.js';
import { engineNames, planSchema } from './plan.js';
import { searchRecordSchema } from './search.js';
import { gpuTelemetrySchema, seriesSchema } from './series.js';
import { stageResultSchema } from './stage-result.js';

export type { DueWindows, StageResult, Timeline } from './stage-result.js';

/** Machine and programs. Only an allow-list of facts: no environment variables, no user names, no paths. */
export const environmentSchema = z.object({
  harness: z.object({ version: z.string(), commit: z.string().nullable() }),
  node: z.string(),
  os: z.string(),
  kernel: z.string(),
  cpu: z.string(),
  cores: z.number().int(),
  memoryMiB: z.number(),
  /** One-minute load average before the run; null where the system has none. */
  loadBefore: z.number().nullable(),
});
export type Environment = z.infer<typeof environmentSchema>;

/** The image a container was made from, and what ran it. */
export const containerRecordSchema = z.object({
  /** Its name as the compose file has it; its own id, `sha256:…`; its digest in a registry, null for one that was built here. */
  image: z.string(),
  imageId: z.string(),
  digest: z.string().nullable(),
  /** What it may use at most: cores and MiB; null without a limit, absent in records from before it was read. */
  cpuLimit: z.number().positive().nullable().optional(),
  memoryLimitMiB: z.number().positive().nullable().optional(),
  /** Versions of the engine and of compose. */
  engine: z.string(),
  compose: z.string(),
});
export type ContainerRecord = z.infer<typeof containerRecordSchema>;

/** What was booted or met. */
export const serverRecordSchema = z.object({
  kind: z.string(),
  url: z.string(),
  pid: z.number().int().nullable(),
  /** From spawning to ready, s; null for a server that ran already. */
  readyAfterS: z.number().nullable(),
  model: z.string().nullable(),
  modelSha256: z.string().nullable(),
  /** False when the server says that its scores mean nothing (random weights, simulated). */
  scoresMeaningful: z.boolean().nullable(),
  /** The server's own /health, as it answered when ready; null where there is none. */
  health: z.unknown().nullable(),
  /** Of a service of a compose file; absent elsewhere. */
  container: containerRecordSchema.optional(),
});
export type ServerRecord = z.infer<typeof serverRecordSchema>;

/** One oracle: a truth about answers that needs no labels. */
export const oracleSchema = z.object({
  /** equal-pair, symmetry, dropped-characters, class-medians, auc, not-constant, repeat */
  id: z.string(),
  status: z.enum(['pass', 'fail', 'skipped']),
  /** Measured value, its limit, and the number of answers it rests on. */
  value: z.number().nullable(),
  limit: z.number().nullable(),
  n: z.number().int(),
  why: z.string().nullable(),
});

/** Answers at concurrency 1, before any load. */
export const probeRecordSchema = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('done'),
    asked: z.number().int(),
    answered: z.number().int(),
    /** Kinds of wrong answers (bad-json, not-a-number, out-of-range, html, http-500, timeout, …) and how often. */
    wrong: z.record(z.string(), z.number().int()),
    latency: histogramSchema,
    /** Median score by class. */
    medians: z.record(z.string(), z.number()),
    auc: z.number().nullable(),
    oracles: z.array(oracleSchema),
    /** True when classes and order were judged although the server says its scores mean nothing. */
    meaningful: z.boolean(),
    /** Every golden pair that was asked, in the order of asking; absent in records of before there were any. */
    golden: z.array(goldenAnswerSchema).optional(),
    /** Family of every operator among them. */
    families: z.record(z.string(), z.string()).optional(),
    /** Probe pairs: knowledge of the world. Absent where none were asked. */
    probes: z.array(probeAnswerSchema).optional(),
  }),
  z.object({ status: z.literal('skipped'), why: z.string() }),
]);
export type ProbeRecord = z.infer<typeof probeRecordSchema>;

/** A moment worth a mark in the time series. */
export const recordEventSchema = z.object({ tMs: z.number(), kind: z.string(), text: z.string() });

export const runRecordSchema = z.object({
  schema: z.literal('mgeo-bench/run/1'),
  id: z.string(),
  /** ISO 8601, UTC; the zero of all `…Ms` fields. */
  startedAt: z.string(),
  durationS: z.number(),
  outcome: z.enum(['running', 'completed', 'aborted', 'failed']),
  /** What ended the run early; null when nothing did. */
  failure: z.object({ code: z.string(), message: z.string(), hint: z.string(), exitCode: z.number().int(), details: z.array(z.string()) }).nullable(),
  plan: planSchema,
  /** Words after `mgeo-bench run` that make the plan, secrets and folders left out; absent in records of before. */
  asked: z.array(z.string()).optional(),
  /** True of a round of a comparison: `asked` makes all of that. */
  round: z.literal(true).optional(),
  environment: environmentSchema,
  engine: z.object({
    name: z.enum(engineNames),
    version: z.string(),
    /** Why this engine: `asked`, `cache`, `path`, `built`, `fallback: …`. */
    why: z.string(),
  }).nullable(),
  /** The engine against a server of known latency, before the load; absent where the engine is simulated or was not found, and in records of before there was any. */
  calibration: runCalibrationSchema.optional(),
  dataset: datasetSummarySchema.nullable(),
  server: serverRecordSchema.nullable(),
  probe: probeRecordSchema.nullable(),
  /** Abnormal kinds asked one by one before the load; absent or null where the dataset has none. */
  abnormal: abnormalProbeSchema.nullable().optional(),
  /** Of the conformance suite; absent where load is driven. */
  conformance: conformanceRecordSchema.optional(),
  stages: z.array(stageResultSchema),
  /** What a search asked and heard, each probe a stage above; absent where the stages were planned. */
  search: searchRecordSchema.optional(),
  gpu: gpuTelemetrySchema.nullable(),
  series: z.array(seriesSchema),
  events: z.array(recordEventSchema),
  warnings: z.array(z.object({ code: z.string(), text: z.string() })),
  /** What the run was to be held against; absent where nothing was. */
  baseline: baselineSchema.optional(),
});
/** All that was seen: the wall between measuring and judging. */
export type RunRecord = z.infer<typeof runRecordSchema>;
