import { SchedulerError } from '../batching/error.js';
import type { Scheduler } from '../batching/scheduler.js';
import type { Embedder, EmbeddingJob, TextPair, VectorSource } from '../embedding/embedder.js';
import type { Metrics, StageName } from '../metrics.js';
import type { ServerState } from '../service.js';
import type { Judge, Judgement } from '../similarity.js';
import { notReady, queueFull, stopping } from './refusal.js';
import type { Trace } from './trace.js';

/** Times of one request in milliseconds; `post` is added when its body is ready. */
export interface Timing {
  tokenizeMs: number;
  /** Until the last of its texts had left for a worker. */
  queueMs: number;
  /** From there to the last vector, the way to the worker and back included. */
  inferMs: number;
}

export interface Compared {
  judgements: Judgement[];
  timing: Timing;
  /** Texts in the largest batch that computed one of its texts; 0 when all came from the cache. */
  batchSize: number;
  cache: 'off' | 'hit' | 'partial' | 'miss';
  /** When the last vector was there. */
  vectorsAtMs: number;
}

export interface CompareOptions {
  deadlineMs: number | null;
  /** Past the cache: nothing is read from it and nothing is kept. */
  noStore: boolean;
}

/** Scores pairs with the model of the moment. Throws ProblemError or SchedulerError when it cannot. */
export const comparePairs = async (pairs: readonly TextPair[], state: ServerState, options: CompareOptions, trace: Trace): Promise<Compared> => {
  if (trace.late) throw stopping();
  if (state.phase === 'loading' || state.service === null) throw notReady();
  const deadlineAtMs = options.deadlineMs === null ? Infinity : performance.now() + options.deadlineMs;
  const { embedder, cacheless, scheduler, judge } = state.service;
  const job = startJob(options.noStore ? cacheless : embedder, scheduler, pairs, deadlineAtMs);
  trace.job = job;
  return await finish(job, pairs, judge).finally(() => {
    // After a failure the texts that still wait are of no use to this request.
    job.cancel();
  });
};

const startJob = (embedder: Embedder, scheduler: Scheduler, pairs: readonly TextPair[], deadlineAtMs: number): EmbeddingJob => {
  try {
    return embedder.start(pairs, deadlineAtMs);
  } catch (error) {
    if (error instanceof SchedulerError && error.code === 'queue-full') throw queueFull(scheduler.backlogMs());
    throw error;
  }
};

const finish = async (job: EmbeddingJob, pairs: readonly TextPair[], judge: Judge): Promise<Compared> => {
  const embedded = await job.done;
  const vectorsAtMs = performance.now();
  const judgements = embedded.map((parts, index) => judge(pairs[index] ?? ['', ' '], parts.map(({ vector }) => vector)));

  let enqueuedAtMs = Infinity;
  let dispatchedAtMs = -Infinity;
  let doneAtMs = -Infinity;
  let batchSize = 0;
  const sources = new Set<VectorSource>();
  for (const { computed, source } of embedded.flat()) {
    sources.add(source);
    if (computed === null) continue;
    enqueuedAtMs = Math.min(enqueuedAtMs, computed.enqueuedAtMs);
    dispatchedAtMs = Math.max(dispatchedAtMs, computed.dispatchedAtMs);
    doneAtMs = Math.max(doneAtMs, computed.doneAtMs);
    batchSize = Math.max(batchSize, computed.batchSize);
  }
  return {
    judgements,
    timing: {
      tokenizeMs: job.tokenizeMs,
      queueMs: batchSize === 0 ? 0 : Math.max(0, dispatchedAtMs - Math.max(enqueuedAtMs, job.enqueuedAtMs)),
      inferMs: batchSize === 0 ? 0 : doneAtMs - Math.max(dispatchedAtMs, job.enqueuedAtMs),
    },
    batchSize,
    cache: cacheWord(sources),
    vectorsAtMs,
  };
};

const cacheWord = (sources: Set<VectorSource>): Compared['cache'] => {
  if (sources.has('off')) return 'off';
  if (!sources.has('hit')) return 'miss';
  return sources.size === 1 ? 'hit' : 'partial';
};

/** `Server-Timing` (W3C), durations in milliseconds. Also feeds the stage histograms. */
export const timingHeader = ({ tokenizeMs, queueMs, inferMs }: Timing, postMs: number, metrics: Metrics): string => {
  const stage = (name: StageName, durationMs: number): string => {
    metrics.stage(name, durationMs);
    return `${name};dur=${durationMs.toFixed(3)}`;
  };
  return `${stage('tokenize', tokenizeMs)}, ${stage('queue', queueMs)}, ${stage('infer', inferMs)}, ${stage('post', postMs)}`;
};
