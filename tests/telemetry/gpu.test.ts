import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GpuTelemetry, Series } from '../../harness/model/series.js';
import { gpuTelemetrySchema, seriesSchema } from '../../harness/model/series.js';
import { startGpuSampler, type GpuSampler } from '../../harness/telemetry/gpu.js';
import { createFakeMachine, type FakeMachine, type FakeOptions } from './fake-host.js';

type Present = Extract<GpuTelemetry, { status: 'present' }>;

const header = 'index, uuid, name, memory.used [MiB], utilization.gpu [%], power.draw [W], temperature.gpu, clocks.current.sm [MHz], clocks_event_reasons.active, mig.mode.current\n';
const row = (uuid: string, usedMiB: number | string, utilization: number | string = 50): string => `0, ${uuid}, NVIDIA H100, ${String(usedMiB)}, ${String(utilization)}, 100.5, 41, 1980, 0x0000000000000004, Disabled\n`;
const survey = (...uuids: string[]): string => `driver_version, memory.total [MiB], ${header}${uuids.map((uuid) => `590.48.01, 81559, ${row(uuid, 0)}`).join('')}`;
const initialNamespace = 'pid:[4026531836]\n';

interface Answers {
  apps?: readonly string[];
  namespace?: string;
  query?: (fields: string) => { code?: number; stdout?: string };
}

function gpuMachine(uuids: readonly string[], answers: Answers = {}, more: FakeOptions = {}): FakeMachine {
  let listing = 0;
  return createFakeMachine({
    programs: ['nvidia-smi', 'stdbuf'],
    run: (command) => {
      if (command[0] === 'readlink') return { stdout: answers.namespace ?? initialNamespace };
      const fields = command.find((part) => part.startsWith('--query-gpu='))?.slice(12);
      if (fields !== undefined) return answers.query?.(fields) ?? { stdout: survey(...uuids) };
      return { stdout: `gpu_uuid, pid, process_name, used_gpu_memory [MiB]\n${answers.apps?.[listing++] ?? ''}` };
    },
    ...more,
  });
}

async function start(machine: FakeMachine): Promise<GpuSampler> {
  const sampler = await startGpuSampler({ gpu: 'auto', intervalMs: 100 }, machine.ctx);
  await machine.clock.advance(0);
  return sampler;
}

async function stop(machine: FakeMachine, sampler: GpuSampler, serverPids: number[] | null = []): Promise<{ gpu: GpuTelemetry; series: Series[] }> {
  const stopped = sampler.stop({ serverPids });
  await machine.clock.advance(3_000);
  const result = await stopped;
  gpuTelemetrySchema.parse(result.gpu);
  for (const series of result.series) seriesSchema.parse(series);
  return result;
}

const column = (series: readonly Series[], uuid: string, metric = 'memoryUsedMiB'): Series | undefined => series.find((one) => one.source === `gpu:${uuid}` && one.metric === metric);

