import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseRecord } from '../../harness/analysis/index.js';
import type { Analysis } from '../../harness/model/analysis.js';
import { burstStage, openStage } from './open-stage.js';
import { buildRecord, type StageShape } from './record-builder.js';

function peakOf(...stages: [users: number, latencyMs: number, more?: Partial<StageShape>][]): Analysis['peak'] {
  return analyseRecord(buildRecord({ stages: stages.map(([users, latencyMs, more]) => ({ users, latencyMs, ...more })) })).peak;
}

test('the peak is the highest throughput; it is passed when more users bring at least 3 % less', () => {
  assert.deepEqual(peakOf([1, 20], [4, 20], [16, 100]), { kind: 'found', value: { stage: 1, passed: true } });
  assert.deepEqual(peakOf([1, 20], [4, 20], [16, 20]), { kind: 'found', value: { stage: 2, passed: false } });
  assert.deepEqual(peakOf([1, 20], [4, 20], [8, 40.4]), { kind: 'found', value: { stage: 1, passed: false } });
});

test('order of running does not matter, users do', () => {
  assert.deepEqual(peakOf([16, 100], [4, 20], [1, 20]), { kind: 'found', value: { stage: 1, passed: true } });
  assert.deepEqual(peakOf([16, 20], [4, 20]), { kind: 'found', value: { stage: 0, passed: false } });
});

test('nothing is claimed from one load, from invalid stages, or from a warm-up', () => {
  assert.deepEqual(peakOf([4, 20], [4, 20]), { kind: 'absent', why: 'one-load' });
  assert.deepEqual(peakOf([4, 20, { censored: 100 }], [8, 20, { change: () => ({ status: 'engine-failed', why: 'it died' }) }]), { kind: 'absent', why: 'no-valid-stage' });
  assert.deepEqual(peakOf([64, 20, { role: 'warmup' }], [1, 20], [4, 20]), { kind: 'found', value: { stage: 2, passed: false } });
});

test('rates are compared as users are; bursts bring a second what was released, so they have no peak', () => {
  const peakAt = (...stages: StageShape[]): Analysis['peak'] => analyseRecord(buildRecord({ stages })).peak;
  assert.deepEqual(peakAt(openStage({ rateRps: 50 }), openStage({ rateRps: 100 }), openStage({ rateRps: 200, endedRps: 90 })), { kind: 'found', value: { stage: 1, passed: true } });
  assert.deepEqual(peakAt(burstStage({ requests: 100 }), burstStage({ requests: 500 })), { kind: 'absent', why: 'no-valid-stage' });
});
