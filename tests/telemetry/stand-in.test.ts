import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { createHost, type Context, type Host } from '../../harness/host/index.js';
import type { RunEvent } from '../../harness/model/event.js';
import { gpuTelemetrySchema, seriesSchema, type GpuTelemetry, type Series } from '../../harness/model/series.js';
import { startTelemetry } from '../../harness/telemetry/index.js';
import { startGpuSampler, type GpuSampler } from '../../harness/telemetry/gpu.js';
import { packageRoot } from './nvidia-smi-parser/fixture.js';

type Present = Extract<GpuTelemetry, { status: 'present' }>;

const program = join(packageRoot(), 'tests/stand-ins/nvidia-smi/nvidia-smi');
const first = 'GPU-5b6c1f8e-3f0d-4a52-9c1e-0d2b7a41e6a0';
const second = 'GPU-c7e2940b-81ad-4f67-b3d5-6e19f20c88d1';
const path = process.env['PATH'] ?? '';
let host: Host;
let ctx: Context;
const events: RunEvent[] = [];

before(() => {
  host = createHost();
  const startMs = host.clock.nowMs();
  ctx = { host, signal: new AbortController().signal, onEvent: (event) => events.push(event), sinceStartMs: () => host.clock.nowMs() - startMs };
  process.env['PATH'] = `${dirname(program)}${delimiter}${path}`;
  process.env['MGEO_SMI_CAPTURE'] = 'quick-rise';
});

after(() => {
  process.env['PATH'] = path;
});

/** Samples with a fault until `enough`, at most ten seconds. */
async function sampleWith(fault: string, enough: (sampler: GpuSampler, elapsedMs: number) => boolean): Promise<{ gpu: GpuTelemetry; series: Series[] }> {
  process.env['MGEO_SMI_FAULT'] = fault;
  const sampler = await startGpuSampler({ gpu: 'auto', intervalMs: 200 }, ctx);
  const startedMs = host.clock.nowMs();
  for (let elapsedMs = 0; elapsedMs < 10_000 && !enough(sampler, elapsedMs); elapsedMs = host.clock.nowMs() - startedMs) await host.clock.sleep(20);
  const result = await sampler.stop({ serverPids: [] });
  gpuTelemetrySchema.parse(result.gpu);
  return result;
}

const memory = (series: readonly Series[], uuid: string): Series => series.find((one) => one.source === `gpu:${uuid}` && one.metric === 'memoryUsedMiB')!;
const numbers = (series: Series): number[] => series.v.filter((value) => value !== null);
const reached = (sampler: GpuSampler): boolean => sampler.latestMiB() === 6310;

test('a rise of memory is followed: baseline, loaded, peak, GPU by GPU', async () => {
  const { gpu, series } = await sampleWith('', reached);
  const present = gpu as Present;
  assert.deepEqual(present.gpus.map(({ uuid, index, memoryMiB, driver, scope }) => [uuid, index, memoryMiB, driver, scope]), [[first, 0, 81559, '590.48.01', 'device'], [second, 1, 81559, '590.48.01', 'device']]);
  assert.deepEqual([...new Set(numbers(memory(series, first)))], [0, 1482, 6310]);
  assert.deepEqual([...new Set(numbers(memory(series, second)))], [0]);
  assert.deepEqual([present.restarts, present.gaps], [0, []]);
  assert.deepEqual(present.otherProcesses?.map(({ uuid, pid, name, memoryMiB }) => [uuid, pid, name, memoryMiB]) ?? 'a container', present.otherProcesses === null ? 'a container' : [[second, 21198, 'gpu_burn, second', 7484]]);
});

test('dying: started again, gaps marked by nulls, the rise still followed', async () => {
  const { gpu, series } = await sampleWith('dies-after-4', (sampler, elapsedMs) => elapsedMs > 3_000 && sampler.latestMiB() !== null);
  const present = gpu as Present;
  assert.ok(present.restarts >= 1);
  assert.ok(present.gaps.length >= 1);
  assert.match(present.gaps[0]!.why, /code 15: Unable to determine the device handle/);
  assert.ok(memory(series, first).v.includes(null));
  assert.ok(present.largestGapMs >= 500);
});

test('silent: noticed and started again', async () => {
  // Known, lost, and known again.
  let turns = 0;
  const { gpu, series } = await sampleWith('silent', (sampler) => {
    if ((sampler.latestMiB() !== null) === (turns % 2 === 0)) turns += 1;
    return turns >= 3;
  });
  assert.equal(turns, 3);
  assert.ok((gpu as Present).restarts >= 1);
  assert.ok(memory(series, first).v.includes(null));
  assert.match((gpu as Present).gaps[0]!.why, /said nothing for 5 intervals/);
});

