import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseRecord } from '../../harness/analysis/index.js';
import { foreseeTooFew } from '../../harness/analysis/foreseen.js';
import { judge } from '../../harness/gate/index.js';
import type { GatePlan } from '../../harness/model/metric.js';
import type { Stage } from '../../harness/model/stage.js';
import { burstStageOf, openStageOf, replayStageOf, spikeStageOf, stageOf } from '../load/stage-setup.js';
import { buildRecord, namedGate, percentileGate } from './record-builder.js';

const { plan } = buildRecord();
const foresee = (stages: Stage[], gates: GatePlan[], confidence = 0.95): [number, number, string | null][] =>
  foreseeTooFew({ gates, load: { ...plan.load, stages }, policy: { ...plan.policy, confidence } }).map(({ requests, needed, enough }) => [requests, needed, enough]);
const p99 = percentileGate('latency', 99, '<', 800);

test('what a schedule brings is held against what the gate needs, and what would be enough is said in the words of the scenario', () => {
  assert.deepEqual(foresee([openStageOf(10, { durationS: 20 })], [p99]), [[200, 459, 'load.open.duration: 46s']]);
  assert.deepEqual(foresee([openStageOf(10, { durationS: 46 })], [p99]), []);
  assert.deepEqual(foresee([{ ...openStageOf(1, { durationS: 20 }), soak: true }], [p99]), [[20, 459, 'load.soak.duration: 459s']]);
  assert.deepEqual(foresee([burstStageOf(50, { repeats: 3 })], [p99]), [[150, 459, 'load.burst.repeats: 10']]);
  assert.deepEqual(foresee([{ ...stageOf(3), minRequests: 100 }], [p99]), [[100, 459, 'load.closed.requests: 459']]);
  // 20/s for 5 s, 100/s for 2 s, 20/s for 2 s: 8 s behind the peak would do.
  assert.deepEqual(foresee([spikeStageOf({ afterS: 2 })], [p99]), [[340, 459, 'load.spike.after: 8s']]);
  assert.deepEqual(foresee([replayStageOf(Float64Array.from({ length: 100 }, (_, i) => i * 10))], [p99]).map(([, needed, enough]) => [needed, enough]), [[459, null]]);
  assert.deepEqual(foresee([openStageOf(10, { durationS: 20 })], [p99], 0.999), [[200, 757, 'load.open.duration: 76s']], 'a policy may ask for more than 99 %');
});

test('the stage that lacks most, once a gate; stages that answer as they please, other gates and warnings are left out', () => {
  assert.deepEqual(foresee([openStageOf(20, { durationS: 20 }), openStageOf(5, { durationS: 20 }), stageOf(9)], [p99]), [[100, 459, 'load.open.duration: 92s']]);
  const stages = [openStageOf(5, { durationS: 2 })];
  assert.deepEqual(foresee(stages, [percentileGate('latency', 99, '<', 800, { level: 'warn' }), percentileGate('latency', 99, '>', 1), namedGate('latency', 'avg', '<', 9), namedGate('rps', 'rate', '>', 1), namedGate('errors', 'rate', '<=', 0)]), []);
  assert.deepEqual(foresee(stages, [percentileGate('latency', 99, '<', 800, { selector: { rate: '6' } })]), [], 'no stage of the selector');
  assert.deepEqual(foresee([stageOf(9)], [p99]), []);
});

test('a rate of errors needs as many as its interval takes: one request less, and no run of it can pass', () => {
  const gate = namedGate('errors', 'rate', '<', 0.01);
  const [[, needed] = [0, 0]] = foresee([burstStageOf(10)], [gate]);
  const statusOf = (n: number): string | undefined => {
    const record = buildRecord({ stages: [{ users: 1, latenciesUs: Array.from({ length: n }, () => 1000) }], gates: [gate] });
    return judge({ record, analysis: analyseRecord(record) }).checks[0]?.status;
  };
  assert.deepEqual([needed, statusOf(needed), statusOf(needed - 1)], [381, 'pass', 'inconclusive']);
});

test('a percentile likewise', () => {
  const [[, needed] = [0, 0]] = foresee([burstStageOf(10)], [p99]);
  const statusOf = (n: number): string | undefined => {
    const record = buildRecord({ stages: [{ users: 1, latenciesUs: Array.from({ length: n }, (_, i) => 1000 + i) }], gates: [p99] });
    return judge({ record, analysis: analyseRecord(record) }).checks[0]?.status;
  };
  assert.deepEqual([statusOf(needed), statusOf(needed - 1)], ['pass', 'inconclusive']);
});
