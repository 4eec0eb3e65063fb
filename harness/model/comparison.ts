/** Two arms beside each other: what was asked, what was run, and what came of it. Formulas: harness/analysis/compare/. */
import { z } from 'zod';
import { gateOperators } from './metric.js';
import { outageSchema } from './outage.js';
import { engineNames, planSchema } from './plan.js';
import { checkSchema } from './verdict.js';

/** What is compared of each stage, and (memory) of the whole run; `pairs` is what an offline load answered a second, `time` how long a job took, `simulatedMemory` the memory of a simulated accelerator. */
export const comparedMetrics = ['rps', 'pairs', 'p50', 'p95', 'p99', 'time', 'rss', 'vram', 'simulatedMemory'] as const;
export type ComparedMetric = (typeof comparedMetrics)[number];

/** Those that a job has. */
export const metricsOfJob: readonly ComparedMetric[] = ['time', 'rss', 'vram'];

/** better and worse are said of the second arm: more throughput, less latency, less memory is better. */
export const comparisonWords = ['better', 'worse', 'equivalent', 'inconclusive'] as const;
export type ComparisonWord = (typeof comparisonWords)[number];

const ratioSchema = z.object({
  /** Second arm / first arm, geometric mean over the pairs. */
  value: z.number(),
  /** Its interval; null with a single pair. */
  low: z.number().nullable(),
  high: z.number().nullable(),
});

export const comparedRowSchema = z.object({
  /** Name of the stage; null = of the whole run. */
  stage: z.string().nullable(),
  metric: z.enum(comparedMetrics),
  unit: z.string(),
  /** [first arm, second arm] of each pair whose two sides are valid, in the order of running. */
  pairs: z.array(z.tuple([z.number(), z.number()])),
  /** Geometric mean of each arm over these pairs. */
  first: z.number().nullable(),
  second: z.number().nullable(),
  ratio: ratioSchema.nullable(),
  /** Half-width of the interval as a ratio − 1: the smallest difference that these pairs could have told; null with fewer than two. */
  detectable: z.number().nullable(),
  word: z.enum(comparisonWords),
  /** Why there is no decision: `no-pair`, `one-pair`, `within-noise`, `traffic` (the arms were sent different things); null where there is one. */
  why: z.enum(['no-pair', 'one-pair', 'within-noise', 'traffic']).nullable(),
  /** True for a latency whose arms had different throughput: the two are not the same question. */
  otherThroughput: z.boolean(),
});
export type ComparedRow = z.infer<typeof comparedRowSchema>;

/**
 * How a server did its work, means over the runs: texts a batch, medians of waiting and computing in ms, the mean of normalising, share of the computed tokens that
 * was padding, share of the answers that a cache gave, cores in use by the server, and by server, engine and harness together. Null where it is not told; the
 * optional ones are absent in older files.
 */
export const workSchema = z.object({
  batchTexts: z.number().nullable(), queueMs: z.number().nullable(), inferMs: z.number().nullable(), padding: z.number().nullable(), normaliseMs: z.number().nullable().optional(),
  cacheHit: z.number().nullable().optional(), serverCores: z.number().nullable().optional(), usedCores: z.number().nullable().optional(),
});
export type Work = z.infer<typeof workSchema>;

/** Golden answers of two arms: pairs that both answered, how many say something else, largest difference of the scores; pairs that the first alone and the second alone answered (absent where there are none). */
export const armAnswersSchema = z.object({ asked: z.number().int(), flips: z.number().int(), maxDelta: z.number(), lost: z.number().int().optional(), gained: z.number().int().optional() });
export type ArmAnswers = z.infer<typeof armAnswersSchema>;

/** By how much the latency deciles of two arms differ at one stage: milliseconds, means over the pairs whose two sides are valid. `low` and `high` are null with one pair. */
export const decileShiftsSchema = z.object({
  stage: z.string(),
  pairs: z.number().int(),
  rows: z.array(z.object({ decile: z.number().int().min(1).max(9), first: z.number(), second: z.number(), shift: z.number(), low: z.number().nullable(), high: z.number().nullable() })),
});
export type DecileShifts = z.infer<typeof decileShiftsSchema>;

