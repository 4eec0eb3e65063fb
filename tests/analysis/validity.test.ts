import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseRecord } from '../../harness/analysis/index.js';
import type { StageAnalysis } from '../../harness/model/analysis.js';
import { validityParams, type ValidityCode } from '../../harness/model/validity.js';
import type { GatePlan } from '../../harness/model/metric.js';
import type { CalibrationRung } from '../../harness/model/calibration.js';
import type { StageResult } from '../../harness/model/record.js';
import { offlineStage } from './offline-stage.js';
import { burstStage, openStage } from './open-stage.js';
import { buildRecord, percentileGate, type RecordShape, type StageShape } from './record-builder.js';
import { rising, unlikeBefore } from './steady/series.js';

type Validity = StageAnalysis['validity'];

type Change = NonNullable<RecordShape['change']>;

function judge(shape: StageShape, gates: GatePlan[] = [], change?: Change): Validity {
  return analyseRecord(buildRecord({ stages: [shape], gates, ...(change === undefined ? {} : { change }) })).stages[0]!.validity;
}

/** The machine's own counters through the whole run; it has four cores, of which the run's own programs use about a tenth of one. */
const machine = (busy: number, steal = 0): Change => ({ series }) => ({
  series: [...series, ...([['utilization', busy], ['steal', steal]] as const).map(([metric, share]) => ({ source: 'machine', metric, unit: 'share', t: series[0]!.t, v: series[0]!.t.map(() => share) }))],
});
/** A quota that holds the run back for this share of the time, from a counter that was not zero at the start. */
const throttled = (share: number): Change => ({ series }) => ({
  series: [...series, { source: 'machine', metric: 'throttledS', unit: 's', t: series[0]!.t, v: series[0]!.t.map((tMs) => 40 + (tMs / 1000) * share) }],
});
/** A GPU that nobody sampled from `fromMs` on for so long; the window is from 6 s to 16 s of the run. */
const gpuGap = (fromMs: number, lengthMs: number): Change => () => ({
  gpu: { status: 'present', source: 'nvidia-smi', intervalMs: 200, samples: 100, restarts: 1, largestGapMs: lengthMs, otherProcesses: [], gpus: [{ uuid: 'GPU-1', index: 0, name: 'Synthetic GPU', memoryMiB: 24576, driver: '550.00', scope: 'device' }], gaps: [{ fromMs, toMs: fromMs + lengthMs, why: 'silent' }, { fromMs: fromMs + lengthMs / 2, toMs: fromMs + lengthMs, why: 'silent too' }] },
});
/** Rates that were borne, and one that was not; `without` the last the ladder was borne whole. */
const calibrated = (rates: readonly number[], tooMuch: boolean): Change => () => {
  const rung = (rateRps: number, p99: number): CalibrationRung => ({ rateRps, due: 100, ended: 100, lagMs: { p50: 0.3, p99 }, clientMs: { p50: 10, p95: 11 }, sentMs: { p50: 10, p95: 11 }, serverMs: { p50: 10, p95: 11 } });
  return { calibration: { status: 'done', from: 'measured', ageS: 0, figures: { engine: { name: 'k6', version: '2.2.0' }, measuredAt: '2026-01-01T00:00:00.000Z', tookS: 3, server: { ms: 10, varyMs: 1 }, burst: null, closed: null, rungs: [...rates.map((rate) => rung(rate, 1)), ...(tooMuch ? [rung(9000, 80), rung(9900, 90)] : [])] } } };
};

const generator = (fields: Partial<StageResult['generator']>): StageShape => ({ users: 4, change: (stage) => ({ generator: { ...stage.generator, ...fields } }) });
const requests = (fields: Partial<StageResult['requests']>): StageShape => ({ users: 4, change: (stage) => ({ requests: { ...stage.requests, ...fields } }) });
const serverAhead = (by: number, more: Partial<StageShape> = {}): StageShape =>
  ({ users: 4, ...more, change: (stage) => ({ counts: { server: stage.counts.engine + by, engine: stage.counts.engine } }) });
