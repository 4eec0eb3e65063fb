/** The contract of result.json, `mgeo-bench/result/1`: what scripts and CI jobs may rely on. A change here is a breaking change. */
import { z } from 'zod';
import { probePurposes, searchEndKinds } from '../model/search.js';
import { answersSchema } from './answers-json.js';
import { jobArrival, jobSchema } from './job-json.js';
import { calibrationResultSchema } from './calibration-json.js';
import { capacitySchema } from './capacity-json.js';
import { conformanceSchema } from './conformance-json.js';
import { lotSchema, offlineArrival } from './offline-json.js';
import { uslSchema } from './scale-json.js';
import { sentResultSchema } from './sent-json.js';
import { outageResultSchema } from './drill-json.js';
import { driftSchema, recoverySchema, shapeArrivals } from './shapes-json.js';

const figure = z.number().nullable();
const whole = z.number().int().min(0);

const arrival = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('closed'), users: z.number().int().min(1), thinkMs: z.tuple([z.number(), z.number()]).describe('Least and most think time, ms.') }),
  z.strictObject({ kind: z.literal('open'), rateRps: z.number().positive().describe('Requests a second asked.'), process: z.enum(['poisson', 'constant']), inFlight: z.number().int().min(1).describe('Requests that can be open at once.') }),
  z.strictObject({ kind: z.literal('burst'), requests: z.number().int().min(1).describe('Requests released together.'), everyS: z.number().positive().describe('From one release to the next, s.'), repeats: z.number().int().min(1).describe('Releases in the window.') }),
  ...shapeArrivals,
  offlineArrival,
  jobArrival,
]);

const stageGpu = z.strictObject({
  uuid: z.string(),
  utilization: figure.describe('Mean in the window, share 0 to 1.'),
  memoryMiB: z.strictObject({ baseline: figure, loaded: figure, peak: figure.describe('Highest sample in the window: a lower bound.'), delta: figure }),
  scope: z.enum(['device', 'mig']),
  source: z.string(),
  intervalMs: z.number(),
});

const stage = z.strictObject({
  index: whole,
  name: z.string(),
  arm: z.string(),
  role: z.enum(['warmup', 'measure']),
  mixed: z.boolean().optional().describe('True of a part of a mix: all of them were driven at the same time. Absent of any other stage.'),
  arrival,
  durationS: z.number().describe('Length of the measured window, s.'),
  requests: z.strictObject({ started: whole, completed: whole, failed: whole, timedOut: whole, censored: whole }),
  offeredRps: figure.describe('Requests a second that were scheduled in the window; null for closed load, which schedules none.'),
  achievedRps: figure.describe('Successful answers a second.'),
  schedule: z.strictObject({
    lagMs: z.strictObject({ p50: figure, p99: figure }).describe('How late the generator sent, ms.'),
    waited: whole.describe('Requests sent late because all workers were busy.'),
    longestWaitMs: z.number(),
    unsent: whole.describe('Requests that were never sent: at least so many.'),
    openAtStart: whole.describe('Requests due and not ended when the window opened.'),
    openAtEnd: whole,
    unstable: z.boolean().describe('True when arrivals exceeded service: the backlog grew through the whole window.'),
  }).nullable().describe('Open load: what became of its schedule; null for closed load.'),
  pairsPerS: figure.describe('Address pairs answered a second, abnormal requests left out.'),
  latencyMs: z.strictObject({ n: whole, mean: figure, p50: figure, p90: figure, p95: figure, p99: figure, p999: figure, max: figure }).describe('Of successful answers. A percentile is null where there is too little data for it.'),
  visitorsMs: z.strictObject({ every: z.number().describe('From one visitor to the next.'), p50: z.number(), p95: z.number(), p99: z.number(), max: z.number() }).nullable().describe('What visitors by the clock would have waited; null for other than closed load and for fewer than ten users.'),
  errors: z.strictObject({ rate: figure, byKind: z.record(z.string(), whole) }),
  statuses: z.record(z.string(), whole),
  answers: z.strictObject({ checked: whole, flips: whole, maxDelta: figure, degraded: whole.optional().describe('Requests that a fallback answered in place of the model (X-Degraded: true); absent in older records.') }),
  serverTimingMs: z.record(z.string(), z.strictObject({ p50: z.number(), p95: z.number() })),
  batch: z.strictObject({ mean: z.number(), max: z.number() }).nullable(),
  cpu: z.strictObject({ server: figure, engine: figure, harness: figure }).describe('Cores in use.'),
  rssPeakMiB: z.strictObject({ server: figure, engine: figure, harness: figure }),
  gpus: z.union([z.array(stageGpu), z.strictObject({ absent: z.string() })]),
  sent: sentResultSchema,
  recovery: recoverySchema,
  outage: outageResultSchema.optional(),
  drift: driftSchema,
  lot: lotSchema,
  job: jobSchema,
  validity: z.strictObject({
    status: z.enum(['valid', 'suspect', 'invalid']),
    reasons: z.array(z.strictObject({ code: z.string(), text: z.string(), value: figure, limit: figure })),
  }),
});