test('garbage between the rows changes nothing', async () => {
  const { gpu, series } = await sampleWith('garbage', reached);
  assert.deepEqual([(gpu as Present).restarts, (gpu as Present).gaps], [0, []]);
  assert.deepEqual([...new Set(numbers(memory(series, first)))], [0, 1482, 6310]);
  assert.deepEqual(new Set(series.map((one) => one.source)), new Set([`gpu:${first}`, `gpu:${second}`]));
});

test('a header with other columns in mid-stream changes nothing', async () => {
  const { series } = await sampleWith('header-change', reached);
  assert.deepEqual([...new Set(numbers(memory(series, first)))], [0, 1482, 6310]);
  assert.deepEqual([...new Set(numbers(series.find((one) => one.metric === 'smClockMHz')!))], [345, 1980]);
});

test('slow: fewer samples, no restart', async () => {
  const { gpu, series } = await sampleWith('slow', reached);
  assert.deepEqual([(gpu as Present).restarts, (gpu as Present).gaps], [0, []]);
  assert.equal(numbers(memory(series, first)).at(-1), 6310);
});

test('a GPU that vanishes alone has a gap to the end', async () => {
  const { gpu, series } = await sampleWith('vanish', (_, elapsedMs) => elapsedMs > 3_500);
  assert.equal(memory(series, second).v.at(-1), null);
  assert.ok(!memory(series, first).v.includes(null));
  assert.deepEqual((gpu as Present).gaps.map((gap) => gap.why), [`${second} was not in the listing`]);
});

test('an old driver, no driver, no device', async () => {
  const old = await sampleWith('old-driver', reached);
  assert.equal(numbers(old.series.find((one) => one.metric === 'clocksEventReasons')!)[0], 1, 'the older name gives the same column');
  for (const fault of ['no-driver', 'no-device']) {
    const { gpu } = await sampleWith(fault, () => true);
    assert.deepEqual([gpu.status, gpu.status === 'absent' ? gpu.code : ''], ['absent', fault]);
  }
});

test('not installed: absent with a reason', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'mgeo-bench-no-smi-'));
  symlinkSync(process.execPath, join(empty, 'node'));
  process.env['PATH'] = empty;
  try {
    const { gpu } = await sampleWith('', () => true);
    assert.deepEqual([gpu.status, gpu.status === 'absent' ? gpu.code : ''], ['absent', 'not-found']);
  } finally {
    process.env['PATH'] = `${dirname(program)}${delimiter}${path}`;
    rmSync(empty, { recursive: true });
  }
});

test('the stand-in ends when nobody reads it any more', async () => {
  process.env['MGEO_SMI_FAULT'] = '';
  const child = spawn(program, ['--query-gpu=uuid,memory.used', '--format=csv', '-lms', '20'], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  child.stdout.destroy();
  const [code] = (await once(child, 'exit')) as [number | null];
  assert.equal(code, 0);
});

test('all of telemetry together: GPU, processes, own health, and the server\'s own count', async () => {
  process.env['MGEO_SMI_FAULT'] = '';
  let answered = 3;
  const server = createServer((request, response) => {
    if (request.url === '/metrics') response.end(`http_requests_total{route="/similarity",status="200"} ${String(answered)}\n`);
    else response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const telemetry = await startTelemetry({ gpu: 'auto', intervalMs: 100 }, ctx);
  await telemetry.settle();
  assert.notEqual(telemetry.now().vramMiB, null);
  assert.equal(telemetry.now().gpus?.reduce((sum, { memoryMiB }) => sum + (memoryMiB ?? 0), 0), telemetry.now().vramMiB);
  const child = await host.processes.spawn([process.execPath, '-e', 'setInterval(() => {}, 1000)'], { name: 'server' });
  telemetry.watch('server', child.pid);
  assert.equal(await telemetry.answeredRequests(url), 3);
  answered = 8;
  assert.equal(await telemetry.answeredRequests(`${url}/`), 8);
  assert.equal(await telemetry.answeredRequests(`${url}/nothing`), null);
  await host.clock.sleep(1_200);
  const stopped = await telemetry.stop();
  await child.stop(0);
  server.close();
  assert.deepEqual(Object.keys(stopped).sort(), ['gpu', 'series'], 'it is laid over the record');
  for (const series of stopped.series) seriesSchema.parse(series);
  const names = new Set(stopped.series.map((one) => `${one.source} ${one.metric}`));
  for (const name of [`gpu:${first} memoryUsedMiB`, 'server cpuS', 'server rssMiB', 'server rssPeakMiB', 'server runQueueWaitS', 'harness cpuS', 'machine utilization']) assert.ok(names.has(name), `${name} is missing from ${[...names].join(', ')}`);
  assert.equal(await telemetry.answeredRequests('http://127.0.0.1:9'), null);
});