const counted = (by: number): StageShape => ({ users: 4, change: (stage) => ({ generator: { ...stage.generator, counted: stage.generator.rows + by } }) });
const ended = (status: StageResult['status']): StageShape => ({ users: 4, change: () => ({ status, why: 'a planted end' }) });
/** 4 users for 10 s at 20 ms: about 2,000 requests. */
const planted: [name: string, StageShape, ValidityCode, Validity['status'], value?: number, change?: Change][] = [
  ['it never started', { users: 4, latenciesUs: [], durationS: 10, change: () => ({ status: 'not-started' }) }, 'not-started', 'invalid'],
  ['the engine died', ended('engine-failed'), 'engine-failed', 'invalid'],
  ['the server died', ended('server-failed'), 'server-failed', 'invalid'],
  ['it was interrupted', ended('interrupted'), 'interrupted', 'suspect'],
  ['nothing was sent', { users: 4, latenciesUs: [], durationS: 10 }, 'no-requests', 'invalid', 0],
  ['nothing was answered', { users: 4, latencyMs: 1000, durationS: 10, latenciesUs: Array.from({ length: 40 }, () => 1e6), errors: { timeout: 40 } }, 'no-answer', 'suspect', 0],
  ['71 answers', { users: 1, latenciesUs: Array.from({ length: 71 }, (_, i) => 1000 + i) }, 'too-few', 'suspect', 71],
  ['in flight 3 % off', { users: 4, change: (stage) => ({ inFlightMean: stage.inFlightMean! / 1.03 }) }, 'little-in-flight', 'suspect'],
  ['in flight 8 % off', { users: 4, change: (stage) => ({ inFlightMean: stage.inFlightMean! / 1.08 }) }, 'little-in-flight', 'invalid'],
  ['3 % of the users missing', { users: 4, change: () => ({ thinkMeanMs: 0.6 }) }, 'little-users', 'suspect'],
  ['8 % more than the users can do', { users: 4, change: () => ({ thinkMeanMs: 1.6 }) }, 'little-users', 'invalid'],
  ['one row lost', counted(1), 'rows-lost', 'suspect'],
  ['ten rows lost', counted(10), 'rows-lost', 'invalid'],
  ['one row dropped', generator({ dropped: 1 }), 'dropped', 'suspect'],
  ['ten rows dropped', generator({ dropped: 10 }), 'dropped', 'invalid'],
  ['one request unaccounted for', { users: 4, change: (stage) => ({ requests: { ...stage.requests, started: stage.requests.started + 1 } }) }, 'unaccounted', 'suspect'],
  ['the server saw one less', serverAhead(-1), 'server-count', 'suspect'],
  ['the server saw 1 % less', serverAhead(-20), 'server-count', 'invalid'],
  ['the server saw one more than the users can have left behind', serverAhead(5), 'server-count', 'suspect'],
  ['the server saw 1 % more', serverAhead(24), 'server-count', 'invalid'],
  ['the engine used 75 % of the machine', { users: 4, engineCores: 3 }, 'generator-cpu', 'suspect', 0.75],
  ['the engine used 95 % of the machine', { users: 4, engineCores: 3.8 }, 'generator-cpu', 'invalid', 0.95],
  ['a busy event loop', generator({ eventLoopUse: 0.7 }), 'event-loop', 'suspect', 0.7],
  ['a full event loop', generator({ eventLoopUse: 0.9 }), 'event-loop', 'invalid', 0.9],
  ['timers 3 ms late at 20 ms', generator({ lagP99Ms: 3 }), 'lag', 'suspect', 3],
  ['timers 60 ms late at 20 ms', generator({ lagP99Ms: 60 }), 'lag', 'invalid', 60],
  ['waiting for a core', generator({ runQueueWait: 0.3 }), 'run-queue', 'suspect', 0.3],
  ['a costly engine and 10 % of the time outside the server', { users: 4, engineCores: 0.5, phases: { infer: 0.9 } }, 'engine-share', 'suspect'],
  ['0.3 % censored', requests({}), 'censored', 'suspect'],
  ['2 % censored', requests({}), 'censored', 'invalid'],
  ['the wall clock moved 3 ms', generator({ clockStepMs: -3 }), 'clock-step', 'suspect', 3],
  ['the wall clock moved 30 ms', generator({ clockStepMs: 30 }), 'clock-step', 'invalid', 30],
  ['the engine was stopped for 50 ms of 10 s', generator({ pausedMs: 50 }), 'engine-paused', 'suspect', 0.005],
  ['the engine was stopped for a second of ten', generator({ pausedMs: 1000 }), 'engine-paused', 'invalid', 0.1],
  ['more than the engine was calibrated for', { users: 4 }, 'calibration', 'suspect', undefined, calibrated([100, 150], true)],
  ['a neighbour that burns what is left', { users: 4 }, 'neighbour', 'suspect', undefined, machine(0.97)],
  ['3 % stolen', { users: 4 }, 'steal', 'suspect', 0.03, machine(0.2, 0.03)],
  ['30 % stolen', { users: 4 }, 'steal', 'invalid', 0.3, machine(0.2, 0.3)],
  ['a quota that held the run back for 3 % of the time', { users: 4 }, 'throttled', 'suspect', 0.03, throttled(0.03)],
  ['a quota that held four cores back for half of the time', { users: 4 }, 'throttled', 'invalid', 2, throttled(2)],
  ['1 % given up at the time-out', { users: 4, errors: { timeout: 20 } }, 'timed-out', 'suspect'],
  ['a GPU that was not sampled for a second', { users: 4 }, 'gpu-gap', 'suspect', 0.1, gpuGap(8000, 1000)],
  ['the engine complained', generator({ messages: ['dial: too many open files'] }), 'engine-messages', 'suspect', 1],
  ['arrivals exceed service', openStage({ rateRps: 200, endedRps: 150 }), 'unstable', 'suspect', 150],
  ['3 % of the requests waited for a worker', openStage({ rateRps: 100, waited: 36 }), 'pool', 'suspect', 0.03],
  ['requests that a full pool never sent', openStage({ rateRps: 100, waited: 500, unsent: 120 }), 'unsent', 'suspect', 0.1],
  ['requests that a generator with free workers never sent', openStage({ rateRps: 100, unsent: 120 }), 'unsent', 'invalid', 0.1],
  ['a throttle at half of a minute', { users: 4, durationS: 60, change: unlikeBefore(30, 1.25) }, 'not-steady', 'suspect'],
  ['a latency that rises by 8 % through a minute', { users: 4, durationS: 60, change: rising(0.08) }, 'drifting', 'suspect'],
  ['requests sent 3 ms late at 20 ms', openStage({ rateRps: 100, lagP99Ms: 3 }), 'lag', 'suspect', 3],
  ['requests sent 11 ms late at 20 ms', openStage({ rateRps: 100, lagP99Ms: 11 }), 'lag', 'invalid', 11],
  ['requests sent 11 ms late although the server tells its own time', { ...openStage({ rateRps: 100, lagP99Ms: 11 }), phases: { infer: 1 } }, 'lag', 'invalid', 11],
  ['a burst drawn out over a fifth of its median', burstStage({ requests: 100, lagP99Ms: 100 }), 'lag', 'suspect', 100],
  ['a burst drawn out over more than half of its median', burstStage({ requests: 100, lagP99Ms: 300 }), 'lag', 'invalid', 300],
  ['a lot too large for its time', offlineStage({ missing: 1600 }), 'not-all-pairs', 'suspect', 1600],
  ['a pair that was sent again', offlineStage({ counts: { again: 32 } }), 'sent-again', 'invalid', 32],
  ['a window that closed before its time without all pairs', offlineStage({ missing: 32, durationS: 12 }), 'unsent-pairs', 'invalid', 32],
  ['the engine ended with 1', generator({ exitCode: 1 }), 'engine-exit', 'suspect', 1],
];
planted.find(([name]) => name === '0.3 % censored')![1] = { users: 4, censored: 6 };
planted.find(([name]) => name === '2 % censored')![1] = { users: 4, censored: 40 };

