import { SchedulerError } from '../batching/error.js';
import type { Scheduler } from '../batching/scheduler.js';
import type { Embedder, Embedding, EmbeddingJob, TextPair, VectorSource } from '../embedding/embedder.js';
import type { Fallback } from '../fallback/index.js';
import { InferenceError } from '../inference/error.js';
import type { Metrics, StageName } from '../metrics.js';
import type { ServerState } from '../service.js';
import type { Judge, Judgement } from '../similarity.js';
import { notReady, queueFull, stopping } from './refusal.js';
import type { Exchange } from './exchange.js';

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
  /** By the fallback, not by the model. */
  degraded: boolean;
  /** When the last vector was there. */
  vectorsAtMs: number;
}

export interface CompareOptions {
  deadlineMs: number | null;
  /** Past the cache: nothing is read from it and nothing is kept. */
  noStore: boolean;
}

/** Scores pairs with the model of the moment. Throws ProblemError or SchedulerError when it cannot. */
export const comparePairs = async (pairs: readonly TextPair[], state: ServerState, options: CompareOptions, exchange: Pick<Exchange, 'late' | 'job'>): Promise<Compared> => {
  if (exchange.late) throw stopping();
  if (state.phase === 'loading' || state.service === null) throw notReady();
  const deadlineAtMs = options.deadlineMs === null ? Infinity : performance.now() + options.deadlineMs;
  const { embedder, cacheless, scheduler, judge, fallback } = state.service;
  const isCached = !options.noStore && embedder.remembers;
  if (fallback.active()) {
    const known = isCached ? embedder.recall(pairs) : null;
    return known === null ? byWords(pairs, fallback, isCached) : finish(known, { tokenizeMs: 0, enqueuedAtMs: 0 }, pairs, judge);
  }
  const job = startJob(options.noStore ? cacheless : embedder, scheduler, pairs, deadlineAtMs);
  exchange.job = job;
  try {
    return finish(await orTakeover(job, fallback), job, pairs, judge);
  } catch (error) {
    // The texts that still wait are of no use to this request.
    job.cancel('not-needed');
    if (fallback.active() && (error === takenOver || error instanceof InferenceError)) return byWords(pairs, fallback, isCached);
    throw error;
  }
};

const takenOver = new Error('the fallback took over');

/** The job's end, or `takenOver`: what waits behind a model that fails need not wait for its own failure. */
const orTakeover = (job: EmbeddingJob, fallback: Fallback): Promise<Embedding[][]> =>
  new Promise((resolve, reject) => {
    const forget = fallback.onTakeover(() => {
      reject(takenOver);
    });
    void job.done.then(resolve, reject).finally(forget);
  });

const byWords = (pairs: readonly TextPair[], fallback: Fallback, isCached: boolean): Compared => {
  // Its time is that of `post`: nothing was tokenised, queued or inferred.
  const vectorsAtMs = performance.now();
  const judgements = pairs.map((pair) => fallback.judge(pair));
  return { judgements, timing: { tokenizeMs: 0, queueMs: 0, inferMs: 0 }, batchSize: 0, cache: isCached ? 'miss' : 'off', degraded: true, vectorsAtMs };
};

const startJob = (embedder: Embedder, scheduler: Scheduler, pairs: readonly TextPair[], deadlineAtMs: number): EmbeddingJob => {
  try {
    return embedder.start(pairs, deadlineAtMs);
  } catch (error) {
    if (error instanceof SchedulerError && error.code === 'queue-full') throw queueFull(scheduler.backlogMs());
    throw error;
  }
};

const finish = (embedded: Embedding[][], job: Pick<EmbeddingJob, 'tokenizeMs' | 'enqueuedAtMs'>, pairs: readonly TextPair[], judge: Judge): Compared => {
  const vectorsAtMs = performance.now();
  let enqueuedAtMs = Infinity;
  let dispatchedAtMs = -Infinity;
  let doneAtMs = -Infinity;
  let batchSize = 0;
  const from: Record<VectorSource, boolean> = { off: false, hit: false, shared: false, miss: false };
  const judgements = embedded.map((parts, index) => {
    for (const { computed, source } of parts) {
      from[source] = true;
      if (computed === null) continue;
      enqueuedAtMs = Math.min(enqueuedAtMs, computed.enqueuedAtMs);
      dispatchedAtMs = Math.max(dispatchedAtMs, computed.dispatchedAtMs);
      doneAtMs = Math.max(doneAtMs, computed.doneAtMs);
      batchSize = Math.max(batchSize, computed.batchSize);
    }
    return judge(pairs[index] ?? ['', ' '], parts.map(({ vector }) => vector));
  });
  return {
    judgements,
    timing: {
      tokenizeMs: job.tokenizeMs,
      queueMs: batchSize === 0 ? 0 : Math.max(0, dispatchedAtMs - Math.max(enqueuedAtMs, job.enqueuedAtMs)),
      inferMs: batchSize === 0 ? 0 : doneAtMs - Math.max(dispatchedAtMs, job.enqueuedAtMs),
    },
    batchSize,
    cache: from.off ? 'off' : !from.hit ? 'miss' : from.shared || from.miss ? 'partial' : 'hit',
    degraded: false,
    vectorsAtMs,
  };
};

/** `Server-Timing` (W3C), durations in milliseconds. Also feeds the stage histograms. */
export const timingHeader = ({ normalizeMs, tokenizeMs, queueMs, inferMs }: Timing & { normalizeMs: number | null }, postMs: number, metrics: Metrics): string => {
  const stage = (name: StageName, durationMs: number): string => {
    metrics.stage(name, durationMs);
    return `${name};dur=${durationMs.toFixed(3)}`;
  };
  const before = normalizeMs === null ? '' : `${stage('normalize', normalizeMs)}, `;
  return `${before}${stage('tokenize', tokenizeMs)}, ${stage('queue', queueMs)}, ${stage('infer', inferMs)}, ${stage('post', postMs)}`;
};
