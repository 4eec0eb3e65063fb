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
/** The same run of a server with these planted faults, which began `beginMs` before the window opened. */
const planted = (record: ReturnType<typeof drill>, faults: string[], beginMs = 3000): ReturnType<typeof drill> => {
  const { plan, stages: [stage] } = record;
  assert.ok(plan.server?.kind === 'reference' && stage);
  plan.server.faults = faults;
  record.events.push({ tMs: stage.windowFromMs - beginMs, kind: 'faults-begin', text: faults.join(', ') });
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

test('a fault with an end: its window is told on the clock of the outage, and the time from its end', () => {
  const quantile = (second: number): number => (second >= 9 && second < 15 ? 2000 : 30);
  const { fromS, time, fault, afterFault } = outageOf(planted(drill(quantile), ['hang@12s..16s']));
  assert.deepEqual([fromS, time.value], [9, 6], 'what was there keeps its meaning');
  assert.deepEqual([fault, afterFault], [{ kind: 'planted', fromS: 9, toS: 13 }, { value: 2, low: 1, high: 2 }]);
  const odd = outageOf(planted(drill(quantile), ['hang@12s..16s'], 3250));
  assert.deepEqual([odd.fault, odd.afterFault], [{ kind: 'planted', fromS: 8.75, toS: 12.75 }, { value: 2.25, low: 1.25, high: 2.25 }]);
  const long = outageOf(planted(drill(quantile), ['error:0.1@10s..25s']));
  assert.deepEqual(long.afterFault, { value: 0, low: 0, high: 0 }, 'the promise held again before the fault ended');
});

test('a crash: from the moment at which the server ended, else from the one that was planned; a slow start is no fault of its own', () => {
  const quantile = (second: number): number | null => (second >= 9 && second < 12 ? null : 30);
  const faults = ['crash@12s', 'slow-start:5s'];
  assert.deepEqual(outageOf(planted(drill(quantile), faults)).fault, { kind: 'crash', fromS: 9, toS: 9 });
  const seen = planted(drill(quantile), faults);
  seen.events.push({ tMs: (seen.stages[0]?.windowFromMs ?? 0) + 9020, kind: 'server-restart', text: 'by SIGKILL' });
  const { fault, afterFault } = outageOf(seen);
  assert.equal(afterFault?.high, afterFault?.value);
  assert.deepEqual([fault, afterFault?.value.toFixed(2), afterFault?.low.toFixed(2)], [{ kind: 'crash', fromS: 9.02, toS: 9.02 }, '2.98', '1.98']);
  const counted = drill(quantile);
  counted.events.push({ tMs: (counted.stages[0]?.windowFromMs ?? 0) + 9020, kind: 'server-restart', text: 'by SIGKILL' });
  assert.deepEqual(outageOf(planted(counted, ['crash-after:500'])).fault, { kind: 'crash', fromS: 9.02, toS: 9.02 });
});

test('where the fault is not known nothing is said of it', () => {
  const broken = (second: number): number => (second >= 9 && second < 12 ? 2000 : 30);
  const unknown = [drill(broken), planted(drill(broken), ['hang-after:100']), planted(drill(broken), ['slow-start:5s']), planted(drill(broken), ['hang@12s..16s', 'crash-after:9000'])];
  for (const record of unknown) assert.deepEqual([outageOf(record).fault, outageOf(record).afterFault], [undefined, undefined]);
  const before = planted(drill(broken), ['hang@12s']);
  assert.deepEqual([outageOf(before).fault, outageOf(before).afterFault], [{ kind: 'planted', fromS: 9, toS: null }, undefined], 'nothing ends it');
  assert.equal(outageOf(planted(drill(() => 30), ['delay:1ms@12s..16s'])).afterFault, undefined, 'nothing was broken');
  const lost = outageOf(planted(drill((second) => (second >= 9 ? null : 30)), ['hang@12s..16s']));
  assert.deepEqual(lost.afterFault, { value: 17, low: 16, high: null });
});

test('answers by the fallback and answers that changed sides are counted', () => {
  const record = drill(() => 30);
  Object.assign(record.stages[0] ?? {}, { degraded: 378, answers: { checked: 36, flips: 3, moved: 4, maxDelta: 0.757 } });
  const { degraded, checked, flips, maxDelta } = outageOf(record);
  assert.deepEqual([degraded, checked, flips, maxDelta], [378, 36, 3, 0.757]);
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
