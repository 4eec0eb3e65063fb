import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Series } from '../../../harness/model/series.js';
import { binSeconds, gaugePoints, heatBins, perSecond, ratioPoints, slopePoints, timelineColumn, worst } from '../../../harness/report/html/over-time.js';
import { textOf } from '../../../harness/report/text/index.js';
import { stagePairs, type StagePair } from '../../../harness/report/stage-figure.js';
import { sampleInput } from '../sample-input.js';

function pairs(durationS: number, columns: { completed: number[]; p95Ms: (number | null)[] }): StagePair[] {
  const { record, analysis } = sampleInput({ users: [4], durationS: 1 });
  const [pair] = stagePairs(record, analysis, textOf('en'));
  const timeline = { ...pair!.result.timeline, t: columns.completed.map((_, i) => i), ...columns };
  return [{ ...pair!, result: { ...pair!.result, windowFromMs: 10_000, windowToMs: 10_000 + durationS * 1000, timeline } }];
}

test('a rate counts the seconds that a bin really covers: the last one may be short', () => {
  const points = timelineColumn(pairs(4.5, { completed: [10, 20, 30, 40, 25], p95Ms: [] }), 'completed', 2, perSecond);
  assert.deepEqual(points.map(({ xS, y }) => [xS, y]), [[11, 15], [13, 35], [14.25, 50]]);
});

test('percentiles of seconds are not averaged: the worst second stands for the bin, an empty one is a gap', () => {
  const points = timelineColumn(pairs(6, { completed: [1, 1, 1, 1, 1, 1], p95Ms: [5, 9, null, null, 7, 3] }), 'p95Ms', 2, worst);
  assert.deepEqual(points.map(({ xS, y }) => [xS, y]), [[11, 9], [15, 7]]);
});

test('however long the run, a line has a few hundred points', () => {
  const long = pairs(7200, { completed: Array.from({ length: 7200 }, () => 3), p95Ms: [] });
  const points = timelineColumn(long, 'completed', binSeconds(long), perSecond);
  assert.ok(points.length <= 241 && points.length > 100);
  assert.ok(points.every(({ y }) => y === 3));
});

const series = (t: number[], v: (number | null)[]): Series => ({ source: 'server', metric: 'x', unit: '', t, v });

test('CPU is the slope of its counter; a gap and a counter that falls back start a new segment', () => {
  const points = slopePoints(series([0, 1000, 2000, 3000, 4000, 5000, 6000], [0, 1.5, 3, null, 10, 0, 0.5]));
  assert.deepEqual(points.map(({ xS, y }) => [xS, y]), [[1, 1.5], [2, 1.5], [6, 0.5]]);
  assert.equal(new Set(points.map(({ segment }) => segment)).size, 2);
});

test('the ratio of two counters is of what they grew between readings; standing still, a gap and a restart are gaps', () => {
  const t = [0, 1000, 2000, 3000, 4000, 5000, 6000, 7000];
  const points = ratioPoints(series(t, [0, 8, 40, 40, null, 50, 4, 12]), series(t, [0, 2, 4, 4, null, 6, 1, 3]));
  assert.deepEqual(points.map(({ xS, y }) => [xS, y]), [[1, 4], [2, 16], [7, 4]]);
  assert.equal(new Set(points.map(({ segment }) => segment)).size, 2);
});

test('a gauge keeps its highest samples, and gaps as gaps', () => {
  const t = Array.from({ length: 10_000 }, (_, i) => i * 100);
  const points = gaugePoints(series(t, t.map((at) => (at === 500_000 ? 9999 : at > 600_000 && at < 700_000 ? null : 10))));
  assert.ok(points.length <= 245);
  assert.equal(Math.max(...points.map(({ y }) => y)), 9999);
  assert.equal(new Set(points.map(({ segment }) => segment)).size > 1, true);
  assert.ok(points.every(({ xS }) => xS <= 600.1 || xS >= 699.9));
});

test('the heat map loses no request, has at most 60 × 14 cells, and stays in its stages', () => {
  const { record, analysis } = sampleInput({ users: [1, 8, 64], durationS: 100, ratePerUser: 10 });
  const all = stagePairs(record, analysis, textOf('en'));
  const bins = heatBins(all);
  const sum = (list: number[]): number => list.reduce((total, n) => total + n, 0);
  assert.equal(sum(bins.map(({ count }) => count)), sum(all.flatMap(({ result }) => result.heatmap.counts.flat())));
  assert.ok(new Set(bins.map(({ fromS }) => fromS)).size <= 62);
  assert.ok(new Set(bins.map(({ lowMs }) => lowMs)).size <= 14);
  for (const bin of bins) {
    assert.ok(bin.lowMs > 0 && bin.highMs > bin.lowMs);
    assert.ok(all.some(({ result }) => bin.fromS * 1000 >= result.windowFromMs && bin.toS * 1000 <= result.windowToMs + 1e-6));
  }
});

test('edges that begin at 0 or differ between stages are no obstacle', () => {
  const { record, analysis } = sampleInput({ users: [1, 8], durationS: 2 });
  const all = stagePairs(record, analysis, textOf('en'));
  all[0]!.result.heatmap = { binS: 1, edgesMs: [0, 10, 100, 1000], counts: [[3, 4, 0], [0, 1, 0]] };
  const bins = heatBins(all);
  assert.ok(bins.every(({ lowMs, highMs }) => lowMs > 0 && highMs > lowMs && Number.isFinite(highMs)));
  assert.deepEqual(heatBins([]), []);
});
