import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseHistory } from '../../../harness/analysis/index.js';
import { findChanges } from '../../../harness/analysis/history/series.js';
import type { HistoryRun } from '../../../harness/model/history.js';
import { createRandom } from '../../../harness/model/random.js';

const random = createRandom(3);
const wobble = (share: number): number => 1 + share * (random.next() - 0.5);

function run(i: number, changes: Partial<HistoryRun> = {}): HistoryRun {
  return {
    path: `reports/${String(i)}/result.json`, id: `run-${String(i).padStart(3, '0')}`, scenario: 'quick', startedAt: new Date(Date.UTC(2026, 0, 1 + i)).toISOString(), machine: 'CPU A', engine: 'k6 2.2.0', verdict: 'pass', planHash: 'p', model: 'm1',
    figures: [{ stage: '8 users', metric: 'throughput', gpu: null, value: 100 * wobble(0.04) }], invalidStages: 0, ...changes,
  };
}

const throughput = (value: number): HistoryRun['figures'] => [{ stage: '8 users', metric: 'throughput', gpu: null, value: value * wobble(0.04) }];

test('a change names its run, the medians on either side, its direction, and what changed with it', () => {
  const runs = Array.from({ length: 30 }, (_, i) => run(i, i < 18 ? {} : { figures: throughput(80), model: 'm2' }));
  const { series } = analyseHistory({ runs: [...runs].reverse(), skipped: [] });
  assert.equal(series.length, 1);
  const { changes } = series[0]!;
  assert.ok(changes.kind === 'found' && changes.value.length === 1);
  const [change] = changes.value;
  assert.equal(change!.run, 'run-018');
  assert.equal(change!.word, 'worse');
  assert.deepEqual(change!.with, ['model']);
  assert.ok(Math.abs(change!.before - 100) < 2 && Math.abs(change!.after - 80) < 2 && Math.abs(change!.ratio! - 0.8) < 0.02);
});

test('less latency is better, more errors are worse; a change too small to matter is not told', () => {
  const runs = Array.from({ length: 40 }, (_, i) => run(i));
  const shifted = (metric: 'p95' | 'errors', before: number, after: number, scatter: number) => findChanges(metric, runs.map((_, i) => (i < 20 ? before : after) * wobble(scatter)), runs);
  const better = shifted('p95', 100, 80, 0.02);
  assert.ok(better.kind === 'found');
  assert.deepEqual(better.value.map(({ at, word }) => [at, word]), [[20, 'better']]);
  const worse = shifted('errors', 0.001, 0.02, 0.1);
  assert.ok(worse.kind === 'found');
  assert.deepEqual(worse.value.map(({ at, word, ratio }) => [at, word, ratio]), [[20, 'worse', null]]);
  assert.deepEqual(shifted('p95', 100, 101, 0.001), { kind: 'found', value: [] });
  assert.deepEqual(shifted('errors', 0.0001, 0.0005, 0.1), { kind: 'found', value: [] });
});

test('another machine is a break, no change point: series are of one machine', () => {
  const runs = Array.from({ length: 40 }, (_, i) => run(i, i < 20 ? {} : { machine: 'CPU B', figures: throughput(200) }));
  const told = analyseHistory({ runs, skipped: [] });
  assert.deepEqual(told.machines, ['CPU A', 'CPU B']);
  assert.deepEqual(told.series.map(({ machine, values, changes }) => [machine, values.length, changes]), [[0, 20, { kind: 'found', value: [] }], [1, 20, { kind: 'found', value: [] }]]);
  assert.deepEqual(told.breaks, [{ scenario: 'quick', run: 20, what: 'machine', from: 0, to: 1 }]);
});

test('another engine is named as that, not as another machine; where both change, both are', () => {
  const runs = Array.from({ length: 40 }, (_, i) => run(i, i < 20 ? {} : { engine: 'autocannon 8.0.0', figures: throughput(200), ...(i < 30 ? {} : { machine: 'CPU B', engine: '' }) }));
  const told = analyseHistory({ runs, skipped: [] });
  assert.deepEqual([told.machines, told.engines], [['CPU A', 'CPU B'], ['k6 2.2.0', 'autocannon 8.0.0', '']]);
  assert.deepEqual(told.series.map(({ machine, engine, values }) => [machine, engine, values.length]), [[0, 0, 20], [0, 1, 10], [1, 2, 10]]);
  assert.deepEqual(told.breaks, [{ scenario: 'quick', run: 20, what: 'engine', from: 0, to: 1 }, { scenario: 'quick', run: 30, what: 'machine', from: 0, to: 1 }, { scenario: 'quick', run: 30, what: 'engine', from: 1, to: 2 }]);
});

test('stages, figures, GPUs and scenarios are series of their own; a run without one leaves no hole in another', () => {
  const figures: HistoryRun['figures'] = [0, 1].flatMap((gpu) => [{ stage: '8 users', metric: 'vram', gpu, value: 1000 + gpu }]);
  const told = analyseHistory({ runs: [run(0, { figures: [...throughput(1), ...figures] }), run(1, { figures }), run(2, { scenario: 'ramp' })], skipped: [] });
  assert.deepEqual(told.series.map(({ scenario, metric, gpu, runs }) => [scenario, metric, gpu, runs]), [['quick', 'throughput', null, [0]], ['quick', 'vram', 0, [0, 1]], ['quick', 'vram', 1, [0, 1]], ['ramp', 'throughput', null, [2]]]);
  assert.deepEqual(told.breaks, []);
  assert.ok(told.series.every(({ changes }) => changes.kind === 'absent'));
});

test('the order in which files were found does not matter', () => {
  const runs = Array.from({ length: 25 }, (_, i) => run(i, { startedAt: '2026-01-01T00:00:00.000Z' }));
  assert.deepEqual(analyseHistory({ runs: [...runs].reverse(), skipped: [] }), analyseHistory({ runs, skipped: [] }));
});
