import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseRecord } from '../../harness/analysis/index.js';
import { createRandom } from '../../harness/model/random.js';
import type { Drift } from '../../harness/model/shape-analysis.js';
import type { Series } from '../../harness/model/series.js';
import { buildRecord, type RecordShape } from './record-builder.js';
import { soakStage } from './shape-stage.js';

const hour = 3600;

/** Memory of the server through the whole run, sampled every `everyMs`: a base, a leak, noise as an allocator makes it. */
function memory(durationS: number, leakMiBh: number, everyMs = 500, noiseMiB = 4): Series {
  const random = createRandom(7);
  const t = Array.from({ length: Math.ceil(((durationS + 20) * 1000) / everyMs) }, (_, i) => i * everyMs);
  return { source: 'server', metric: 'rssMiB', unit: 'MiB', t, v: t.map((ms) => 300 + (leakMiBh * ms) / 3_600_000 + noiseMiB * (random.next() - 0.5)) };
}

function soak(durationS: number, leakMiBh: number, p50Ms?: (second: number) => number, more: RecordShape = {}, everyMs = 500): Map<string, Drift> {
  const record = buildRecord({
    ...more, stages: [soakStage({ durationS, ...(p50Ms === undefined ? {} : { p50Ms }) })],
    change: ({ series }) => ({ series: [...series.filter(({ metric, source }) => !(metric === 'rssMiB' && source === 'server')), memory(durationS, leakMiBh, everyMs)] }),
  });
  return new Map(analyseRecord(record).stages[0]!.drift.map((row) => [row.of, row]));
}

const slopeOf = (row: Drift | undefined): number => (row?.slope.kind === 'found' ? row.slope.value.value : NaN);

test('a planted leak comes out with its slope, and its interval holds it', () => {
  for (const leakMiBh of [20, 60, 240]) {
    const row = soak(2 * hour, leakMiBh).get('memory');
    assert.equal(row?.word, 'drifts', String(leakMiBh));
    assert.ok(Math.abs(slopeOf(row) / leakMiBh - 1) < 0.05, `${String(slopeOf(row))} of ${String(leakMiBh)}`);
    assert.ok(row?.slope.kind === 'found' && (row.slope.value.low ?? NaN) <= leakMiBh && (row.slope.value.high ?? NaN) >= leakMiBh);
    assert.ok(Math.abs((row.change ?? NaN) - 2 * slopeOf(row)) < 1e-9, 'the change is that of the window');
  }
});

test('no leak in two hours is shown; none in a minute is too short to tell', () => {
  assert.equal(soak(2 * hour, 0).get('memory')?.word, 'steady');
  const minute = soak(60, 0).get('memory');
  assert.equal(minute?.word, 'too-short');
  assert.ok(minute.slope.kind === 'found', 'the slope is told nevertheless');
});

test('a leak that is small in the window is not called one, and not denied', () => {
  // 30 MiB an hour over six minutes: 3 MiB of 300.
  assert.equal(soak(360, 30).get('memory')?.word, 'too-short');
});

test('latency: a drift of 10 % is found, noise alone is not one', () => {
  const random = createRandom(5);
  const noisy = (perSecond: number) => (t: number): number => 20 * (1 + perSecond * t) + 2 * (random.next() - 0.5);
  const drifting = soak(hour, 0, noisy(0.1 / hour));
  assert.deepEqual([drifting.get('latency-p50')?.word, drifting.get('latency-p95')?.word], ['drifts', 'drifts']);
  assert.ok(Math.abs(slopeOf(drifting.get('latency-p50')) - 2) < 0.2, String(slopeOf(drifting.get('latency-p50'))));
  assert.equal(soak(hour, 0, noisy(0)).get('latency-p50')?.word, 'steady');
  // A second stands out here and there: the medians of blocks do not see it.
  assert.equal(soak(hour, 0, (t) => (t % 97 === 0 ? 900 : 20 + (t % 7) / 10)).get('latency-p50')?.word, 'steady');
});

test('each GPU has its row; a stage that is no soak has none; few seconds have no slope', () => {
  const gpus = [{ uuid: 'GPU-a', baselineMiB: 500, loadedMiB: 4000, peakMiB: 5000 }, { uuid: 'GPU-b', baselineMiB: 500, loadedMiB: 4000, peakMiB: 4000 }];
  const record = buildRecord({ gpus, stages: [soakStage({ durationS: 120 })] });
  const rows = analyseRecord(record).stages[0]!.drift;
  assert.deepEqual(rows.map(({ of, source }) => [of, source]), [['latency-p50', ''], ['latency-p95', ''], ['memory', ''], ['vram', 'GPU-a'], ['vram', 'GPU-b']]);
  assert.deepEqual(analyseRecord(buildRecord({ users: [4] })).stages[0]!.drift, []);
  const short = analyseRecord(buildRecord({ stages: [soakStage({ durationS: 12 })] })).stages[0]!.drift[0];
  assert.deepEqual([short?.word, short?.slope, short?.blocks], ['too-short', { kind: 'absent', why: 'too-short', needed: 30 }, 12]);
});

test('a day of samples is a hundred blocks', () => {
  const rows = soak(24 * hour, 12, undefined, {}, 500);
  assert.deepEqual([...rows.values()].map(({ blocks }) => blocks), [100, 100, 100]);
  assert.ok(Math.abs(slopeOf(rows.get('memory')) / 12 - 1) < 0.02);
});
