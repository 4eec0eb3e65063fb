import assert from 'node:assert/strict';
import test from 'node:test';
import { createMetricLog } from '../../../harness/load/job/metric-log.js';
import { jobMetricSchema, type JobMetric } from '../../../harness/model/job.js';

function logOf(lines: readonly (readonly [tMs: number, values: Record<string, number | null>])[]): { metrics: JobMetric[]; unkept: number } {
  const log = createMetricLog();
  for (const [tMs, values] of lines) log.add(tMs, Object.entries(values));
  const { metrics, unkept } = log.finish();
  return { metrics: metrics.map((metric) => jobMetricSchema.parse(metric)), unkept };
}

test('count, ends, extremes and times of a figure are exact', () => {
  const [epoch, loss] = logOf([[1000, { epoch: 1, loss: 0.9 }], [3000, { epoch: 2, loss: 0.2 }], [9000, { epoch: 3, loss: 0.4 }]]).metrics;
  assert.deepEqual(loss, { name: 'loss', n: 3, notFinite: 0, first: 0.9, last: 0.4, min: 0.2, max: 0.9, spanMs: 8000, longestGapMs: 6000, every: 1, t: [1000, 3000, 9000], v: [0.9, 0.2, 0.4] });
  assert.deepEqual([epoch?.first, epoch?.last], [1, 3]);
});

test('figures that come in other lines have times of their own', () => {
  const [step, auc] = logOf([[0, { step: 1 }], [10, { step: 2 }], [15, { auc: 0.9 }], [20, { step: 3 }], [45, { auc: 0.95 }]]).metrics;
  assert.deepEqual([step?.n, step?.spanMs, auc?.n, auc?.spanMs], [3, 20, 2, 30]);
});

test('one line has no time between lines', () => {
  assert.deepEqual(logOf([[5, { auc: 0.9 }]]).metrics.map(({ spanMs, longestGapMs, n }) => [spanMs, longestGapMs, n]), [[null, null, 1]]);
});

test('a value that is not finite is counted, is a gap, and takes the last value away while it is the last', () => {
  const [loss] = logOf([[0, { loss: 2 }], [1, { loss: null }], [2, { loss: 1 }]]).metrics;
  assert.deepEqual([loss?.n, loss?.notFinite, loss?.last, loss?.v], [2, 1, 1, [2, null, 1]]);
  const [lost] = logOf([[0, { loss: 2 }], [1, { loss: null }]]).metrics;
  assert.deepEqual([lost?.first, lost?.last, lost?.max], [2, null, 2]);
});

test('a million lines keep every exact number, and at most a thousand and one points, the first and the last among them', () => {
  const log = createMetricLog();
  const count = 1_000_000;
  for (let i = 0; i < count; i += 1) log.add(i, [['x', i === 777_777 ? -5 : i]]);
  const [x] = log.finish().metrics;
  assert.deepEqual([x?.n, x?.first, x?.last, x?.min, x?.max, x?.spanMs, x?.longestGapMs], [count, 0, count - 1, -5, count - 1, count - 1, 1]);
  assert.ok(x !== undefined && x.t.length <= 1001 && x.t.length > 400, String(x?.t.length));
  assert.deepEqual([x.t[0], x.t.at(-1)], [0, count - 1]);
  // Evenly: the kept ones lie `every` apart.
  assert.deepEqual(new Set(x.t.slice(1, -1).map((t, i) => t - (x.t[i] as number))), new Set([x.every]));
});

test('a job that makes up names does not grow without end', () => {
  const { metrics, unkept } = logOf(Array.from({ length: 300 }, (_, i) => [i, { [`loss_${String(i)}`]: i, auc: 0.5 }] as const));
  assert.equal(metrics.length, 100);
  assert.equal(unkept, 300 + 1 - 100);
  assert.equal(metrics.find(({ name }) => name === 'auc')?.n, 300);
});
