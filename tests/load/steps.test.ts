import assert from 'node:assert/strict';
import test from 'node:test';
import { piecewiseMs, spikeMs } from '../../harness/load/steps.js';
import { stageSchedule, tailMs } from '../../harness/load/schedule.js';
import { replayStageOf, spikeStageOf } from './stage-setup.js';

const pieces = [{ rateRps: 10, lengthMs: 2000 }, { rateRps: 100, lengthMs: 1000 }, { rateRps: 10, lengthMs: 2000 }];
const within = (moments: Float64Array, fromMs: number, toMs: number): number => moments.reduce((sum, ms) => sum + (ms >= fromMs && ms < toMs ? 1 : 0), 0);

test('constant: each piece has its gaps, none is lost or doubled where they meet', () => {
  const moments = piecewiseMs(pieces, 'constant', 1);
  assert.equal(moments.length, 140);
  assert.deepEqual([within(moments, 0, 2000), within(moments, 2000, 3000), within(moments, 3000, 5000)], [20, 100, 20]);
  assert.deepEqual([moments[0], moments[19], moments[20], moments[21], moments[120], moments[121]].map((ms) => Math.round((ms ?? NaN) * 1000) / 1000), [0, 1900, 2000, 2010, 3000, 3100]);
  // A piece that ends between two moments: 2.5 requests, so the third one waits half of the next piece's gap.
  assert.deepEqual([...piecewiseMs([{ rateRps: 10, lengthMs: 250 }, { rateRps: 100, lengthMs: 20 }], 'constant', 1)].map(Math.round), [0, 100, 200, 255, 265]);
});

test('Poisson: in each piece mean and variance are those of its rate', () => {
  const counts: [number[], number[]] = [[], []];
  for (let seed = 1; seed <= 400; seed += 1) {
    const moments = piecewiseMs(pieces, 'poisson', seed);
    counts[0].push(within(moments, 0, 2000));
    counts[1].push(within(moments, 2000, 3000));
    assert.ok(moments.every((ms, i) => ms >= 0 && ms < 5000 && (i === 0 || ms >= (moments[i - 1] as number))));
  }
  for (const [i, expected] of [20, 100].entries()) {
    const values = counts[i] as number[];
    const mean = values.reduce((sum, n) => sum + n, 0) / values.length;
    const variance = values.reduce((sum, n) => sum + (n - mean) ** 2, 0) / (values.length - 1);
    assert.ok(Math.abs(mean - expected) < 4 * Math.sqrt(expected / values.length), `mean ${String(mean)} of ${String(expected)}`);
    assert.ok(Math.abs(variance / expected - 1) < 4 * Math.sqrt(2 / values.length), `variance ${String(variance)} of ${String(expected)}`);
  }
});

test('a spike: warm-up and before, peak, after and the load behind the window', () => {
  const stage = spikeStageOf({ baseRps: 10, peakRps: 50, beforeS: 3, duringS: 2, afterS: 4 }, 1);
  const moments = stageSchedule(stage, 5, 42) ?? assert.fail('no schedule');
  assert.deepEqual([within(moments, 0, 4000), within(moments, 4000, 6000), within(moments, 6000, 10_000)], [40, 100, 40]);
  assert.ok((moments.at(-1) ?? 0) > 10_000 + 5000 && (moments.at(-1) ?? 0) < 10_000 + tailMs(5));
  assert.ok(stage.arrival.kind === 'spike');
  const poisson = { ...stage.arrival, process: 'poisson' as const };
  assert.deepEqual(spikeMs(poisson, 1, 6000, 7), spikeMs(poisson, 1, 6000, 7));
  assert.notDeepEqual(spikeMs(poisson, 1, 6000, 7)[0], spikeMs(poisson, 1, 6000, 8)[0]);
});

test('a replay: the moments of the file, divided by the speed', () => {
  const moments = Float64Array.of(0, 500, 500, 4000);
  assert.deepEqual(stageSchedule(replayStageOf(moments, 2), 5, 42, moments), Float64Array.of(0, 250, 250, 2000));
  assert.throws(() => stageSchedule(replayStageOf(moments, 2), 5, 42), RangeError);
  assert.throws(() => stageSchedule(replayStageOf(moments, 2), 5, 42, Float64Array.of(0, 1)), RangeError, 'another file');
});
