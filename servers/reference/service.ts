import { systemClock } from './batching/clock.js';
import { policies } from './batching/policy.js';
import { createScheduler, type Scheduler } from './batching/scheduler.js';
import { limitOf } from './embedding/cache.js';
import { createEmbedder, pairParts, textParts, type CacheStats, type Embedder } from './embedding/embedder.js';
import { noFaults, type Plant } from './fault/plant.js';
import { limitRuns } from './inference/limit.js';
import { InferenceError } from './inference/error.js';
import type { BatchResult, EncodedText, Inference } from './inference/types.js';
import { createFallback, type Fallback, type FallbackEars, type FallbackState } from './fallback/index.js';
import { loadWordSimilarity } from './fallback/words.js';
import type { Metrics } from './metrics.js';
import type { ServerOptions } from './options.js';
import { createJudge, type Judge } from './similarity.js';

/** A loaded model with the queue and the cache in front of it. */
export interface Service {
  inference: Inference;
  scheduler: Scheduler;
  embedder: Embedder;
  /** For requests with `Cache-Control: no-store`: computes every text anew and keeps nothing. */
  cacheless: Embedder;
  judge: Judge;
  fallback: Fallback;
}

/**
 * What the server is doing. It listens from the first moment on, so that a supervisor can tell "loading" from "dead".
 * `inFlight` counts requests whose answer has not gone out.
 */
export interface ServerState {
  phase: 'loading' | 'ready' | 'draining';
  service: Service | null;
  inFlight: number;
  /** Faults planted at the start. */
  plant: Plant;
}

/**
 * Lengths of one batch lie within this many tokens at most: a wider span pads more, a narrower one splits the queue. Where a batch costs more
 * before its first token than any span could pad, wide ones pay; the policy still takes the narrowest that is cheapest.
 */
const bucketWidthFor = (overheadTokens: number): number => Math.max(8, Math.min(64, Math.round(overheadTokens / 2)));

/** What a service tells while it works. */
export interface ServiceEars extends FallbackEars, Pick<Metrics, 'batch' | 'drop'> {}

/** Computed by probes, and before the first request. */
export const warmText = '浙江省杭州市余杭区五常街道文一西路969号';

/** What the caller asked for is wrong, or the server is on its way out: no sign of a model that fails. */
const isModelsFault = (error: unknown): boolean => !(error instanceof InferenceError && (error.code === 'batch-refused' || error.code === 'closed'));

/** Queue, caches and judge around a loaded model; `heard` is told of every batch once it is computed, and of what left the queue uncomputed. */
export const openService = (
  options: ServerOptions,
  inference: Inference,
  encode: (text: string) => Int32Array,
  heard: ServiceEars,
  plant: Plant = noFaults,
): Service => {
  const takeApart = inference.info.kind === 'cross-encoder' ? pairParts(encode) : textParts(encode);
  const run = limitRuns(inference, { limitMs: options.inferLimitMs, clock: systemClock, hindrance: plant.inference });
  const warm = takeApart([warmText, warmText]).slice(0, 1).map((part) => part.encode());
  const fallback = createFallback(inference.info, { enabled: options.fallback, clock: systemClock, probe: () => run(warm), load: loadWordSimilarity, ears: heard });
  const watched = async (batch: EncodedText[]): Promise<BatchResult> => {
    try {
      const result = await run(batch);
      fallback.observe(false);
      return result;
    } catch (error) {
      if (isModelsFault(error)) fallback.observe(true);
      throw error;
    }
  };
  const scheduler = createScheduler({
    run: watched,
    workers: inference.workers,
    policy: policies[options.batching],
    limits: {
      maxBatch: options.maxBatch,
      tokenBudget: options.tokenBudget,
      bucketWidth: options.bucket ? bucketWidthFor(inference.overheadTokens) : null,
      overheadTokens: inference.overheadTokens,
    },
    windowMs: options.batching === 'window' ? options.maxDelayMs : null,
    maxQueue: options.maxQueue,
    clock: systemClock,
    onBatch: heard.batch,
    onDrop: heard.drop,
  });
  const nowMs = (): number => systemClock.nowMs();
  const embedder = createEmbedder({ takeApart, scheduler, cache: options.cache, nowMs });
  const cacheless = createEmbedder({ takeApart, scheduler, cache: null, nowMs });
  return { inference, scheduler, embedder, cacheless, judge: createJudge(inference.info, options.threshold), fallback };
};

/** Also before the model is loaded. */
export const cacheStats = (options: ServerOptions, service: Service | null): CacheStats =>
  service?.embedder.stats() ?? { ...limitOf(options.cache), entries: 0, bytes: 0, hits: 0, shared: 0, misses: 0 };

/** Also before the model is loaded. */
export const fallbackState = (options: ServerOptions, service: Service | null): FallbackState =>
  service?.fallback.state() ?? { enabled: options.fallback, active: false, activations: 0, failureShare: null };
