import { z } from 'zod';
import { likenessFacts, likenessPolicies } from './likeness.js';
import { capacityPlanSchema } from './capacity.js';
import { conformancePlanSchema } from './conformance.js';
import { datasetPlanSchema } from './dataset.js';
import { jobPlanSchema } from './job.js';
import { gatePlanSchema } from './metric.js';
import { requestPlanSchema } from './request.js';
import { simulatedDevicePlanSchema } from './scenario-simulated-device.js';
import { searchPlanSchema } from './search.js';
import { stageSchema } from './stage.js';

export const engineNames = ['k6', 'autocannon', 'simulated'] as const;
export type EngineName = (typeof engineNames)[number];

/** A server that ends during the load is started again; absent = its end ends the run. */
const restartPlan = z.object({ afterS: z.number().min(0), most: z.number().int().min(1) });

/** The embedded reference server, started as a process of its own. */
const referenceServerPlan = z.object({
  kind: z.literal('reference'),
  model: z.string(),
  batching: z.enum(['none', 'window', 'greedy', 'token-budget']),
  bucket: z.boolean(),
  // What stands here was added later: in older plans it is absent, and the server had its own defaults.
  precision: z.enum(['fp32', 'fp16', 'int8']).optional(),
  execution: z.enum(['cpu', 'cuda', 'auto']).optional(),
  /** What `model: simulated` costs; absent for every other. */
  simulated: simulatedDevicePlanSchema.optional(),
  /** Texts in a batch. */
  maxBatch: z.number().int().min(1).optional(),
  maxDelayMs: z.number().min(0).optional(),
  /** Padded tokens in a batch. */
  tokenBudget: z.number().int().min(1).optional(),
  intraThreads: z.number().int().min(1).optional(),
  /** Addresses kept; null = no cache, or one of `cacheBytes`. */
  cacheEntries: z.number().int().min(1).nullable(),
  /** Bytes kept; absent = counted in addresses. */
  cacheBytes: z.number().int().min(1).optional(),
  /** Steps that change an address first; absent = none. */
  normalize: z.array(z.string()).min(1).optional(),
  /** Absent = the server's own default; of the two limits null = off. */
  maxChars: z.number().int().min(1).optional(),
  deadlineMs: z.number().positive().nullable().optional(),
  inferLimitMs: z.number().positive().nullable().optional(),
  fallback: z.boolean().optional(),
  /** Planted, as the server reads them; absent = none. */
  faults: z.array(z.string()).min(1).optional(),
  restart: restartPlan.optional(),
  /** Inference processes; null = as many as suit what computes. */
  workers: z.number().int().min(1).nullable(),
  /** 0 = any free port. */
  port: z.number().int().min(0).max(65535),
  /** Further arguments of the server, as they are. */
  args: z.array(z.string()),
  readyTimeoutS: z.number().positive(),
});

/** Any server started by a command. `{port}` in command and url stands for a free port. */
const processServerPlan = z.object({
  kind: z.literal('process'),
  command: z.array(z.string()).min(1),
  url: z.string(),
  /** Path that answers 2xx when the server can work. */
  ready: z.string(),
  cwd: z.string().nullable(),
  env: z.record(z.string(), z.string()),
  restart: restartPlan.optional(),
  readyTimeoutS: z.number().positive(),
});

/** A server that runs already. */
const urlServerPlan = z.object({ kind: z.literal('url'), url: z.string(), ready: z.string().nullable(), readyTimeoutS: z.number().positive() });

/** A service of a compose file, in a project of the run's own. */
const composeServerPlan = z.object({
  kind: z.literal('compose'),
  /** Path of the compose file; null = the one that comes with mgeo-bench. */
  file: z.string().nullable(),
  service: z.string(),
  profile: z.string().nullable(),
  /** Port inside the container; the published one is looked up. */
  port: z.number().int().min(1).max(65535),
  ready: z.string(),
  readyTimeoutS: z.number().positive(),
});

