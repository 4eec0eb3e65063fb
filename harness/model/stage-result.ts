import { z } from 'zod';
import { histogramSchema } from './histogram.js';
import { jobResultSchema } from './job.js';
import { pairCountsSchema } from './pair-counts.js';
import { engineNames } from './plan.js';
import { sentSchema } from './sent.js';
import { stageSchema } from './stage.js';

/** Per-second columns of one stage; `t` is seconds since the window opened. Percentiles are null in a second without answers. */
export const timelineSchema = z.object({
  t: z.array(z.number()),
  started: z.array(z.number()),
  completed: z.array(z.number()),
  failed: z.array(z.number()),
  p50Ms: z.array(z.number().nullable()),
  p95Ms: z.array(z.number().nullable()),
  p99Ms: z.array(z.number().nullable()),
  /** Time-averaged requests in flight during the second. */
  inFlight: z.array(z.number()),
});

/** A spike or a drill by the moments at which requests were due, in windows of `windowS` seconds; the step down of a spike lies on an edge. */
export const dueWindowsSchema = z.object({
  windowS: z.number(),
  /** Where each window begins, s since the measured window opened; the first may begin before it. */
  fromS: z.array(z.number()),
  /** Requests that were due. */
  due: z.array(z.number()),
  /** Of them, those that failed, never ended or took longer than the limit of the stage's `within`; without one, the first two. */
  beyond: z.array(z.number()),
  /** The percentile of `within` (p95 without one), failures counted as +∞; null where it is among them, or nothing was due. */
  quantileMs: z.array(z.number().nullable()),
});
export type DueWindows = z.infer<typeof dueWindowsSchema>;