/** How good the answers to the golden pairs were, in one run; null where the figure is absent. `auc` tells matches (exact and partial) from the rest. */
export const armQualitySchema = z.object({ pairs: z.number().int(), auc: z.number().nullable(), macroF1: z.number().nullable() });
export type ArmQuality = z.infer<typeof armQualitySchema>;

/** What one more costs and brings, by the step that led to it. */
export const scalingStepSchema = z.object({
  arm: z.string(),
  replicas: z.number().int().min(1),
  /** How much more than the first arm it does; null without a pair. Of a time, the inverse of the ratio. */
  speedUp: ratioSchema.nullable(),
  /** speedUp · replicas of the first arm / replicas: 1 = twice as many do twice as much. */
  efficiency: ratioSchema.nullable(),
  /** What each one that was added since the arm before does, as a share of what each of that arm's did; 1 = as much. */
  added: ratioSchema.nullable(),
  /** Whether that is as much as is asked: the whole interval is, none of it is, or it is open. */
  word: z.enum(['worth', 'not-worth', 'open']),
});
export type ScalingStep = z.infer<typeof scalingStepSchema>;

/** The best arm by the deciding figure among those within their limits, against the next best of them: ratio best / next, and what the ratio says. */
export const winnerSchema = z.object({
  arm: z.string(),
  /** Absent where no other arm is within its limits. */
  next: z.string().optional(),
  ratio: ratioSchema.nullable(),
  word: z.enum(comparisonWords),
  /** An arm with a better mean whose gates failed in most of its runs, so that it cannot win: ratio fastest / winner. Absent where there is none. */
  fastest: z.object({ arm: z.string(), ratio: ratioSchema.nullable(), word: z.enum(comparisonWords) }).optional(),
  /** Arms within their limits that are equivalent to the winner; absent where none is. */
  equals: z.array(z.string()).optional(),
  /** Of those, the one that is shown to take least memory, else to have the lowest p95: its figure and the winner's, in the figure's unit. */
  alternative: z.object({ arm: z.string(), metric: z.enum(comparedMetrics), value: z.number(), winner: z.number() }).optional(),
});
export type Winner = z.infer<typeof winnerSchema>;

/** One arm against the first. */
export const armComparisonSchema = z.object({
  first: z.string(),
  second: z.string(),
  /** Pairs that were run. */
  pairs: z.number().int(),
  /** What of the traffic differs; then nothing is called better or worse. */
  traffic: z.array(z.string()),
  /** The row the verdict rests on: an index into `rows`; null where there is none. */
  deciding: z.number().int().nullable(),
  rows: z.array(comparedRowSchema),
  /** Whether both give the same answers; absent where they were not asked the same, and in older files. */
  answers: armAnswersSchema.optional(),
  /** Of the stage the verdict rests on, or of the last one; absent where no pair has latencies, and in older files. */
  deciles: decileShiftsSchema.optional(),
});
export type ArmComparison = z.infer<typeof armComparisonSchema>;

/** One arm's runs together: geometric means over the runs, with their intervals (null with one run). */
export const armSummarySchema = z.object({
  arm: z.string(),
  rounds: z.number().int(),
  rows: z.array(z.object({ stage: z.string().nullable(), metric: z.enum(comparedMetrics), unit: z.string(), values: z.array(z.number()), mean: z.number(), low: z.number().nullable(), high: z.number().nullable() })),
  /** Of the last stage; absent where the server tells nothing, and in older files. */
  work: workSchema.optional(),
  /** Answers under load of all runs: compared with the golden ones of the same run, how many said something else, and how many moved by more than the tolerance (absent in older files). */
  answers: z.object({ checked: z.number().int(), flips: z.number().int(), moved: z.number().int().optional() }).optional(),
  /** Of its last run that was asked; absent where none was, and in older files. */
  quality: armQualitySchema.optional(),
});
export type ArmSummary = z.infer<typeof armSummarySchema>;

