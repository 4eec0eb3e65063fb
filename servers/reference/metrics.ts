import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { dropReasons, type BatchReport, type DropReason } from './batching/scheduler.js';
import type { FallbackState } from './fallback/index.js';
import type { SimulatedMemory } from './simulated/device.js';
import type { CacheStats } from './embedding/embedder.js';

export type StageName = 'normalize' | 'tokenize' | 'queue' | 'infer' | 'post';

/** What is read at the moment of a scrape. */
export interface Gauges {
  /** Texts that wait. */
  queueLength(): number;
  /** Requests being answered. */
  inFlight(): number;
  cache(): CacheStats;
  /** RSS of the inference processes. */
  inferenceMemoryMiB(): number | null;
  /** Memory of a simulated accelerator; null where there is none. */
  simulatedMemory(): SimulatedMemory | null;
  ready(): boolean;
  fallback(): Pick<FallbackState, 'active' | 'activations'>;
  /** How often each planted fault struck. */
  faults(): Record<string, number>;
}

export interface Metrics {
  registry: Registry;
  /** `durationMs` is null for what was refused before it was a request. */
  request(route: string, status: number, durationMs: number | null): void;
  stage(name: StageName, durationMs: number): void;
  batch(report: BatchReport): void;
  /** Texts that left the queue uncomputed. */
  drop(reason: DropReason, texts: number): void;
  /** A request was answered by the fallback. */
  degraded(): void;
  /** The fallback asked the model whether it works again. */
  probe(failed: boolean): void;
}

const seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const texts = [1, 2, 4, 8, 16, 32, 64, 128, 256];