/** What the load brought in one stage. Everything counts requests that *started* in the window. */
export const stageResultSchema = z.object({
  stage: stageSchema,
  /** `command`: the command of a job, which sends no requests. */
  engine: z.enum([...engineNames, 'command']),
  /** completed; interrupted (signal); engine-failed; server-failed; job-failed (exit code, signal, time-out); not-started. */
  status: z.enum(['completed', 'interrupted', 'engine-failed', 'server-failed', 'job-failed', 'not-started']),
  /** One sentence where the status is not `completed`. */
  why: z.string().nullable(),
  /** ms since the run started: engine spawned, window opened, window closed, last window request ended. */
  spawnedAtMs: z.number(),
  windowFromMs: z.number(),
  windowToMs: z.number(),
  endedAtMs: z.number(),
  requests: z.object({
    started: z.number().int(),
    completed: z.number().int(),
    /** Ended, but not as expected (status, wrong answer, reset, time-out). */
    failed: z.number().int(),
    /** Among the failed: ended by the time-out. */
    timedOut: z.number().int(),
    /** Started in the window, end never seen. */
    censored: z.number().int(),
    /** Before the window. */
    warmup: z.number().int(),
  }),
  /** Successful answers only. */
  latency: histogramSchema,
  /** Sum of the latencies of the failed requests that ended, time-outs included, µs (Little's law needs it); null where unknown. */
  failedSumUs: z.number().nullable().optional(),
  errors: z.record(z.string(), z.number().int()),
  statuses: z.record(z.string(), z.number().int()),
  byClass: z.record(z.string(), z.object({
    started: z.number().int(),
    completed: z.number().int(),
    failed: z.number().int(),
    /** Answers of status 4xx among the completed (abnormal requests rightly refused). */
    rejected: z.number().int(),
    checked: z.number().int(),
    flips: z.number().int(),
    p50Ms: z.number().nullable(),
    p95Ms: z.number().nullable(),
  })),
  /** Abnormal requests by kind; empty where none were sent. */
  byAbnormalKind: z.record(z.string(), z.object({ started: z.number().int(), asExpected: z.number().int(), statuses: z.record(z.string(), z.number().int()), timedOut: z.number().int().optional() })),
  answers: z.object({
    checked: z.number().int(),
    flips: z.number().int(),
    /** Checked answers that moved by more than the tolerance. */
    moved: z.number().int(),
    maxDelta: z.number().nullable(),
  }),
  /** From Server-Timing, by phase name. */
  serverTiming: z.record(z.string(), histogramSchema),
  batch: z.object({ n: z.number().int(), mean: z.number(), max: z.number() }).nullable(),
  cache: z.object({ hit: z.number().int(), partial: z.number().int(), miss: z.number().int() }).nullable(),
  /** Of the completed requests, those that a fallback answered in place of the model, as the server says (`X-Degraded: true`); absent in older records. */
  degraded: z.number().int().optional(),
  /** What the requests that ended were like; absent in older records, and where the bodies were not ours to look at. */
  sent: sentSchema.optional(),
  timeline: timelineSchema,
  /** Counts by time bin (rows) and latency bin (columns: [edgesMs[i], edgesMs[i+1]) ). */
  heatmap: z.object({ binS: z.number(), edgesMs: z.array(z.number()), counts: z.array(z.array(z.number())) }),
  /** Time-averaged requests in flight in the window, from start and end moments (not from the latencies). */
  inFlightMean: z.number().nullable(),
  /** Mean think time really taken in the window, ms; null where no user thought. */
  thinkMeanMs: z.number().nullable(),
  /** Open load: what became of its schedule; null for closed load, absent in records of before there was any other. */
  schedule: z.object({
    /** Due in the window: what `requests.started` counts. */
    due: z.number().int(),
    /** Of them, those that were not even sent when the stage was stopped: at least so many. They are among the censored. */
    unsent: z.number().int(),
    /** Of those that ended: sent late because every worker was busy when their moment came; the longest such wait, ms. */
    waited: z.number().int(),
    longestWaitMs: z.number(),
    /** Due and not ended when the window opened. */
    openAtStart: z.number().int(),
    /** Sum over those that ended of end − due, from their moments (not from the latencies), ms. */
    heldMs: z.number(),
  }).nullable().optional(),
  /** Of a spike and of a drill; absent elsewhere. */
  dueWindows: dueWindowsSchema.optional(),
  /** Closed load: what visitors would have waited who come every `everyMs` by the clock (harness/load/visitors.ts); absent elsewhere. */
  visitors: z.object({ everyMs: z.number(), latency: histogramSchema }).optional(),
  /** Of an offline load; absent elsewhere. Where its requests have several pairs, `byClass`, `answers` and `sent` count pairs, and classes have no latencies. */
  pairs: pairCountsSchema.optional(),
  /** Of a job; absent elsewhere. */
  job: jobResultSchema.optional(),
  generator: z.object({
    /** Rows the engine wrote, and iterations or responses it counted itself: equal when nothing was lost. */
    rows: z.number().int(),
    counted: z.number().int().nullable(),
    dropped: z.number().int(),
    /** Lateness of the generator's own timers, ms (event loop, think-time wake-ups, or the sending behind its scheduled moment); null where it cannot be known. */
    lagP50Ms: z.number().nullable(),
    lagP99Ms: z.number().nullable(),
    /** Share of the engine's event loop in use, 0..1; autocannon only. */
    eventLoopUse: z.number().nullable(),
    /** Wait in the run queue per second of wall time, share of one core; Linux only. */
    runQueueWait: z.number().nullable(),
    /** Largest disagreement of wall and monotonic clock during the stage, ms. */
    clockStepMs: z.number(),
    /** Time in the window in which the engine's process was seen stopped (SIGSTOP, a debugger), ms; absent where it cannot be seen, and in older records. */
    pausedMs: z.number().optional(),
    /** Error-level lines of the engine. */
    messages: z.array(z.string()),
    exitCode: z.number().int().nullable(),
  }),
  /** The server's own count of answered requests over the whole engine process (of a mix: those of all its parts), and the engine's; null where it has none. */
  counts: z.object({ server: z.number().nullable(), engine: z.number().int() }),
});
export type StageResult = z.infer<typeof stageResultSchema>;
export type Timeline = z.infer<typeof timelineSchema>;