/** A gate on a baseline at one stage: how much an arm differs from the first, over the pairs. */
export const pairedChangeSchema = z.object({
  id: z.string(),
  expression: z.string(),
  metric: z.string(),
  /** Name of the stage; null = of the whole run. */
  stage: z.string().nullable(),
  operator: z.enum(gateOperators),
  level: z.enum(['error', 'warn']),
  unit: z.string(),
  /** Pairs whose two sides are valid, and the mean of either side over them. */
  pairs: z.number().int(),
  first: z.number().nullable(),
  second: z.number().nullable(),
  /** ratio: second / first; difference: second − factor · first, in `unit`. Null with no pair; `low` and `high` also with one. */
  of: z.enum(['ratio', 'difference']),
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** The change when both are the same, and the one that is still allowed. */
  none: z.number(),
  allowed: z.number(),
  /** Pairs in which the second arm alone failed more requests than the percentile leaves room for. */
  beyond: z.number().int(),
});
export type PairedChange = z.infer<typeof pairedChangeSchema>;

/** The same, judged. */
export const pairedCheckSchema = pairedChangeSchema.extend({
  arm: z.string(),
  status: z.enum(['pass', 'fail', 'inconclusive', 'skipped']),
  /** allowed, beyond, reaches-over; no-pair, one-pair; failures (beyond every bound); not-measured; traffic (the arms were sent different things). */
  why: z.enum(['allowed', 'beyond', 'reaches-over', 'no-pair', 'one-pair', 'failures', 'not-measured', 'traffic']),
});
export type PairedCheck = z.infer<typeof pairedCheckSchema>;

/** What users saw of one run of a drill. */
export const drillSchema = z.object({ arm: z.string(), pair: z.number().int().min(0), outage: z.union([z.object({ kind: z.literal('found'), value: outageSchema }), z.object({ kind: z.literal('absent'), why: z.string() })]) });
export type Drill = z.infer<typeof drillSchema>;

/** One expectation of one run: its gates, and the rules about answers that always hold. `gate` is as it was written; `stage` a name, null = the whole run. */
export const roundCheckSchema = z.object({ gate: z.string(), stage: z.string().nullable(), ...checkSchema.pick({ metric: true, actual: true, limit: true, unit: true, level: true, status: true, reason: true }).shape });
export type RoundCheck = z.infer<typeof roundCheckSchema>;

/** Whether one run may be believed: the worst of its stages, and the codes of all reasons (harness/model/validity.ts), each once. */
export const roundValiditySchema = z.object({ status: z.enum(['valid', 'suspect', 'invalid']), reasons: z.array(z.string()) });

/** How the arms were run and are judged. */
export const comparisonDesignSchema = z.object({
  /** abba: interleaved, every second pair the other way round; saved: runs made before. */
  order: z.enum(['abba', 'saved']),
  /** True where both arms are the same: every difference is noise. */
  aa: z.boolean(),
  /** Pairs to begin with, and at most: more are run until the deciding figure is decided, in at most so many looks. */
  pairs: z.number().int().min(1),
  mostPairs: z.number().int().min(1),
  looks: z.number().int().min(1),
  /** s after which, beyond the first look, no pair may end; absent where nothing bounds it but `mostPairs`. */
  budgetS: z.number().optional(),
  /** Of all looks together: one look is judged at 1 − (1 − confidence) / looks. */
  confidence: z.number(),
  /** Differences within ± this share are none. */
  equivalence: z.number(),
  metric: z.enum(comparedMetrics),
  /** What the comparison is to find out; absent = which arm is better. */
  by: z.enum(['replicas', 'answers']).optional(),
  /** With `by: replicas`: of how many each arm consists, and the share of an earlier one's work that an added one must bring. */
  replicas: z.array(z.number().int().min(1)).optional(),
  worth: z.number().optional(),
  /** How far a score may lie from that of another arm, or from its own under load, before the answers do not hold; absent in older files. */
  tolerance: z.number().optional(),
});
export type ComparisonDesign = z.infer<typeof comparisonDesignSchema>;