test('one child for the whole run, line-buffered; the first row of each GPU is dropped; figures come out in their units', async () => {
  const machine = gpuMachine(['GPU-a', 'GPU-b']);
  const sampler = await start(machine);
  assert.equal(sampler.latestMiB(), null);
  const child = machine.children[0]!;
  assert.deepEqual(child.command.slice(0, 3), ['/fake/stdbuf', '-oL', '/fake/nvidia-smi']);
  assert.deepEqual(child.command.slice(-3), ['--format=csv,nounits', '-lms', '100']);
  assert.equal(child.options.env?.['LC_ALL'], 'C');

  child.say(header + row('GPU-a', 9_999, 100) + row('GPU-b', 9_999, 100));
  for (const usedMiB of [10, 20, 30]) {
    await machine.clock.advance(100);
    child.say(row('GPU-a', usedMiB) + row('GPU-b', 0, '[N/A]'));
  }
  assert.equal(sampler.latestMiB(), 30);
  assert.deepEqual(sampler.latest().map(({ memoryMiB, utilization }) => [memoryMiB, utilization]), [[30, 0.5], [0, null]]);
  const { gpu, series } = await stop(machine, sampler);
  assert.equal(machine.children.length, 1);
  assert.ok(child.ended);
  assert.deepEqual(column(series, 'GPU-a'), { source: 'gpu:GPU-a', metric: 'memoryUsedMiB', unit: 'MiB', t: [100, 200, 300], v: [10, 20, 30] });
  assert.deepEqual(column(series, 'GPU-b')?.v, [0, 0, 0], 'a zero is a zero');
  assert.deepEqual(column(series, 'GPU-a', 'utilization')?.v, [0.5, 0.5, 0.5]);
  assert.equal(column(series, 'GPU-b', 'utilization'), undefined, 'what is never told has no column');
  assert.deepEqual(series.filter((one) => one.source === 'gpu:GPU-a').map((one) => [one.metric, one.v[0]]), [
    ['memoryUsedMiB', 10], ['utilization', 0.5], ['powerW', 100.5], ['temperatureC', 41], ['smClockMHz', 1980], ['clocksEventReasons', 4],
  ]);
  const present = gpu as Present;
  assert.deepEqual([present.samples, present.restarts, present.gaps, present.intervalMs], [3, 0, [], 100]);
  assert.deepEqual(present.gpus[0], { uuid: 'GPU-a', index: 0, name: 'NVIDIA H100', memoryMiB: 81559, driver: '590.48.01', scope: 'device' });
});

test('settle waits for two kept samples', async () => {
  const machine = gpuMachine(['GPU-a']);
  const sampler = await start(machine);
  let settled = false;
  void sampler.settle().then(() => {
    settled = true;
  });
  for (const [text, done] of [[header + row('GPU-a', 1), false], [row('GPU-a', 1), false], [row('GPU-a', 1), true]] as const) {
    machine.children[0]!.say(text);
    await machine.clock.advance(100);
    assert.equal(settled, done);
  }
  await stop(machine, sampler);
});

test('settle waits its five seconds, however rarely the GPU is asked', async () => {
  const machine = gpuMachine(['GPU-a']);
  const sampler = await startGpuSampler({ gpu: 'auto', intervalMs: 3_600_000 }, machine.ctx);
  let settled = false;
  void sampler.settle().then(() => {
    settled = true;
  });
  await machine.clock.advance(4_500);
  assert.equal(settled, false);
  await machine.clock.advance(1_000);
  assert.equal(settled, true);
  await stop(machine, sampler);
});

test('settle gives up on a silent GPU instead of holding the run', async () => {
  const machine = gpuMachine(['GPU-a']);
  const sampler = await start(machine);
  const settled = sampler.settle();
  await machine.clock.advance(6_000);
  await settled;
  const { gpu } = await stop(machine, sampler);
  assert.deepEqual([gpu.status, gpu.status === 'absent' ? gpu.code : ''], ['absent', 'failed']);
});

test('five silent intervals: ended, started again, a null in the series, a gap with its reason, the first row dropped again', async () => {
  const machine = gpuMachine(['GPU-a']);
  const sampler = await start(machine);
  machine.children[0]!.say(header + row('GPU-a', 1));
  await machine.clock.advance(100);
  machine.children[0]!.say(row('GPU-a', 1000));
  await machine.clock.advance(400);
  assert.equal(machine.children[0]!.ended, false, 'four intervals are no reason');
  await machine.clock.advance(100);
  assert.equal(machine.children[0]!.ended, true);
  assert.equal(sampler.latestMiB(), null, 'an old figure is not shown as the present one');
  assert.deepEqual(sampler.latest(), []);
  await machine.clock.advance(600);
  assert.equal(machine.children.length, 2);
  machine.children[1]!.say(header + row('GPU-a', 7_777));
  await machine.clock.advance(100);
  machine.children[1]!.say(row('GPU-a', 3000));
  const { gpu, series } = await stop(machine, sampler);
  const present = gpu as Present;
  assert.deepEqual(column(series, 'GPU-a')?.v, [1000, null, 3000]);
  assert.deepEqual(present.gaps, [{ fromMs: 100, toMs: 1300, why: 'nvidia-smi said nothing for 5 intervals' }]);
  assert.deepEqual([present.restarts, present.samples, present.largestGapMs], [1, 2, 1200]);
});

