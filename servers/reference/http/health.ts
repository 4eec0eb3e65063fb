import type { FallbackState } from '../fallback/index.js';
import type { Backend, Inference, ModelInfo } from '../inference/types.js';
import type { CacheStats } from '../embedding/embedder.js';
import type { ErrorRate } from '../error-rate.js';
import type { ServerOptions } from '../options.js';
import { labelThresholds } from '../similarity.js';
import { cacheStats, fallbackState, type ServerState } from '../service.js';

/** Which program this is and what it stands on. */
export interface BuildInfo {
  version: string;
  backend: { name: 'onnxruntime-node' | 'simulated'; version: string };
}

/** The body of GET /health. Null means: not known (yet), never zero. */
export interface Health {
  /** `degraded`: it serves, but the fallback answers. */
  status: 'loading' | 'ok' | 'degraded' | 'draining';
  version: string;
  uptimeS: number;
  model: Pick<ModelInfo, 'name' | 'kind' | 'sha256' | 'origin' | 'parameters' | 'pooling' | 'precision' | 'scoresMeaningful' | 'labels'> & { thresholds: { partial: number; exact: number } | null } | null;
  /** `execution`: what computes, null while loading; `asked`: what was to; `fallback`: why it is not. */
  backend: BuildInfo['backend'] & { execution: Backend['execution'] | null; asked: string; fallback: string | null };
  /** Only of a simulated accelerator: what it costs and its simulated memory. No real device has any part in it. */
  simulated: ReturnType<Inference['simulated']>;
  workers: { processes: number | null; intraThreads: number; memoryMiB: number | null };
  batching: { policy: string; bucket: boolean; maxBatch: number; maxDelayMs: number | null; tokenBudget: number };
  cache: CacheStats & { enabled: boolean };
  /** Memory of a real accelerator, which the runtime does not tell; a simulated one stands in `simulated`. */
  deviceMemoryMiB: null;
  /** Share of answers of the last minute that were the server's own fault (5xx). */
  errorRateLastMinute: number | null;
  /** Texts that wait for a worker. */
  queueLength: number;
  maxQueue: number;
  inFlight: number;
  /** Similarity from which on the label is `match`; null where the model has labels of its own. */
  threshold: number | null;
  /** Steps that change an address before it is compared; empty = none. */
  normalize: readonly string[];
  fallback: FallbackState;
  /** Planted with --fault; empty on a server that does not fail on purpose. */
  faults: readonly string[];
}

/** What `GET /health` answers now. `uptimeS`: since the process began, s. */
export const readHealth = (options: ServerOptions, state: ServerState, build: BuildInfo, errorRate: ErrorRate, uptimeS: number): Health => {
  const { service } = state;
  const fallback = fallbackState(options, service);
  const info = service?.inference.info;
  return {
    status: state.phase !== 'ready' ? state.phase : fallback.active ? 'degraded' : 'ok',
    version: build.version,
    uptimeS,
    model: info
      ? {
          name: info.name,
          kind: info.kind,
          sha256: info.sha256,
          origin: info.origin,
          parameters: info.parameters,
          pooling: info.pooling,
          precision: info.precision,
          scoresMeaningful: info.scoresMeaningful,
          labels: info.labels,
          thresholds: info.labels === null ? null : labelThresholds(info.labels),
        }
      : null,
    backend: { ...build.backend, execution: service?.inference.backend.execution ?? null, asked: options.model === 'simulated' ? 'simulated' : options.execution, fallback: service?.inference.backend.fallback ?? null },
    simulated: service?.inference.simulated() ?? null,
    workers: {
      processes: service?.inference.workers ?? options.workers,
      intraThreads: options.intraThreads,
      memoryMiB: service?.inference.memoryMiB() ?? null,
    },
    batching: { policy: options.batching, bucket: options.bucket, maxBatch: options.maxBatch, maxDelayMs: options.batching === 'window' ? options.maxDelayMs : null, tokenBudget: options.tokenBudget },
    cache: { enabled: options.cache !== null, ...cacheStats(options, service) },
    deviceMemoryMiB: null,
    errorRateLastMinute: errorRate.lastMinute(),
    queueLength: service?.scheduler.waiting() ?? 0,
    maxQueue: options.maxQueue,
    inFlight: state.inFlight,
    threshold: info && info.labels !== null ? null : options.threshold,
    normalize: options.normalise,
    fallback,
    faults: state.plant.texts,
  };
};
