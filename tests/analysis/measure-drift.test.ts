import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseRecord } from '../../harness/analysis/index.js';
import { judge } from '../../harness/gate/index.js';
import type { GatePlan } from '../../harness/model/metric.js';
import { createRandom } from '../../harness/model/random.js';
import type { Check } from '../../harness/model/verdict.js';
import { buildRecord, namedGate, percentileGate, type RecordShape } from './record-builder.js';
import { soakStage } from './shape-stage.js';

const drift = (p: number, limit: number): GatePlan => percentileGate('drift', p, '<', limit, { unit: '' });
const leak = (name: 'rss' | 'vram', limit: number, selector?: Record<string, string>): GatePlan => namedGate('leak', name, '<', limit, { unit: 'MiB/h', ...(selector === undefined ? {} : { selector }) });

/** The first check of a soak with this gate. */
function checkOf(gate: GatePlan, stage: Parameters<typeof soakStage>[0], change?: RecordShape['change']): Check {
  const record = buildRecord({ stages: [soakStage(stage)], gates: [gate], ...(change === undefined ? {} : { change }) });
  const [check] = judge({ record, analysis: analyseRecord(record) }).checks;
  assert.ok(check);
  return check;
}
const said = ({ status, actual }: Check): string => `${status} ${actual === null ? '—' : String(Math.round(actual * 1e4) / 1e4)}`;

/** Memory of the server that grows so many MiB an hour, with noise of so many MiB. */
const growing = (perHour: number, noiseMiB = 0): NonNullable<RecordShape['change']> => ({ series }) => {
  const dice = createRandom(3);
  return { series: series.map((one) => (one.source === 'server' && one.metric === 'rssMiB' ? { ...one, v: one.t.map((tMs, i) => (one.v[i] === null ? null : 400 + (perHour * tMs) / 3_600_000 + noiseMiB * (dice.next() - 0.5))) } : one)) };
};

test('drift: the planted change through the window, as a share of the median', () => {
  // 20 ms and 10 µs more each second: 1.2 ms in two minutes, at a median of 20.6 ms.
  const rising = { p50Ms: (t: number) => 20 + 0.01 * t };
  const share = 1.2 / 20.6;
  for (const p of [50, 95]) {
    const check = checkOf(drift(p, 0.05), rising);
    assert.ok(check.actual !== null && Math.abs(check.actual / share - 1) < 0.02, said(check));
    assert.deepEqual([check.status, checkOf(drift(p, 0.07), rising).status], ['fail', 'pass']);
  }
  assert.equal(checkOf(drift(95, 0.05), { p50Ms: (t) => 20 - 0.01 * t }).status, 'pass', 'a latency that falls is no harm');
});

test('drift: three answers by the interval of the slope', () => {
  const noisy = (slope: number) => {
    const dice = createRandom(5);
    const noise = Array.from({ length: 200 }, () => 8 * (dice.next() - 0.5));
    return { p50Ms: (t: number) => 20 + slope * t + (noise[t] ?? 0) };
  };
  assert.deepEqual([0, 0.012, 0.12].map((slope) => checkOf(drift(95, 0.05), noisy(slope)).status), ['inconclusive', 'inconclusive', 'fail']);
  assert.equal(checkOf(drift(95, 0.5), noisy(0)).status, 'pass', 'what is asked is wide enough for two minutes');
  const straddling = checkOf(drift(95, 0.05), noisy(0));
  assert.ok((straddling.low ?? 1) < 0.05 && (straddling.high ?? 0) > 0.05 && straddling.reason.code === 'straddles');
});

test('leak: the planted growth an hour, of the server and of the steepest GPU', () => {
  const check = checkOf(leak('rss', 100), {}, growing(120));
  assert.ok(check.status === 'fail' && Math.abs((check.actual ?? 0) / 120 - 1) < 0.01, said(check));
  assert.equal(checkOf(leak('rss', 130), {}, growing(120)).status, 'pass');
  assert.equal(checkOf(leak('rss', 10), {}, growing(0, 20)).status, 'inconclusive', 'noise of 20 MiB hides 10 MiB/h for two minutes');
  const gpus = (selector?: Record<string, string>): Check => {
    const record = buildRecord({ stages: [soakStage()], gates: [leak('vram', 10, selector)], gpus: [{ uuid: 'GPU-a', baselineMiB: 0, loadedMiB: 1000, peakMiB: 1000 }, { uuid: 'GPU-b', baselineMiB: 0, loadedMiB: 1000, peakMiB: 1004 }] });
    const [one] = judge({ record, analysis: analyseRecord(record) }).checks;
    assert.ok(one);
    return one;
  };
  // 4 MiB in the 121 s of load.
  assert.ok(gpus().status === 'fail' && Math.abs((gpus().actual ?? 0) / 118 - 1) < 0.05, said(gpus()));
  assert.deepEqual([{ gpu: '0' }, { gpu: 'GPU-a' }, { gpu: '1' }, { gpu: 'GPU-c' }].map((selector) => gpus(selector).status), ['pass', 'pass', 'fail', 'skipped']);
});

test('a soak too short for a slope is undecided; no GPU, no such series, no soak are skipped', () => {
  const short = checkOf(drift(95, 0.05), { durationS: 20 });
  assert.deepEqual([short.status, short.reason.params['why']], ['inconclusive', 'too-short']);
  const none = checkOf(leak('vram', 10), {});
  assert.deepEqual([none.status, none.reason.params['why']], ['skipped', 'no-gpu']);
  assert.equal(checkOf(leak('rss', 10), {}, ({ series }) => ({ series: series.filter(({ source }) => source !== 'server') })).status, 'skipped');
  const record = buildRecord({ users: [2], gates: [drift(95, 0.05)] });
  assert.equal(judge({ record, analysis: analyseRecord(record) }).checks[0]?.reason.code, 'no-stage');
});
