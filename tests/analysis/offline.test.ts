import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseRecord } from '../../harness/analysis/index.js';
import { judge } from '../../harness/gate/index.js';
import type { Analysis } from '../../harness/model/analysis.js';
import type { RunRecord } from '../../harness/model/record.js';
import type { Check } from '../../harness/model/verdict.js';
import { offlineStage, type OfflineShape } from './offline-stage.js';
import { openStage } from './open-stage.js';
import { buildRecord, namedGate } from './record-builder.js';

const gates = [namedGate('pairs', 'rate', '>=', 700), namedGate('pairs', 'time', '<', 15_000), namedGate('pairs', 'unanswered', '==', 0)];
function judged(shape: OfflineShape): { record: RunRecord; analysis: Analysis; checks: Check[]; status: string } {
  const record = buildRecord({ stages: [offlineStage(shape)], gates });
  const analysis = analyseRecord(record);
  const { checks, status } = judge({ record, analysis });
  return { record, analysis, checks, status };
}

test('9,600 pairs in 12 s are 800 a second, and the time is that of the window', () => {
  const { analysis, checks, status } = judged({});
  const [stage] = analysis.stages;
  assert.deepEqual(stage?.offline, { pairs: 9600, answered: 9600, refused: 0, failed: 0, missing: 0, late: 0, timeS: 12, ranOut: false, limitS: 60, pairsPerS: 800 });
  assert.equal(stage.validity.status, 'valid', JSON.stringify(stage.validity));
  assert.deepEqual(checks.map((check) => [check.metric, check.actual, check.status]), [['pairs', 800, 'pass'], ['pairs', 12_000, 'pass'], ['pairs', 0, 'pass']]);
  assert.equal(status, 'pass');
});

test('fewer than ten whole seconds: the interval is that of the requests, which bring their pairs together', () => {
  const { checks } = judged({ pairs: 640, durationS: 1 });
  const [rate] = checks;
  assert.equal(rate?.actual, 640);
  // Twenty requests of 32 pairs: ± some nine requests, not ± fifty pairs.
  assert.ok((rate.low ?? 0) < 450 && (rate.high ?? 0) > 850, JSON.stringify(rate));
});

test('a time that was over before all were answered fails the run, bounds the time from below, and leaves the rate', () => {
  const { analysis, checks, status } = judged({ missing: 1600 });
  const [stage] = analysis.stages;
  assert.deepEqual([stage?.offline?.timeS, stage?.offline?.ranOut, stage?.offline?.missing], [null, true, 1600]);
  assert.deepEqual(stage?.validity.reasons.map(({ code, level, params }) => [code, level, params]), [['not-all-pairs', 'suspect', { answered: 8000, pairs: 9600, limitS: 60 }]]);
  assert.deepEqual(checks.map((check) => [check.expression, check.status, check.reason.code]), [
    ['rate>=700', 'fail', 'beyond'], ['time<15000', 'fail', 'beyond'], ['unanswered==0', 'fail', 'beyond'], ['missing==0', 'fail', 'not-all-pairs'],
  ]);
  const [, time] = checks;
  assert.deepEqual([time?.low, time?.high], [60_000, null]);
  assert.equal(status, 'fail');
});

test('failed pairs are unanswered, and the time is known all the same', () => {
  const { checks, analysis } = judged({ counts: { answered: 9568, failed: 32 } });
  assert.equal(analysis.stages[0]?.offline?.timeS, 12);
  assert.deepEqual(checks.map((check) => check.status), ['pass', 'pass', 'fail']);
});

test('parts of a mix: the server counts them together, and what they had in common is what counts', () => {
  const apart = (shiftMs: number, serverMore = 0): RunRecord => buildRecord({
    stages: [{ ...openStage({ rateRps: 20 }), name: 'interactive' }, { ...offlineStage({}), name: 'bulk' }],
    change: ({ stages }) => {
      const [first, second] = stages;
      if (first === undefined || second === undefined) return {};
      const server = first.counts.engine + second.counts.engine + serverMore;
      const fromMs = first.windowFromMs + shiftMs;
      return {
        stages: [
          { ...first, stage: { ...first.stage, mixed: true }, counts: { ...first.counts, server } },
          { ...second, stage: { ...second.stage, mixed: true }, counts: { ...second.counts, server }, spawnedAtMs: first.spawnedAtMs, windowFromMs: fromMs, windowToMs: fromMs + 12_000, endedAtMs: fromMs + 12_000 },
        ],
      };
    },
  });
  const codes = (record: RunRecord): [string, string][][] => analyseRecord(record).stages.map(({ validity }) => validity.reasons.map(({ code, level }) => [code, level]));
  assert.deepEqual(codes(apart(0)), [[], []]);
  assert.deepEqual(codes(apart(0, 500)).flat().map(([code]) => code), ['server-count', 'server-count']);
  assert.deepEqual(codes(apart(1200)), [[['parts-apart', 'suspect']], [['parts-apart', 'suspect']]]);
  assert.deepEqual(codes(apart(8000)), [[['parts-apart', 'invalid']], [['parts-apart', 'invalid']]]);
  assert.equal(analyseRecord(apart(0)).peak.kind, 'absent');
});