test('a stall of the harness itself is not taken for a silent GPU', async () => {
  const machine = gpuMachine(['GPU-a']);
  const sampler = await start(machine);
  machine.children[0]!.say(header + row('GPU-a', 1) + row('GPU-a', 1));
  machine.clock.stall(2_000);
  await machine.clock.advance(0);
  machine.children[0]!.say(row('GPU-a', 2));
  await machine.clock.advance(100);
  const { gpu } = await stop(machine, sampler);
  assert.deepEqual([(gpu as Present).restarts, (gpu as Present).gaps.length, (gpu as Present).largestGapMs >= 2_000], [0, 0, true]);
});

test('a program that keeps ending is started five times more, ever later, then left alone; the gap lasts to the end', async () => {
  const machine = gpuMachine(['GPU-a']);
  const sampler = await start(machine);
  machine.children[0]!.say(header + row('GPU-a', 1) + row('GPU-a', 5));
  const startsMs: number[] = [];
  for (let life = 0; life < 7; life += 1) {
    const child = machine.children[life];
    if (child === undefined) break;
    startsMs.push(machine.clock.nowMs());
    child.say('Unable to determine the device handle for GPU 0000:04:00.0: GPU is lost.\n');
    child.end({ code: 15, signal: null });
    for (let waited = 0; waited < 40_000 && machine.children.length === life + 1; waited += 50) await machine.clock.advance(50);
  }
  assert.equal(machine.children.length, 6);
  assert.deepEqual(startsMs.slice(1).map((atMs, index) => atMs - startsMs[index]!), [500, 1_000, 2_000, 4_000, 8_000]);
  const { gpu, series } = await stop(machine, sampler);
  const present = gpu as Present;
  assert.deepEqual(column(series, 'GPU-a')?.v, [5, null]);
  assert.equal(present.restarts, 5);
  assert.equal(present.gaps.length, 1);
  assert.match(present.gaps[0]!.why, /ended with code 15: Unable to determine the device handle.*not started again after 5 times/);
});

test('one GPU of two vanishes: it alone has the gap, the other goes on', async () => {
  const machine = gpuMachine(['GPU-a', 'GPU-b']);
  const sampler = await start(machine);
  const child = machine.children[0]!;
  child.say(header + row('GPU-a', 1) + row('GPU-b', 1));
  for (let tick = 1; tick <= 20; tick += 1) {
    await machine.clock.advance(100);
    child.say(row('GPU-a', tick) + (tick <= 3 || tick >= 15 ? row('GPU-b', 100 + tick) : ''));
  }
  const { gpu, series } = await stop(machine, sampler);
  const present = gpu as Present;
  assert.equal(present.restarts, 0);
  assert.ok(!column(series, 'GPU-a')!.v.includes(null));
  assert.deepEqual(column(series, 'GPU-b')!.v, [101, 102, 103, null, 115, 116, 117, 118, 119, 120]);
  assert.deepEqual(present.gaps, [{ fromMs: 300, toMs: 1500, why: 'GPU-b was not in the listing' }]);
});

test('an older driver is asked with the older name, an even older one goes without', async () => {
  for (const known of ['clocks_throttle_reasons.active', null]) {
    const machine = gpuMachine([], {
      query: (fields) => {
        const refused = fields.split(',').find((field) => /^clocks_.*reasons/.test(field) && field !== known);
        return refused === undefined ? { stdout: survey('GPU-a') } : { code: 2, stdout: `Field "${refused}" is not a valid field to query.\n` };
      },
    });
    const sampler = await start(machine);
    const asked = machine.children[0]!.command.find((part) => part.startsWith('--query-gpu='))!;
    assert.equal(asked.includes('clocks_event_reasons'), false);
    assert.equal(asked.includes('clocks_throttle_reasons.active'), known !== null);
    await stop(machine, sampler);
  }
});

