import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseRecord } from '../../harness/analysis/index.js';
import { judge } from '../../harness/gate/index.js';
import type { Recovery } from '../../harness/model/shape-analysis.js';
import { buildRecord, namedGate } from './record-builder.js';
import { spikeStage, type SpikeShape } from './shape-stage.js';

const gate = namedGate('recovery', 'time', '<', 10_000, { unit: 'ms' });
const analysisOf = (shape: SpikeShape, gates = [gate]) => {
  const record = buildRecord({ stages: [spikeStage(shape)], gates });
  const analysis = analyseRecord(record);
  return { recovery: analysis.stages[0]!.recovery, check: judge({ record, analysis }).checks[0]!, analysis };
};
const found = (shape: SpikeShape): Recovery => {
  const { recovery } = analysisOf(shape);
  assert.ok(recovery?.kind === 'found', JSON.stringify(recovery));
  return recovery.value;
};

/** Slow from two seconds into the peak until `backS` after it. */
const slowUntil = (backS: number): SpikeShape['quantileMs'] => (afterS) => (afterS >= -3 && afterS < backS ? 2000 : 30);

test('recovery is the end of the last window that breaks the limit, and its interval is that window', () => {
  for (const backS of [1, 4, 12, 17]) {
    const { recovered, time, broken } = found({ quantileMs: slowUntil(backS) });
    assert.deepEqual([recovered, broken, time.value, time.low, time.high], [true, true, backS, backS - 1, backS]);
  }
  const wide = found({ arrival: { windowS: 4 }, quantileMs: (afterS) => (afterS >= -3 && afterS < 8 ? 2000 : 30) });
  assert.deepEqual([wide.time.low, wide.time.value], [4, 8]);
});

test('a limit that held all along, and one that was broken in the peak alone', () => {
  const held = found({ quantileMs: () => 30 });
  assert.deepEqual([held.recovered, held.broken, held.time.value, held.worstMs], [true, false, 0, 30]);
  const peakOnly = found({ quantileMs: slowUntil(0) });
  assert.deepEqual([peakOnly.recovered, peakOnly.broken, peakOnly.time.value], [true, true, 0]);
});

test('to stay means to stay: one slow window later counts', () => {
  assert.equal(found({ quantileMs: (afterS) => (afterS === 13 ? 900 : slowUntil(3)(afterS)) }).time.value, 14);
});

test('not recovered: a lower bound alone, which fails a gate below it and cannot decide one above', () => {
  const never: SpikeShape = { quantileMs: slowUntil(99) };
  const { recovered, time } = found(never);
  assert.deepEqual([recovered, time.value, time.low, time.high], [false, 20, 19, null]);
  // Two good windows at the end have not been seen to stay.
  assert.equal(found({ quantileMs: slowUntil(18) }).recovered, false);
  assert.equal(found({ quantileMs: slowUntil(17) }).recovered, true);
  assert.equal(analysisOf(never).check.status, 'fail');
  assert.equal(analysisOf(never, [namedGate('recovery', 'time', '<', 60_000, { unit: 'ms' })]).check.status, 'inconclusive');
  assert.deepEqual([analysisOf({ quantileMs: slowUntil(4) }).check.status, analysisOf({ quantileMs: slowUntil(4) }).check.actual], ['pass', 4000]);
  assert.equal(analysisOf({ quantileMs: slowUntil(15) }).check.status, 'fail');
  assert.equal(analysisOf({ quantileMs: slowUntil(10) }).check.status, 'inconclusive', 'between 9 and 10 s against 10 s');
});

test('windows of failures are beyond every limit', () => {
  const { time, worstMs } = found({ quantileMs: (afterS) => (afterS >= 0 && afterS < 6 ? null : 30) });
  assert.deepEqual([time.value, worstMs], [6, null]);
});

test('refusals: no limit, nothing to come back to, too little seen; and nothing said of other stages', () => {
  assert.deepEqual(analysisOf({ arrival: { within: null }, quantileMs: () => 30 }).recovery, { kind: 'absent', why: 'no-limit' });
  assert.deepEqual(analysisOf({ quantileMs: (afterS) => (afterS % 3 === 0 ? 900 : 30) }).recovery, { kind: 'absent', why: 'not-held-before' });
  assert.deepEqual(analysisOf({ arrival: { afterS: 3 }, quantileMs: () => 30 }).recovery, { kind: 'absent', why: 'cut-short' });
  assert.equal(analysisOf({ arrival: { within: null }, quantileMs: () => 30 }).check.status, 'skipped');
  assert.equal(analysisOf({ quantileMs: (afterS) => (afterS % 3 === 0 ? 900 : 30) }).check.status, 'inconclusive', 'nothing to come back to is no pass');
  const other = buildRecord({ users: [4], gates: [gate] });
  const analysis = analyseRecord(other);
  assert.equal(analysis.stages[0]!.recovery, null);
  assert.deepEqual(judge({ record: other, analysis }).checks.map(({ status, reason }) => [status, reason.code]), [['skipped', 'no-stage']]);
});

test('findings: recovered, or not within what was watched', () => {
  const ids = (shape: SpikeShape): string[] => analysisOf(shape).analysis.insights.filter(({ severity }) => severity !== 'info').map(({ id }) => id);
  assert.deepEqual(ids({ quantileMs: slowUntil(4) }), ['recovered', 'answers-hold']);
  assert.deepEqual(ids({ quantileMs: slowUntil(99) }), ['not-recovered', 'answers-hold']);
});