/** A registry of its own: two servers in one process do not share counts. */
export const createMetrics = (gauges: Gauges): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const requests = new Counter({ name: 'http_requests_total', help: 'Requests answered', labelNames: ['route', 'status'], registers });
  const errors = new Counter({ name: 'http_errors_total', help: 'Requests answered with a status of 400 or above', labelNames: ['route', 'status'], registers });
  const duration = new Histogram({ name: 'http_request_duration_seconds', help: 'From the first byte of the request to the answer', labelNames: ['route'], buckets: seconds, registers });
  const stages = new Histogram({ name: 'similarity_stage_seconds', help: 'Parts of a request: normalize, tokenize, queue, infer, post', labelNames: ['stage'], buckets: seconds, registers });
  const stageOf = { normalize: stages.labels('normalize'), tokenize: stages.labels('tokenize'), queue: stages.labels('queue'), infer: stages.labels('infer'), post: stages.labels('post') } satisfies Record<StageName, unknown>;
  const runs = new Histogram({ name: 'inference_run_seconds', help: 'One run of the model, as the inference process saw it', buckets: seconds, registers });
  const batchTexts = new Histogram({ name: 'inference_batch_texts', help: 'Texts in a batch', buckets: texts, registers });
  const queueTexts = new Histogram({ name: 'inference_queue_texts', help: 'Texts that waited when a batch left, its own among them', buckets: [...texts, 512, 1024, 4096], registers });
  const failed = new Counter({ name: 'inference_failures_total', help: 'Batches that failed', registers });
  const tokens = new Counter({ name: 'inference_tokens_total', help: 'Tokens of the texts computed', registers });
  const padded = new Counter({ name: 'inference_padded_tokens_total', help: 'Tokens computed with padding: longest × texts', registers });

  const dropped = new Counter({ name: 'queue_dropped_total', help: 'Texts that left the queue without being computed, by why', labelNames: ['reason'], registers });
  for (const reason of dropReasons) dropped.inc({ reason }, 0);
  new Counter({
    name: 'faults_injected_total',
    help: 'How often a fault planted with --fault struck, by kind',
    labelNames: ['kind'],
    registers,
    collect() {
      this.reset();
      for (const [kind, count] of Object.entries(gauges.faults())) this.inc({ kind }, count);
    },
  });

  const degraded = new Counter({ name: 'fallback_answers_total', help: 'Requests answered by the fallback', registers });
  const probes = new Counter({ name: 'fallback_probes_total', help: 'Inferences tried while the fallback answers, by result', labelNames: ['result'], registers });
  new Counter({
    name: 'fallback_activations_total',
    help: 'How often the fallback took over',
    registers,
    collect() {
      this.reset();
      this.inc(gauges.fallback().activations);
    },
  });

  const gauge = (name: string, help: string, read: () => number): Gauge =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  gauge('queue_length', 'Texts that wait for a worker', gauges.queueLength);
  gauge('requests_in_flight', 'Requests being answered', gauges.inFlight);
  gauge('cache_entries', 'Addresses in the cache', () => gauges.cache().entries);
  gauge('fallback_active', '1 while the fallback answers in the place of the model', () => Number(gauges.fallback().active));
  gauge('cache_bytes', 'Bytes in the cache, keys and index included', () => gauges.cache().bytes);
  new Gauge({
    name: 'cache_hit_ratio',
    help: 'Share of texts since the start whose result was in the cache or already being computed; absent before the first and without a cache',
    registers,
    collect() {
      const { hits, shared, misses } = gauges.cache();
      const texts = hits + shared + misses;
      if (texts === 0) this.remove();
      else this.set((hits + shared) / texts);
    },
  });
  gauge('ready', '1 when the model is loaded and warm', () => Number(gauges.ready()));
  new Gauge({
    name: 'inference_memory_bytes',
    help: 'Resident memory of the inference processes; absent while unknown',
    registers,
    collect() {
      const memoryMiB = gauges.inferenceMemoryMiB();
      if (memoryMiB === null) this.remove();
      else this.set(memoryMiB * 2 ** 20);
    },
  });
  const simulated = (name: string, what: string, read: (memory: SimulatedMemory) => number): Gauge =>
    new Gauge({
      name,
      help: `Memory of the simulated accelerator, no real device: ${what}; absent where the model is real`,
      registers,
      collect() {
        const memory = gauges.simulatedMemory();
        if (memory === null) this.remove();
        else this.set(read(memory) * 2 ** 20);
      },
    });
  simulated('simulated_device_memory_bytes', 'in use', ({ usedMiB }) => usedMiB);
  simulated('simulated_device_memory_peak_bytes', 'most since the start', ({ peakMiB }) => peakMiB);
  simulated('simulated_device_memory_limit_bytes', 'what it has', ({ limitMiB }) => limitMiB);
  new Counter({
    name: 'cache_lookups_total',
    help: 'Texts by where their vector came from: hit, shared (a computation under way) or miss',
    labelNames: ['result'],
    registers,
    collect() {
      const { hits, shared, misses } = gauges.cache();
      this.reset();
      this.inc({ result: 'hit' }, hits);
      this.inc({ result: 'shared' }, shared);
      this.inc({ result: 'miss' }, misses);
    },
  });

  return {
    registry,
    request: (route, status, durationMs) => {
      requests.inc({ route, status });
      if (status >= 400) errors.inc({ route, status });
      if (durationMs !== null) duration.observe({ route }, durationMs / 1000);
    },
    stage: (name, durationMs) => {
      stageOf[name].observe(durationMs / 1000);
    },
    degraded: () => {
      degraded.inc();
    },
    probe: (hasFailed) => {
      probes.inc({ result: hasFailed ? 'failed' : 'succeeded' });
    },
    drop: (reason, count) => {
      dropped.inc({ reason }, count);
    },
    batch: (report) => {
      batchTexts.observe(report.texts);
      queueTexts.observe(report.waited);
      tokens.inc(report.tokens);
      padded.inc(report.paddedTokens);
      if (report.inferMs === null) failed.inc();
      else runs.observe(report.inferMs / 1000);
    },
  };
};
