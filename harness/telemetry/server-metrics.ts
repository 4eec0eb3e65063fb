import type { Context } from '../host/index.js';
import type { Series } from '../model/series.js';
import { createColumns } from './columns.js';
import { parsePrometheus, sumOfFirst, type CounterName } from './prometheus.js';

/** Queue and batches of the server by its own /metrics, while the run goes on. */
export interface MetricsSampler {
  /** As last read: entries that wait, entries a batch since the reading before; absent where it is not told, or the last reading failed. */
  latest(): { queue?: number; batch?: number };
  /** Ends the readings. `server`: queueLength (entries that wait), batches, batchedEntries, tokens and paddedTokens (cumulative), simulatedMemoryPeakMiB, torchAllocatedPeakMiB and torchReservedPeakMiB; none of a server that tells none. */
  stop(): Promise<Series[]>;
}

/** What known servers call it, best first: the reference server, text-embeddings-inference, Triton. */
const known: readonly { metric: string; names: readonly CounterName[]; scale?: number }[] = [
  { metric: 'queueLength', names: [{ name: 'queue_length' }, { name: 'te_queue_size' }, { name: 'nv_inference_pending_request_count' }] },
  { metric: 'batches', names: [{ name: 'inference_batch_texts_count' }, { name: 'te_batch_next_size_count' }, { name: 'nv_inference_exec_count' }] },
  { metric: 'batchedEntries', names: [{ name: 'inference_batch_texts_sum' }, { name: 'te_batch_next_size_sum' }, { name: 'nv_inference_count' }] },
  { metric: 'tokens', names: [{ name: 'inference_tokens_total' }] },
  { metric: 'paddedTokens', names: [{ name: 'inference_padded_tokens_total' }] },
  // Of a simulated accelerator: no GPU of this machine has any part in it.
  { metric: 'simulatedMemoryPeakMiB', names: [{ name: 'simulated_device_memory_peak_bytes' }], scale: 2 ** -20 },
  // Of the GPU server of this repository: what torch's allocator took of its GPUs, which the driver cannot tell from what it keeps.
  { metric: 'torchAllocatedPeakMiB', names: [{ name: 'torch_allocated_peak_bytes' }], scale: 2 ** -20 },
  { metric: 'torchReservedPeakMiB', names: [{ name: 'torch_reserved_peak_bytes' }], scale: 2 ** -20 },
];

/** Between two readings. Prometheus itself asks every 15 s or more: this is often enough for stages of seconds. */
const intervalMs = 1_000;
/** A server that writes its figures slowly is asked less often: at most so much of the time is spent on it. */
const mostBusy = 0.02;
const timeoutMs = 2_000;

/** Starts reading at once. A server without known figures is asked once and left alone; one that fails later has a gap. */
export function startMetricsSampler(url: string, ctx: Context): MetricsSampler {
  const stopping = new AbortController();
  const columns = createColumns();
  const seen: Seen = { now: {}, before: {} };
  const running = keepReading(`${url.replace(/\/$/, '')}/metrics`, columns, seen, AbortSignal.any([stopping.signal, ctx.signal]), ctx).catch(() => undefined);
  return {
    latest: () => latestOf(seen),
    stop: async () => {
      stopping.abort();
      await running;
      return columns.finish();
    },
  };
}

/** Rejects with the signal's reason: that is its end. */
async function keepReading(url: string, columns: ReturnType<typeof createColumns>, seen: Seen, signal: AbortSignal, ctx: Context): Promise<void> {
  const { clock, http } = ctx.host;
  for (let first = true; ; first = false) {
    const askedMs = clock.nowMs();
    const text = await http.request(url, { timeoutMs, signal }).then(({ status, body }) => (status === 200 ? body : null), () => null);
    signal.throwIfAborted();
    const values = text === null ? [] : figuresIn(text);
    const found = values.length;
    for (const { metric, value } of values) columns.push('server', metric, '', ctx.sinceStartMs(), value);
    seen.before = seen.now;
    seen.now = Object.fromEntries(values.map(({ metric, value }) => [metric, value]));
    if (first && found === 0) return;
    if (found === 0) columns.gap('server', ctx.sinceStartMs());
    const tookMs = clock.nowMs() - askedMs;
    await clock.sleep(Math.max(intervalMs - tookMs, tookMs / mostBusy), signal);
  }
}

/** The known figures that the text holds. */
function figuresIn(text: string): { metric: string; value: number }[] {
  const samples = parsePrometheus(text);
  return known.flatMap(({ metric, names, scale = 1 }) => {
    const value = sumOfFirst(samples, names);
    return value === null ? [] : [{ metric, value: value * scale }];
  });
}

/** The last two readings by metric; empty where there was none. */
interface Seen {
  now: Readonly<Record<string, number>>;
  before: Readonly<Record<string, number>>;
}

function latestOf({ now, before }: Seen): { queue?: number; batch?: number } {
  const queue = now['queueLength'];
  const grown = (metric: string): number => (now[metric] ?? NaN) - (before[metric] ?? NaN);
  const batch = grown('batchedEntries') / grown('batches');
  return { ...(queue === undefined || !Number.isFinite(queue) ? {} : { queue }), ...(grown('batches') > 0 && batch >= 0 ? { batch } : {}) };
}