test('an open load that is kept up with is valid, and nothing is said of users', () => {
  assert.deepEqual(judge(openStage({ rateRps: 200 })), { status: 'valid', reasons: [] });
  assert.deepEqual(judge(openStage({ rateRps: 50, latencyMs: 300, lagP99Ms: 9 })), { status: 'valid', reasons: [] }, '9 ms are little beside 300');
  const { little } = analyseRecord(buildRecord({ stages: [openStage({ rateRps: 200, endedRps: 150 })] })).stages[0]!;
  assert.equal(little.users, null);
  assert.ok(Math.abs(little.inFlight! - 1) < 1e-9, 'also where the backlog outlives the window');
});

test('a burst takes its time to be sent: that is no fault while it is little beside the answers', () => {
  assert.deepEqual(judge(burstStage({ requests: 500, longestMs: 4000, lagP99Ms: 140 })), { status: 'valid', reasons: [] });
});

test('a clean stage is valid', () => {
  assert.deepEqual(judge({ users: 4 }), { status: 'valid', reasons: [] });
  assert.deepEqual(judge({ users: 50, thinkMs: [100, 500], latencyMs: 40, durationS: 60, phases: { infer: 0.9 } }), { status: 'valid', reasons: [] });
});

test('a quota is judged by what it took within the window: none, little and before it are no fault, above 5 % is', () => {
  assert.deepEqual(judge({ users: 4 }, [], throttled(0)), { status: 'valid', reasons: [] });
  assert.deepEqual(judge({ users: 4 }, [], throttled(0.009)), { status: 'valid', reasons: [] });
  assert.deepEqual([0.011, 0.049, 0.051].map((share) => judge({ users: 4 }, [], throttled(share)).status), ['suspect', 'suspect', 'invalid']);
  // The window is from 6 s to 16 s of the run.
  const before: Change = ({ series }) => ({ series: [...series, { source: 'machine', metric: 'throttledS', unit: 's', t: series[0]!.t, v: series[0]!.t.map((tMs) => Math.min(4, tMs / 1000)) }] });
  assert.deepEqual(judge({ users: 4 }, [], before), { status: 'valid', reasons: [] });
});

