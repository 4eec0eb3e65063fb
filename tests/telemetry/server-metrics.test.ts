import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Context, HttpAnswer } from '../../harness/host/index.js';
import { startMetricsSampler } from '../../harness/telemetry/server-metrics.js';
import { createFakeMachine, type FakeMachine } from './fake-host.js';

interface Served {
  machine: FakeMachine;
  ctx: Context;
  /** When /metrics was asked, ms. */
  askedMs: number[];
}

/** A server whose /metrics is written by `write` (null: no answer, a number: a status) in `tookMs`. */
function serve(write: (reading: number) => string | number | null, tookMs = 0): Served {
  const machine = createFakeMachine();
  const askedMs: number[] = [];
  const request = async (url: string): Promise<HttpAnswer> => {
    assert.equal(url, 'http://x:1/metrics');
    const said = write(askedMs.length);
    askedMs.push(machine.clock.nowMs());
    if (tookMs > 0) await machine.clock.sleep(tookMs);
    if (said === null) throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    return { status: typeof said === 'number' ? said : 200, headers: {}, body: typeof said === 'number' ? '' : said, latencyMs: tookMs };
  };
  return { machine, askedMs, ctx: { ...machine.ctx, host: { ...machine.ctx.host, http: { request, freePort: () => Promise.resolve(1), serveLocally: () => Promise.reject(new Error('not asked')) } } } };
}

const reference = (queue: number, batches: number, texts: number): string => `# HELP queue_length x\nqueue_length ${String(queue)}\ninference_batch_texts_bucket{le="1"} 3\ninference_batch_texts_sum ${String(texts)}\ninference_batch_texts_count ${String(batches)}\n`;

test('queue and batches, once a second until it is stopped', async () => {
  const { machine, ctx, askedMs } = serve((i) => reference([0, 12, 3][i] ?? 1, i, 8 * i));
  const sampler = startMetricsSampler('http://x:1/', ctx);
  await machine.clock.advance(2_500);
  const stopping = sampler.stop();
  await machine.clock.advance(0);
  const series = await stopping;
  await machine.clock.advance(5_000);
  assert.deepEqual(askedMs, [0, 1000, 2000]);
  assert.deepEqual(series.map(({ source, metric, t, v }) => [source, metric, t, v]), [
    ['server', 'queueLength', [0, 1000, 2000], [0, 12, 3]], ['server', 'batches', [0, 1000, 2000], [0, 1, 2]], ['server', 'batchedEntries', [0, 1000, 2000], [0, 8, 16]],
  ]);
});

test('other servers by their own names; what one of them does not tell has no column', async () => {
  for (const [text, expected] of [
    ['te_queue_size 4\nte_batch_next_size_sum 30\nte_batch_next_size_count 10\n', [['queueLength', 4], ['batches', 10], ['batchedEntries', 30]]],
    ['queue_length 1\ntorch_allocated_peak_bytes 5.24288e+08\ntorch_reserved_peak_bytes 1073741824\n', [['queueLength', 1], ['torchAllocatedPeakMiB', 500], ['torchReservedPeakMiB', 1024]]],
    ['nv_inference_count{model="a"} 30\nnv_inference_count{model="b"} 2\nnv_inference_exec_count{model="a"} 10\n', [['batches', 10], ['batchedEntries', 32]]],
  ] as const) {
    const { machine, ctx } = serve(() => text);
    const sampler = startMetricsSampler('http://x:1', ctx);
    await machine.clock.advance(100);
    assert.deepEqual((await sampler.stop()).map(({ metric, v }) => [metric, v[0]]), expected);
  }
});

test('a server that tells nothing is asked once', async () => {
  for (const said of ['http_requests_total 5\n', 404, null]) {
    const { machine, ctx, askedMs } = serve(() => said);
    const sampler = startMetricsSampler('http://x:1', ctx);
    await machine.clock.advance(10_000);
    assert.deepEqual([askedMs.length, await sampler.stop()], [1, []]);
  }
});

test('a reading that fails later is a gap, not a zero and not the end', async () => {
  const { machine, ctx } = serve((i) => (i === 1 ? null : i === 2 ? 503 : reference(7, 5, 9)));
  const sampler = startMetricsSampler('http://x:1', ctx);
  await machine.clock.advance(3_500);
  const [queue] = await sampler.stop();
  assert.deepEqual([queue?.t, queue?.v], [[0, 1000, 3000], [7, null, 7]]);
});

test('a server that takes long to write its figures is asked less often: a fiftieth of the time at most', async () => {
  const { machine, ctx, askedMs } = serve(() => reference(0, 0, 0), 100);
  const sampler = startMetricsSampler('http://x:1', ctx);
  await machine.clock.advance(11_000);
  void sampler.stop();
  await machine.clock.advance(0);
  assert.deepEqual(askedMs, [0, 5100, 10_200]);
});

test('the last reading can be asked for while it goes on: what waits, and entries a batch since the one before', async () => {
  const { machine, ctx } = serve((i) => [reference(0, 0, 0), reference(12, 4, 30), reference(3, 4, 30), 500][i] ?? null);
  const sampler = startMetricsSampler('http://x:1', ctx);
  assert.deepEqual(sampler.latest(), {});
  const heard: object[] = [];
  for (let i = 0; i < 4; i += 1) {
    await machine.clock.advance(i === 0 ? 100 : 1_000);
    heard.push(sampler.latest());
  }
  assert.deepEqual(heard, [{ queue: 0 }, { queue: 12, batch: 7.5 }, { queue: 3 }, {}]);
  const stopping = sampler.stop();
  await machine.clock.advance(0);
  await stopping;
});