/** What was measured of one arm, with what, as its first run met it. */
export const armSubjectSchema = z.object({
  server: z.object({
    /** As the plan says: reference, process, compose, url, simulated (a queue that is calculated), none. */
    kind: z.string(),
    model: z.string().nullable(),
    modelSha256: z.string().nullable(),
    scoresMeaningful: z.boolean().nullable(),
    /** A simulated accelerator: no model computed. */
    simulated: z.boolean(),
  }),
  engine: z.object({ name: z.enum(engineNames), version: z.string(), why: z.string() }).nullable(),
  load: planSchema.shape.load,
  seed: z.number().int(),
});
export type ArmSubject = z.infer<typeof armSubjectSchema>;

export const comparisonRecordSchema = z.object({
  schema: z.literal('mgeo-bench/comparison/1'),
  id: z.string(),
  name: z.string(),
  /** The scenario's question; absent in older files. */
  question: planSchema.shape.question.optional(),
  startedAt: z.string(),
  version: z.string(),
  design: comparisonDesignSchema,
  /** What tells the arms apart: setting -> value, as text; `subject` is absent where no run of it began, and in older files. */
  arms: z.array(z.object({ name: z.string(), settings: z.record(z.string(), z.string()), subject: armSubjectSchema.optional() })),
  /** The runs in the order they were made. `folder` is beside this file (saved runs: as they were named). */
  rounds: z.array(z.object({
    arm: z.string(), pair: z.number().int().min(0), run: z.string(), folder: z.string(), outcome: z.string(), verdict: z.string(), why: z.string().nullable(),
    /** Its first stage whose measurement is invalid, and the first reason for that; absent where all are valid, and in older files. */
    invalid: z.object({ stage: z.string(), reason: z.object({ code: z.string(), value: z.number().nullable(), limit: z.number().nullable(), params: z.record(z.string(), z.union([z.string(), z.number()])) }) }).optional(),
    /** Absent in older files. */
    validity: roundValiditySchema.optional(),
    checks: z.array(roundCheckSchema).optional(),
  })),
  /** Looks that were taken. */
  looks: z.number().int(),
  /** Present where the budget ended the series before it was decided. */
  budgetSpent: z.literal(true).optional(),
  /** The machine, for a reader. */
  machine: z.object({ cpu: z.string(), cores: z.number().int(), memoryMiB: z.number() }),
  outcome: z.enum(['completed', 'aborted', 'failed']),
  summaries: z.array(armSummarySchema),
  /** Every other arm against the first; empty where there is one. */
  comparisons: z.array(armComparisonSchema),
  /** Gates on a baseline, which in a comparison is the first arm; absent where there are none. */
  checks: z.array(pairedCheckSchema).optional(),
  /** Absent where none can be named, and in older files. */
  winner: winnerSchema.optional(),
  /** With `by: replicas`: every other arm; absent elsewhere, and where the arms were sent other traffic. */
  scaling: z.array(scalingStepSchema).optional(),
  /** Of drills, which are told one by one and not compared; absent elsewhere. */
  drills: z.array(drillSchema).optional(),
});
export type ComparisonRecord = z.infer<typeof comparisonRecordSchema>;

/** What several runs come to. `arm`: the one at fault, else ''. */
export const comparisonVerdictSchema = z.object({
  status: z.enum(['pass', 'fail', 'inconclusive', 'invalid']),
  exitCode: z.number().int(),
  code: z.enum(['gates-failed', 'nothing-valid', 'differs-from-itself', 'undecided', 'decided', 'repeated', 'drilled', 'release-fails', 'release-open', 'release-holds']),
  arm: z.string(),
});
export type ComparisonVerdict = z.infer<typeof comparisonVerdictSchema>;

/** comparison.json, from which alone the reports of a comparison are made. */
export const comparisonFileSchema = comparisonRecordSchema.extend({
  /** What saved runs differ in although they were compared; absent where nothing. */
  different: z.array(z.string()).optional(),
  /** Absent while the series goes on, and of one that was killed. */
  verdict: comparisonVerdictSchema.optional(),
});
export type ComparisonFile = z.infer<typeof comparisonFileSchema>;