/** No server at all: a queue with a known service curve on a virtual clock, for the simulated engine. */
const simulatedServerPlan = z.object({
  kind: z.literal('simulated'),
  /** Requests served side by side. */
  parallel: z.number().int().min(1),
  /** Service time of one request alone, ms. */
  serviceMs: z.number().positive(),
  /** Universal Scalability Law: contention σ and coherency κ; service slows by 1 + σ(N−1) + κN(N−1) with N in service. */
  sigma: z.number().min(0),
  kappa: z.number().min(0),
  /** Exponential service times instead of constant ones. */
  exponential: z.boolean(),
  /** Share of requests that fail, 0..1. */
  errorShare: z.number().min(0).max(1),
});

/** None: a job needs no server. */
const noServerPlan = z.object({ kind: z.literal('none') });

export const serverPlanSchema = z.discriminatedUnion('kind', [referenceServerPlan, processServerPlan, composeServerPlan, urlServerPlan, simulatedServerPlan, noServerPlan]);
export type ServerPlan = z.infer<typeof serverPlanSchema>;

/** Fully explicit: no default is applied after this point. Durations in the unit of the field's name. */
export const planSchema = z.object({
  schema: z.literal('mgeo-bench/plan/1'),
  name: z.string(),
  /** The question the scenario answers, by language. */
  question: z.object({ en: z.string(), 'zh-CN': z.string() }),
  seed: z.number().int(),
  server: serverPlanSchema,
  request: requestPlanSchema,
  dataset: datasetPlanSchema,
  load: z.object({
    engine: z.enum(['auto', ...engineNames]),
    timeoutS: z.number().positive(),
    /** Empty where a search chooses them, and for the conformance suite. */
    stages: z.array(stageSchema),
    /** The highest rate that meets the gates is sought; absent = all stages are planned. */
    search: searchPlanSchema.optional(),
    /** A command is measured in place of requests; absent = requests are sent. Then dataset, request and answers have no part in the run. */
    job: jobPlanSchema.optional(),
    /** The conformance suite is run in place of load; absent = load is driven. Then there are no stages, and dataset and answers have no part in the run. */
    conformance: conformancePlanSchema.optional(),
    /** An engine that dies mid-stage: go on with the next stage, or end the run. */
    onEngineFailure: z.enum(['continue', 'stop']),
  }),
  telemetry: z.object({ gpu: z.enum(['auto', 'off']), intervalMs: z.number().positive() }),
  answers: z.object({
    /** Pairs asked at concurrency 1 before the load; 0 = no golden answers, no oracles. */
    golden: z.number().int().min(0),
    /** Whether renamed districts, polyphones, aliases and traps are asked too; absent = they are not. */
    probes: z.boolean().optional(),
    /** A score may move by this much under load before it counts as changed. */
    tolerance: z.number().min(0),
  }),
  gates: z.array(gatePlanSchema),
  /** How many replicas a target takes; absent = nobody asked. */
  capacity: capacityPlanSchema.optional(),
  policy: z.object({
    confidence: z.number().gt(0).lt(1),
    inconclusive: z.enum(['warn', 'fail']),
    strict: z.boolean(),
    /** Runs of a baseline from which the noise between runs is taken; absent = 5. */
    minRuns: z.number().int().min(2).optional(),
    /** What a baseline means whose … is unlike the run's; absent = it is refused. */
    baseline: z.partialRecord(z.enum(likenessFacts), z.enum(likenessPolicies)).optional(),
  }),
  record: z.object({
    requests: z.boolean(),
    /** Whether the worst of the user's own pairs are kept with their text; absent = they are not. */
    addresses: z.boolean().optional(),
    /** The run counts in no history of many; absent = it does. */
    history: z.literal(false).optional(),
  }),
  /** sha256 of the plan without this field: runs with the same hash asked the same question. */
  hash: z.string(),
});
export type Plan = z.infer<typeof planSchema>;