for (const [name, shape, code, status, value, change] of planted) {
  test(`${name}: ${status}, ${code}`, () => {
    const validity = judge(shape, [], change);
    const reason = validity.reasons.find((one) => one.code === code);
    assert.ok(reason, JSON.stringify(validity));
    assert.equal(reason.level, status, JSON.stringify(reason));
    assert.equal(validity.status, status, JSON.stringify(validity));
    if (value !== undefined) assert.ok(Math.abs(reason.value! - value) < 1e-6, String(reason.value));
    for (const one of validity.reasons) assert.deepEqual(Object.keys(one.params), [...validityParams[one.code as ValidityCode]], one.code);
  });
}

test('every reason there is has been planted', () => {
  // Those of a job: job.test.ts; of a mix: offline.test.ts.
  const elsewhere = ['job-failed', 'others', 'parts-apart'];
  assert.deepEqual([...new Set(planted.map(([, , code]) => code)), ...elsewhere].sort(), Object.keys(validityParams).sort());
});

test('planted faults bring their own reason and no other', () => {
  for (const [name, shape, code, , , change] of planted) {
    // A stage that never started also has no requests, one that answered nothing has nothing else to be judged by, and a pool that left requests unsent was full.
    const codes = judge(shape, [], change).reasons.map((reason) => reason.code).filter((one) => !(code === 'censored' && one.startsWith('little')) && !(code === 'unsent' && one === 'pool'));
    assert.deepEqual(codes, code === 'not-started' ? [code] : [code], name);
  }
});

test('what is said to wait unsent was never sent: requests on the wire at the stop are not among it', () => {
  const shape = openStage({ rateRps: 100, waited: 500, unsent: 120 });
  const { reasons } = judge({ ...shape, change: (stage) => {
    const changed = shape.change?.(stage) ?? {};
    return { ...changed, requests: { ...stage.requests, ...changed.requests, censored: 520 } };
  } });
  assert.deepEqual(reasons.find(({ code }) => code === 'unsent')?.params, { waiting: 120, due: 1200 });
});

test('harm is judged where it can be measured: late timers and a full run queue do not stain a stage whose answers were not delayed', () => {
  const late = (phases: Record<string, number>): StageShape => ({ ...generator({ lagP99Ms: 8, runQueueWait: 0.5 }), phases });
  assert.deepEqual(judge(late({ infer: 0.99 })), { status: 'valid', reasons: [] });
  assert.deepEqual(judge(late({ infer: 0.8 })).reasons.map(({ code }) => code), ['lag', 'run-queue']);
  assert.deepEqual(judge(late({})).reasons.map(({ code }) => code), ['lag', 'run-queue']);
  assert.deepEqual([judge(late({ infer: 0.8 })).status, judge(late({})).status], ['suspect', 'invalid'], 'invalid only where nobody can tell the harm');
});

test('the engine\'s share is allowed the larger of 2 % and 1 ms at p95, and is judged above a quarter of a core only', () => {
  const share = (latencyMs: number, server: number, engineCores: number): string[] =>
    judge({ users: 4, latencyMs, durationS: 60, engineCores, phases: { total: server } }).reasons.map(({ code }) => code);
  assert.deepEqual(share(20, 0.97, 0.5), [], '0.7 ms of 24 ms');
  assert.deepEqual(share(20, 0.9, 0.5), ['engine-share'], '2.4 ms of 24 ms');
  assert.deepEqual(share(200, 0.985, 0.5), [], '3.7 ms of 243 ms is 1.5 %');
  assert.deepEqual(share(200, 0.97, 0.5), ['engine-share'], '7 ms of 243 ms is 3 %');
  assert.deepEqual(share(20, 0.9, 0.2), [], 'below a quarter of a core');
});