test('no GPU is a value with a code and a sentence', async () => {
  const says = (stdout: string, code: number): FakeOptions => ({ programs: ['nvidia-smi'], run: () => ({ stdout, code }) });
  const cases: readonly [FakeOptions, 'auto' | 'off', string, RegExp][] = [
    [{}, 'auto', 'not-found', /not on the PATH/],
    [{ platform: 'darwin' }, 'auto', 'unsupported', /macOS/],
    [says(survey('GPU-a'), 0), 'off', 'off', /switched off/],
    [says("NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.\n", 9), 'auto', 'no-driver', /driver does not answer: NVIDIA-SMI has failed/],
    [says('Failed to initialize NVML: Driver/library version mismatch\n', 18), 'auto', 'no-driver', /version mismatch/],
    [says('', 9), 'auto', 'no-driver', /code 9/],
    [says('No devices were found\n', 6), 'auto', 'no-device', /no GPU/],
    [says('Segmentation fault\n', 139), 'auto', 'failed', /Segmentation fault/],
    [{ programs: ['nvidia-smi'], run: () => ({ timedOut: true }) }, 'auto', 'failed', /did not answer within 30 s/],
  ];
  for (const [options, mode, code, why] of cases) {
    const machine = createFakeMachine(options);
    const sampler = await startGpuSampler({ gpu: mode, intervalMs: 100 }, machine.ctx);
    await sampler.settle();
    assert.equal(sampler.latestMiB(), null);
    const { gpu, series } = await sampler.stop({ serverPids: [] });
    assert.deepEqual([gpu.status, gpu.status === 'absent' ? gpu.code : '', series], ['absent', code, []]);
    assert.match(gpu.status === 'absent' ? gpu.why : '', why);
    assert.equal(machine.children.length, 0);
  }
});

const kept = (machine: FakeMachine): void => {
  machine.children[0]!.say(header + row('GPU-a', 1) + row('GPU-a', 1));
};

test('other processes: seen before or after, not of the server, without their folders', async () => {
  const machine = gpuMachine(['GPU-a'], { apps: ['GPU-a, 7, /opt/x/burn, 100 MiB\n', 'GPU-a, 7, /opt/x/burn, 300 MiB\nGPU-a, 8, python, 4000 MiB\nGPU-a, 9, other, [N/A]\n'] });
  const sampler = await start(machine);
  kept(machine);
  await machine.clock.advance(1_200);
  const { gpu } = await stop(machine, sampler, [8]);
  assert.deepEqual((gpu as Present).otherProcesses, [{ uuid: 'GPU-a', pid: 7, name: 'burn', memoryMiB: 300 }, { uuid: 'GPU-a', pid: 9, name: 'other', memoryMiB: null }]);
});

test('other processes are null, not none, where they cannot be told', async () => {
  const cases: readonly [Answers, number[] | null][] = [
    [{ namespace: 'pid:[4026532700]\n' }, []],
    [{ apps: ['GPU-a, [Insufficient Permissions], [Insufficient Permissions], [Insufficient Permissions]\n'] }, []],
    [{}, null],
  ];
  for (const [answers, pids] of cases) {
    const machine = gpuMachine(['GPU-a'], answers);
    const sampler = await start(machine);
    kept(machine);
    const { gpu } = await stop(machine, sampler, pids);
    assert.equal((gpu as Present).otherProcesses, null);
  }
});

test('a process that cannot even be killed does not hold the end of the run, and what it says later is not kept', async () => {
  const machine = gpuMachine(['GPU-a'], {}, { immortal: true });
  const sampler = await start(machine);
  kept(machine);
  await machine.clock.advance(500);
  machine.children[0]!.say(row('GPU-a', 6_666));
  await machine.clock.advance(3_000);
  assert.equal(machine.children.length, 2);
  machine.children[0]!.say(row('GPU-a', 6_666));
  machine.children[1]!.say(header + row('GPU-a', 2) + row('GPU-a', 2));
  const { series } = await stop(machine, sampler);
  assert.deepEqual(column(series, 'GPU-a')?.v, [1, null, 2]);
});
