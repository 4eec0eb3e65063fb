import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseRecord } from '../../harness/analysis/index.js';
import { judge } from '../../harness/gate/index.js';
import type { Outage } from '../../harness/model/outage.js';
import type { StageResult } from '../../harness/model/record.js';
import { openStage } from './open-stage.js';
import { buildRecord, namedGate } from './record-builder.js';

const rateRps = 20;
const limitMs = 500;

/** A drill whose windows of a second have the percentiles the test says; null = infinite. */
const drill = (quantileMs: (second: number) => number | null, { durationS = 30, windowS = 1 } = {}) => {
  const base = openStage({ rateRps, durationS });
  const fromS = Array.from({ length: durationS / windowS }, (_, i) => i * windowS);
  const values = fromS.map(quantileMs);
  const due = fromS.map(() => rateRps * windowS);
  const record = buildRecord({
    stages: [{
      ...base,
      change: (stage): Partial<StageResult> => {
        const open = { ...stage, ...base.change?.(stage) };
        return {
          ...open,
          stage: { ...open.stage, drill: { within: { p: 95, limitMs, from: 'scenario' }, windowS } },
          dueWindows: { windowS, fromS, due, beyond: values.map((value, i) => (value === null || value > limitMs ? (due[i] as number) : 0)), quantileMs: values },
        };
      },
    }],
    gates: [namedGate('recovery', 'time', '<', 10_000, { unit: 'ms' })],
  });
  return record;
};
const outageOf = (record: ReturnType<typeof drill>): Outage => {
  const outage = analyseRecord(record).stages[0]?.outage;
  assert.ok(outage?.kind === 'found', JSON.stringify(outage));
  return outage.value;
};
const checkOf = (record: ReturnType<typeof drill>) => judge({ record, analysis: analyseRecord(record) }).checks[0];

test('the promise is broken from the first window that breaks it to the end of the last, wherever the fault struck', () => {
  const { fromS, time, brokenS, recovered, worstMs } = outageOf(drill((second) => (second === 9 || (second >= 11 && second < 14) ? 2000 : 30)));
  assert.deepEqual([fromS, time.value, time.low, time.high, brokenS, recovered, worstMs], [9, 5, 3, 5, 4, true, 2000]);
  const wide = outageOf(drill((second) => (second >= 8 && second < 16 ? null : 30), { windowS: 4, durationS: 32 }));
  assert.deepEqual([wide.fromS, wide.time.value, wide.time.low, wide.brokenS, wide.worstMs], [8, 8, 0, 8, null]);
});

test('never broken: no time, and a gate on it passes', () => {
  const record = drill(() => 30);
  const { fromS, time, brokenS, recovered } = outageOf(record);
  assert.deepEqual([fromS, time.value, time.high, brokenS, recovered], [null, 0, 0, 0, true]);
  assert.equal(checkOf(record)?.status, 'pass');
});

test('to stay means three windows that hold; else only a lower bound is known, which fails a gate below it', () => {
  assert.equal(outageOf(drill((second) => (second >= 5 && second < 27 ? null : 30))).recovered, true);
  const record = drill((second) => (second >= 5 && second < 28 ? null : 30));
  const { recovered, time } = outageOf(record);
  assert.deepEqual([recovered, time.value, time.low, time.high], [false, 25, 21, null]);
  assert.equal(checkOf(record)?.status, 'fail');
});

test('every request is accounted for, and restarts within the stage are counted', () => {
  const record = drill(() => 30);
  const [stage] = record.stages;
  assert.ok(stage);
  Object.assign(stage.requests, { completed: stage.requests.started - 30, failed: 28, censored: 2 });
  stage.errors = { refused: 20, 'http-503': 8 };
  record.events.push({ tMs: stage.windowFromMs + 1, kind: 'server-restart', text: 'by SIGKILL' }, { tMs: stage.endedAtMs + 1, kind: 'server-restart', text: 'later' });
  const { due, answered, failed, unended, errors, restarts } = outageOf(record);
  assert.equal(due, answered + failed + unended);
  assert.deepEqual([failed, unended, errors, restarts], [28, 2, { refused: 20, 'http-503': 8 }, 1]);
});

test('a stage that is no drill has none, one that was cut short is not judged', () => {
  const plain = buildRecord({ stages: [openStage({ rateRps, durationS: 10 })] });
  assert.equal('outage' in (analyseRecord(plain).stages[0] ?? {}), false);
  const short = drill(() => 30);
  const [stage] = short.stages;
  assert.ok(stage);
  stage.windowToMs = stage.windowFromMs + 3000;
  assert.deepEqual(analyseRecord(short).stages[0]?.outage, { kind: 'absent', why: 'cut-short' });
});
