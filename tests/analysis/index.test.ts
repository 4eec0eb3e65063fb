import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseRecord } from '../../harness/analysis/index.js';
import { namedGate, percentileGate, buildRecord, type RecordShape } from './record-builder.js';

const shapes: Record<string, RecordShape> = {
  clean: { users: [1, 4], gpus: [{ uuid: 'GPU-a', baselineMiB: 1, loadedMiB: 2, peakMiB: 3 }] },
  empty: { stages: [] },
  aborted: {
    stages: [{ users: 1 }, { users: 4, latenciesUs: [], durationS: 5, change: (stage) => ({ status: 'not-started', windowToMs: stage.windowFromMs, endedAtMs: stage.windowFromMs, inFlightMean: null }) }],
    change: () => ({ outcome: 'aborted', probe: null, server: null, gpu: null, engine: null, dataset: null, series: [], events: [] }),
  },
  failing: { stages: [{ users: 4, latenciesUs: Array.from({ length: 50 }, () => 10_000_000), errors: { timeout: 50 } }] },
};

/** Every number in a value, by path. */
function numbers(value: unknown, path = ''): [string, number][] {
  if (typeof value === 'number') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => numbers(inner, `${path}.${key}`));
}

for (const [name, shape] of Object.entries(shapes)) {
  test(`${name}: plain data without NaN or Infinity, the same again, the record untouched`, () => {
    const record = buildRecord({ ...shape, gates: [percentileGate('latency', 95, '<', 800), namedGate('latency', 'max', '<', 1), namedGate('errors', 'rate', '<', 0.01), namedGate('rps', 'rate', '>', 1), namedGate('vram', 'max', '<', 1)] });
    const before = JSON.stringify(record);
    const analysis = analyseRecord(record);
    for (const [path, value] of numbers(analysis)) assert.ok(Number.isFinite(value), `${path} = ${String(value)}`);
    assert.deepEqual(JSON.parse(JSON.stringify(analysis)), analysis);
    assert.deepEqual(analyseRecord(record), analysis);
    assert.equal(JSON.stringify(record), before);
    assert.equal(analysis.stages.length, record.stages.length);
  });
}

test('a stage reads as it was made', () => {
  const [stage] = analyseRecord(buildRecord({ stages: [{ users: 3, latenciesUs: Array.from({ length: 100 }, (_, i) => 1000 * (i + 1)), errors: { 'http-500': 2 }, serverCores: 1.25, engineCores: 0.1 }] })).stages;
  // the failures took 1 ms and 50 ms
  assert.deepEqual([stage!.level.value, stage!.latencyMs.n, stage!.latencyMs.min, stage!.latencyMs.max, stage!.latencyMs.mean], [3, 98, 2, 100, (5_050_000 - 51_000) / 98 / 1000]);
  assert.deepEqual(stage!.latencyMs.p95.kind === 'found' && stage!.latencyMs.p95.value.value, 96);
  assert.deepEqual(stage!.latencyMs.p99, { kind: 'absent', why: 'too-few', needed: 368 });
  assert.ok(stage!.errorRate.kind === 'found' && stage!.errorRate.value.value === 0.02);
});

test('memory of a stage is what was reached up to its end', () => {
  const record = buildRecord({ users: [1, 4], change: ({ series, stages }) => ({
    series: series.map((one) => (one.source === 'server' && one.metric === 'rssPeakMiB' ? { ...one, v: one.v.map((v, i) => (v !== null && one.t[i]! >= stages[1]!.spawnedAtMs ? 900 : v)) } : one)),
  }) });
  const analysis = analyseRecord(record);
  assert.deepEqual(analysis.stages.map(({ rssPeakMiB }) => [rssPeakMiB.server, rssPeakMiB.engine, rssPeakMiB.harness]), [[500, 100, 150], [900, 100, 150]]);
  assert.equal(analysis.serverRssPeakMiB, 900);
});