test('the server may differ by what got no answer and by what was cut off at the end', () => {
  assert.equal(judge(serverAhead(4)).status, 'valid');
  assert.equal(judge(serverAhead(3, { errors: { reset: 3 } })).status, 'valid');
  assert.equal(judge(serverAhead(12, { errors: { reset: 3 } })).status, 'invalid', 'more than the resets and one a user');
  // Four of the eight were reset in the warm-up: no request of the window knows of them.
  const resets = (rows: number): StageShape => ({ users: 4, errors: { reset: 4 }, change: (stage) => ({ generator: { ...stage.generator, rows: stage.generator.rows + rows, counted: stage.generator.rows + rows }, counts: { server: stage.counts.engine + 12, engine: stage.counts.engine } }) });
  assert.deepEqual([judge(resets(4)).status, judge(resets(0)).status], ['valid', 'invalid']);
  assert.equal(judge({ users: 4, change: (stage) => ({ counts: { server: null, engine: stage.counts.engine } }) }).status, 'valid');
});

test('the censored share may not exceed what the highest judged percentile leaves', () => {
  const shape: StageShape = { users: 4, durationS: 20, censored: 12 };
  const level = (gates: GatePlan[]): string | undefined => judge(shape, gates).reasons.find(({ code }) => code === 'censored')?.level;
  assert.equal(level([]), 'suspect');
  assert.equal(level([percentileGate('latency', 99.9, '<', 800)]), 'invalid');
  assert.equal(level([percentileGate('latency', 99.9, '<', 800, { selector: { users: '5' } })]), 'suspect');
});

test('rows that are known to be missing are one fault, not two', () => {
  const { reasons } = judge({ users: 4, change: (stage) => ({ generator: { ...stage.generator, rows: stage.generator.rows - 5, counted: stage.generator.rows, dropped: 5 } }) });
  assert.deepEqual(reasons.map(({ code }) => code), ['rows-lost']);
});

test('the wait for a core is taken from the engine\'s own counter where the stage does not carry it', () => {
  const waiting = (share: number): Validity => analyseRecord(buildRecord({
    stages: [generator({ runQueueWait: null })],
    change: ({ series }) => ({ series: [...series, { source: 'engine', metric: 'runQueueWaitS', unit: 's', t: series[0]!.t, v: series[0]!.t.map((t) => (share * t) / 1000) }] }),
  })).stages[0]!.validity;
  assert.deepEqual(waiting(0.3).reasons.map(({ code, value }) => [code, value?.toFixed(6)]), [['run-queue', '0.300000']]);
  assert.equal(waiting(0.1).status, 'valid');
});

test('cores to spare, a hole beside the window and a rate below the calibrated one are no doubts', () => {
  const codes = (change: Change, shape: StageShape = { users: 4 }): string[] => judge(shape, [], change).reasons.map(({ code }) => code);
  assert.deepEqual(codes(machine(0.85)), [], 'neighbours with cores left');
  assert.deepEqual(codes(machine(0.95), { users: 4, serverCores: 3.6 }), [], 'the machine is full of the server itself');
  assert.deepEqual(codes((record) => ({ ...machine(0.97)(record), plan: { ...record.plan, server: { kind: 'url', url: 'http://127.0.0.1:1', ready: null, readyTimeoutS: 1 } } })), [], 'whose use it is cannot be told');
  assert.deepEqual(codes(gpuGap(1000, 3000)), [], 'before the window');
  assert.deepEqual(codes(gpuGap(5800, 400)), [], '2 % of it');
  assert.deepEqual(codes(calibrated([100, 500], true)), []);
  assert.deepEqual(codes(calibrated([100], false)), [], 'a ladder that was borne whole bounds nothing');
  assert.deepEqual(codes(calibrated([], true)), [], 'a machine on which nothing was borne was busy then');
  assert.deepEqual(codes(calibrated([100], true), { users: 4, phases: { infer: 0.99 } }), [], 'the server tells the harm itself');
});

test('requests given up do not add to a stage that answered nothing', () => {
  assert.deepEqual(judge({ users: 4, latencyMs: 1000, durationS: 10, latenciesUs: Array.from({ length: 40 }, () => 1e6), errors: { timeout: 40 } }).reasons.map(({ code }) => code), ['no-answer']);
});

test('only k6 measures on the wall clock', () => {
  assert.deepEqual(judge({ users: 4, change: (stage) => ({ engine: 'autocannon', generator: { ...stage.generator, clockStepMs: 30 } }) }), { status: 'valid', reasons: [] });
});
