import assert from 'node:assert/strict';
import test from 'node:test';
import { burstsMs, firstAtOrAfter, scheduleMs, stageSchedule, tailMs } from '../../harness/load/schedule.js';
import { burstStageOf, openStageOf, stageOf } from './stage-setup.js';

const rateRps = 200;
const poisson = (lengthMs: number, seed: number): Float64Array => scheduleMs({ process: 'poisson', rateRps }, lengthMs, seed);
const gapsOf = (moments: Float64Array): Float64Array => moments.map((moment, i) => moment - (i === 0 ? 0 : (moments[i - 1] as number)));
const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const varianceOf = (values: Float64Array): number => {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
};

/** Largest distance of the empirical distribution from that of exponential gaps (Kolmogorov 1933). */
function distanceFromExponential(gaps: Float64Array): number {
  const sorted = gaps.slice().sort();
  return sorted.reduce((most, gap, i) => {
    const expected = 1 - Math.exp((-rateRps * gap) / 1000);
    return Math.max(most, expected - i / sorted.length, (i + 1) / sorted.length - expected);
  }, 0);
}

/** Below this with probability 0.999, where the gaps are what they should be (Smirnov's limit, 1.95/√n). */
const critical = (n: number): number => 1.95 / Math.sqrt(n);

test('Poisson: gaps are exponential in mean, variance and distribution, and do not depend on each other', () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const gaps = gapsOf(poisson(250_000, seed));
    const n = gaps.length;
    const meanMs = 1000 / rateRps;
    // The standard error of the mean of n exponential values is mean/√n, of their variance √8·mean²/√n.
    assert.ok(Math.abs(meanOf(gaps) / meanMs - 1) < 4 / Math.sqrt(n), `mean ${String(meanOf(gaps))}`);
    assert.ok(Math.abs(varianceOf(gaps) / meanMs ** 2 - 1) < 4 * Math.sqrt(8 / n), `variance ${String(varianceOf(gaps))}`);
    assert.ok(distanceFromExponential(gaps) < critical(n), `distance ${String(distanceFromExponential(gaps))}`);
    const mean = meanOf(gaps);
    const together = gaps.slice(1).reduce((sum, gap, i) => sum + (gap - mean) * ((gaps[i] as number) - mean), 0) / (n - 1);
    assert.ok(Math.abs(together / varianceOf(gaps)) < 4 / Math.sqrt(n), 'correlation of neighbours');
  }
});

test('the test of the distribution can fail', () => {
  const constant = gapsOf(scheduleMs({ process: 'constant', rateRps }, 250_000, 1));
  assert.ok(distanceFromExponential(constant) > 10 * critical(constant.length));
  const slower = gapsOf(poisson(250_000, 1)).map((gap) => gap * 1.05);
  assert.ok(distanceFromExponential(slower) > critical(slower.length));
});

test('Poisson: the number in a second has mean and variance λ', () => {
  const counts = new Float64Array(1000);
  for (const moment of poisson(1_000_000, 9)) counts[Math.floor(moment / 1000)] = (counts[Math.floor(moment / 1000)] as number) + 1;
  assert.ok(Math.abs(meanOf(counts) / rateRps - 1) < 4 / Math.sqrt(rateRps * 1000));
  assert.ok(Math.abs(varianceOf(counts) / rateRps - 1) < 4 * Math.sqrt(2 / 1000), String(varianceOf(counts)));
});

test('constant: an absolute grid, as many as rate times length', () => {
  const moments = scheduleMs({ process: 'constant', rateRps: 300 }, 60_000, 1);
  assert.equal(moments.length, 18_000);
  assert.deepEqual([moments[0], moments[3], moments[17_999]], [0, 10, (17_999 * 1000) / 300]);
  for (const [rate, lengthMs, count] of [[0.5, 6000, 3], [0.5, 6001, 4], [7, 1000, 7], [1000, 1, 1]] as const) assert.equal(scheduleMs({ process: 'constant', rateRps: rate }, lengthMs, 1).length, count, String(rate));
});

test('the same seed gives the same moments, another one others; all are ascending and inside', () => {
  assert.deepEqual(poisson(20_000, 7), poisson(20_000, 7));
  assert.notDeepEqual(poisson(20_000, 7).slice(0, 5), poisson(20_000, 8).slice(0, 5));
  const moments = poisson(20_000, 7);
  assert.ok(moments.every((moment, i) => moment >= 0 && moment < 20_000 && (i === 0 || moment > (moments[i - 1] as number))));
  assert.deepEqual(poisson(5000, 7), moments.slice(0, firstAtOrAfter(moments, 5000)), 'a longer schedule begins as a shorter one');
});

test('a stage of open load has one schedule, to the end of its last answer; a closed one has none', () => {
  const stage = openStageOf(50, { index: 2, warmupS: 1, durationS: 3 });
  const moments = stageSchedule(stage, 5, 42);
  assert.ok(moments);
  assert.deepEqual(stageSchedule(stage, 5, 42), moments);
  assert.notDeepEqual(stageSchedule({ ...stage, index: 3 }, 5, 42)?.[0], moments[0]);
  const last = moments.at(-1) as number;
  assert.ok(last > 4000 + 5000 && last < 4000 + tailMs(5));
  assert.equal(stageSchedule(stageOf(4), 5, 42), null);
});

test('bursts: all at one moment, one before the window where there is a warm-up', () => {
  assert.deepEqual([...burstsMs({ requests: 3, everyS: 2, repeats: 2 }, 5)], [0, 0, 0, 5000, 5000, 5000, 7000, 7000, 7000]);
  assert.deepEqual([...burstsMs({ requests: 2, everyS: 2, repeats: 2 }, 0)], [0, 0, 2000, 2000]);
  assert.deepEqual(stageSchedule(burstStageOf(2, { everyS: 2, repeats: 2 }), 5, 1), Float64Array.of(0, 0, 2000, 2000));
});

test('the first at or after a moment', () => {
  const moments = Float64Array.of(1, 2, 2, 5);
  assert.deepEqual([0, 1, 1.5, 2, 3, 5, 6].map((ms) => firstAtOrAfter(moments, ms)), [0, 0, 1, 1, 3, 3, 4]);
});