const check = z.strictObject({
  id: z.string(),
  expression: z.string(),
  metric: z.string(),
  stage: z.number().int().nullable().describe('Index of the judged stage; null for the whole run.'),
  actual: figure,
  low: figure,
  high: figure,
  limit: figure.describe('Null where it rests on a baseline that there is none of.'),
  unit: z.string(),
  level: z.enum(['error', 'warn']),
  status: z.enum(['pass', 'fail', 'inconclusive', 'invalid', 'skipped']),
  baseline: z.strictObject({
    value: z.number(), low: figure, high: figure, runs: whole,
    change: z.strictObject({ of: z.enum(['ratio', 'difference']), value: z.number(), low: figure, high: figure }).describe('ratio: run / baseline; difference: run − factor · baseline.'),
  }).optional().describe('Of a gate on a baseline that there is.'),
  message: z.string(),
});

const search = z.strictObject({
  end: z.enum(searchEndKinds).nullable().describe('How it ended; null where the run ended before.'),
  lowRps: figure.describe('The highest rate that passed.'),
  highRps: figure.describe('The lowest rate that failed.'),
  confirmed: whole.describe('Confirming probes that passed.'),
  sentence: z.string(),
  cliff: z.strictObject({ gate: z.string(), limitMs: z.number(), lowMs: z.number(), highMs: figure }).nullable().describe('The gate that is far from its limit at lowRps and far beyond it at highRps; highMs null = beyond every bound.'),
  judged: z.array(whole).describe('Indexes of the stages that gates were judged on.'),
  sent: whole.describe('Requests of all probes, warm-up included.'),
  tookS: z.number(),
  probes: z.array(z.strictObject({ stage: whole, rateRps: z.number(), purpose: z.enum(probePurposes), state: z.enum(['pass', 'fail', 'undecided']), due: whole, durationS: z.number(), why: z.string(), code: z.string() })),
});

const gpu = z.strictObject({ uuid: z.string(), name: z.string(), memoryMiB: figure, driver: z.string() });

export const resultSchema = z.strictObject({
  schema: z.literal('mgeo-bench/result/1'),
  run: z.strictObject({
    id: z.string(),
    scenario: z.string(),
    startedAt: z.string().describe('ISO 8601, UTC.'),
    durationS: z.number(),
    seed: z.number().int(),
    planHash: z.string(),
    history: z.literal(false).optional().describe('The run counts in no history of many (record.history of its scenario); absent = it does.'),
    engine: z.strictObject({ name: z.string(), version: z.string() }).nullable(),
    calibration: calibrationResultSchema,
    server: z.strictObject({ kind: z.string(), model: z.string().optional(), modelSha256: z.string().optional(), image: z.string().optional(), imageDigest: z.string().optional().describe('Of a container: its digest in a registry, else the id of its image.'), simulated: z.strictObject({ memoryPeakMiB: figure }).describe('The server simulates an accelerator: no model computed, its times and this memory are simulated; absent of every other.').optional() }),
    machine: z.strictObject({ cpu: z.string(), cores: z.number().int(), memoryMiB: z.number(), gpus: z.array(gpu) }),
  }),
  verdict: z.strictObject({ status: z.enum(['pass', 'fail', 'inconclusive', 'invalid']), sentence: z.string(), exitCode: z.number().int() }),
  checks: z.array(check),
  stages: z.array(stage),
  conformance: conformanceSchema,
  analysis: z.strictObject({
    answers: answersSchema,
    usl: uslSchema,
    capacity: capacitySchema,
    search: search.optional().describe('The search for the highest rate; absent where nothing was searched.'),
    findings: z.array(z.strictObject({
      id: z.string(),
      severity: z.enum(['good', 'info', 'warn', 'bad']),
      sentence: z.string(),
      evidence: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
      advice: z.string(),
    })),
  }),
  files: z.strictObject({ record: z.string(), html: z.string().nullable(), markdown: z.string().nullable(), junit: z.string().nullable() }).describe('Beside this file; null where it was not asked for.'),
});
export type Result = z.infer<typeof resultSchema>;

/** The contract as JSON Schema (draft 2020-12), for docs/schema/result.schema.json. */
export function resultJsonSchema(): Record<string, unknown> {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'mgeo-bench result.json',
    description: 'One run: verdict, checks, stages, findings. Latencies of successful requests in ms, memory in MiB = 2^20 bytes. A number that was not measured is null.',
    ...z.toJSONSchema(resultSchema, { target: 'draft-2020-12' }),
  };
}
