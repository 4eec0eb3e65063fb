import type { Context } from '../host/index.js';
import type { Plan } from '../model/plan.js';
import type { Gauges } from '../model/event.js';
import type { GpuTelemetry, Series } from '../model/series.js';
import { startGpuSampler } from './gpu.js';
import { startMetricsSampler, type MetricsSampler } from './server-metrics.js';
import { startProcessSampler } from './process.js';
import { parseProcessStat } from './proc-file.js';
import { answerCounters, scrapeCounter } from './prometheus.js';

/** Everything that is sampled beside the load, from before the server boots until it has ended. */
export interface Telemetry {
  /** Resolves once a baseline of GPU memory has been seen; at once where there is no GPU. */
  settle(): Promise<void>;
  /** Samples CPU and memory of a process tree from now on, as `server`, `engine` (of a part of a mix `engine:NAME`) or `job`. */
  watch(source: 'server' | 'engine' | `engine:${string}` | 'job', pid: number): void;
  /** Samples CPU and memory now as well: what is about to end has no later sample. */
  look(): void;
  /** Reads queue and batches from the server's /metrics from now on, about once a second, where it tells them. */
  watchMetrics(url: string): void;
  /** The latest samples, for whoever watches; nothing is sampled for it. */
  now(): Gauges;
  /** CPU time of our children that have ended, and of theirs, so far, s, to a hundredth; null where the kernel does not say. */
  endedCpuS(): number | null;
  /** How many requests the server itself says it has answered since its start, from its /metrics; null when it does not say. */
  answeredRequests(url: string): Promise<number | null>;
  /** Ends all samplers. What was sampled stands in the record under these names. */
  stop(): Promise<{ gpu: GpuTelemetry; series: Series[] }>;
}

/** CPU and memory: as often as this, whatever the GPU's interval. */
const processIntervalMs = 500;
const scrapeTimeoutMs = 2_000;

/** Starts all samplers. What this machine cannot tell is absent with a reason, never an error. */
export async function startTelemetry(options: Plan['telemetry'], ctx: Context): Promise<Telemetry> {
  const gpu = await startGpuSampler(options, ctx);
  const processes = startProcessSampler({ intervalMs: processIntervalMs }, ctx);
  let metrics: MetricsSampler | null = null;
  return {
    settle: () => gpu.settle(),
    watch: (source, pid) => {
      processes.watch(source, pid);
    },
    look: () => {
      processes.sampleNow();
    },
    watchMetrics: (url) => {
      metrics ??= startMetricsSampler(url, ctx);
    },
    now: () => {
      const absence = gpu.absence();
      const gpus = gpu.latest();
      return { vramMiB: gpu.latestMiB(), ...(absence === null ? {} : { vramAbsent: absence }), ...(gpus.length === 0 ? {} : { gpus }), ...metrics?.latest(), processes: processes.now() };
    },
    endedCpuS: () => parseProcessStat(ctx.host.files.tryReadText('/proc/self/stat') ?? '')?.reapedS ?? null,
    answeredRequests: (url) => readAnswered(url, ctx),
    stop: async () => {
      const watched = processes.stop();
      if (watched.absent !== null) ctx.onEvent({ kind: 'note', level: 'warn', code: 'processes-absent', text: watched.absent });
      const told = (await metrics?.stop()) ?? [];
      const own = [processes.pidsOf('server'), processes.pidsOf('job')].filter((pids) => pids !== null);
      const sampled = await gpu.stop({ serverPids: own.length === 0 ? null : own.flat() });
      return { gpu: sampled.gpu, series: [...watched.series, ...told, ...sampled.series] };
    },
  };
}

async function readAnswered(url: string, ctx: Context): Promise<number | null> {
  try {
    const answer = await ctx.host.http.request(`${url.replace(/\/$/, '')}/metrics`, { timeoutMs: scrapeTimeoutMs, signal: ctx.signal });
    return answer.status === 200 ? scrapeCounter(answer.body, answerCounters) : null;
  } catch {
    ctx.signal.throwIfAborted();
    return null;
  }
}
