import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkLittle } from '../../harness/analysis/little.js';
import { findSteady } from '../../harness/analysis/steady/steady.js';
import { judgeValidity } from '../../harness/analysis/validity.js';
import { histogramOf, readHistogram, saveHistogram } from '../../harness/model/histogram.js';
import { createRandom } from '../../harness/model/random.js';
import type { StageResult } from '../../harness/model/record.js';
import { buildStage } from './synthetic-stage.js';

const users = 20;
const windowS = 60;

/** How a faulty engine writes down what really happened. */
interface Fault {
  /** Latency as measured, ms, from the true one; null = the request is not recorded at all. */
  measuredMs?: (latencyMs: number) => number | null;
  /** How often each request is written. */
  copies?: number;
  /** Time the engine loses between requests, ms: no user asked for it. */
  stallMs?: number;
  /** Every so many requests fail. */
  failEvery?: number;
}

/** A queue-free server with exponential service of 60 ms on top of 20 ms, users who think 10–30 ms; truth is known, then written down badly. */
function measure({ measuredMs = (ms) => ms, copies = 1, stallMs = 0, failEvery = 0 }: Fault): StageResult {
  const random = createRandom(20);
  const good: number[] = [];
  let failed = 0;
  let failedSumUs = 0;
  let inFlightMs = 0;
  let thoughtMs = 0;
  let turns = 0;
  for (let user = 0; user < users; user += 1) {
    let clockMs = -100 * random.next();
    while (clockMs < windowS * 1000) {
      const latencyMs = 20 - 60 * Math.log(1 - random.next());
      inFlightMs += Math.max(0, Math.min(windowS * 1000, clockMs + latencyMs) - Math.max(0, clockMs));
      const thinkMs = 10 + 20 * random.next();
      const measured = measuredMs(latencyMs);
      if (clockMs >= 0 && measured !== null) {
        for (let copy = 0; copy < copies; copy += 1) {
          turns += 1;
          thoughtMs += thinkMs;
          if (failEvery > 0 && turns % failEvery === 0) {
            failed += 1;
            failedSumUs += measured * 1000;
          } else good.push(measured * 1000);
        }
      }
      clockMs += latencyMs + thinkMs + stallMs;
    }
  }
  const started = good.length + failed;
  return buildStage({
    users, thinkMs: [10, 30], durationS: windowS,
    change: (stage) => ({
      latency: saveHistogram(histogramOf(good)), failedSumUs, inFlightMean: inFlightMs / (windowS * 1000), thinkMeanMs: thoughtMs / turns,
      requests: { ...stage.requests, started, completed: good.length, failed, timedOut: 0 }, statuses: { '200': good.length, '500': failed }, counts: { server: null, engine: 0 },
      serverTiming: {}, generator: { ...stage.generator, rows: started, counted: started },
    }),
  }, 0, 6000, 1);
}

function ratios(stage: StageResult): { inFlight: number; users: number; status: string; codes: string[] } {
  const latency = readHistogram(stage.latency);
  const little = checkLittle(stage, latency, 10);
  const { status, reasons } = judgeValidity({ stage, latency, little, offered: null, offline: null, steady: findSteady(stage, null), engineCores: 0.1, allEngines: 0.1, parts: [stage], window: { fromMs: stage.windowFromMs, toMs: stage.windowToMs }, runQueueWait: null, machineCores: 4, machine: null, throttled: null, calibratedRps: null, gpuGap: null, outside: null, highestPercentile: 0.99, confidence: 0.95 });
  return { inFlight: little.inFlight!, users: little.users!, status, codes: reasons.map(({ code }) => code) };
}

function between(value: number, low: number, high: number): void {
  assert.ok(value >= low && value <= high, `${String(value)} not in ${String(low)}–${String(high)}`);
}

test('a sound measurement has both ratios at 1 within 1 %', () => {
  const { inFlight, users: perUser, status } = ratios(measure({}));
  between(inFlight, 0.99, 1.01);
  between(perUser, 0.99, 1.01);
  assert.equal(status, 'valid');
});

test('failed requests occupy their users too: counted, the law holds with 30 % failures', () => {
  const { inFlight, users: perUser, status } = ratios(measure({ failEvery: 3 }));
  between(inFlight, 0.99, 1.01);
  between(perUser, 0.99, 1.01);
  assert.equal(status, 'valid');
});

test('a timer cut short by 15 ms makes both ratios too small', () => {
  const { inFlight, users: perUser, status, codes } = ratios(measure({ measuredMs: (ms) => ms - 15 }));
  between(inFlight, 0.79, 0.84);
  between(perUser, 0.83, 0.87);
  assert.equal(status, 'invalid');
  assert.deepEqual(codes, ['little-in-flight', 'little-users']);
});

test('slow requests that were never written make both too small', () => {
  const { inFlight, users: perUser, status } = ratios(measure({ measuredMs: (ms) => (ms > 250 ? null : ms) }));
  between(inFlight, 0.9, 0.95);
  between(perUser, 0.9, 0.96);
  assert.equal(status, 'invalid');
});

test('every request written twice makes both 2', () => {
  const { inFlight, users: perUser, status } = ratios(measure({ copies: 2 }));
  between(inFlight, 1.98, 2.02);
  between(perUser, 1.98, 2.02);
  assert.equal(status, 'invalid');
});

test('a generator that stalls between requests shows in the second ratio only', () => {
  const { inFlight, users: perUser, status, codes } = ratios(measure({ stallMs: 11 }));
  between(inFlight, 0.99, 1.01);
  between(perUser, 0.89, 0.91);
  assert.equal(status, 'invalid');
  assert.deepEqual(codes, ['little-users']);
});

test('milliseconds taken for microseconds are found', () => {
  assert.equal(ratios(measure({ measuredMs: (ms) => ms / 1000 })).status, 'invalid');
});

test('turning round in 0.3 ms against a 2 ms server is said, not condemned; nor is anything in fewer than 50 turns', () => {
  const quick = buildStage({ users: 1, latencyMs: 2, thinkMs: [0.3, 0.3], change: (stage) => ({ thinkMeanMs: 0, stage: { ...stage.stage, arrival: { kind: 'closed', users: 1, thinkMs: [0, 0] } } }) }, 0, 6000, 1);
  const { users: perUser, status, codes } = ratios(quick);
  between(perUser, 0.86, 0.88);
  assert.equal(status, 'suspect');
  assert.deepEqual(codes, ['little-users']);

  const short = (ratio: number): ReturnType<typeof ratios> => ratios(buildStage({ users: 4, latencyMs: 500, change: (stage) => ({ inFlightMean: stage.inFlightMean! / ratio }) }, 0, 6000, 1));
  assert.equal(short(1).codes.includes('little-in-flight'), false, 'edges of one turn in twenty');
  assert.ok(short(1.2).codes.includes('little-in-flight'));
  assert.notEqual(short(1.2).status, 'invalid');
});

test('what is missing in flight is told by the request, without its thinking, and a few hundredths of a millisecond are not told', () => {
  const off = (latencyMs: number, ratio: number): { codes: string[]; perRequestMs: unknown } => {
    const stage = buildStage({ users: 4, latencyMs, thinkMs: [20, 20], change: (one) => ({ inFlightMean: one.inFlightMean! / ratio }) }, 0, 20_000, 1);
    const latency = readHistogram(stage.latency);
    const { reasons } = judgeValidity({ stage, latency, little: checkLittle(stage, latency, 10), offered: null, offline: null, steady: findSteady(stage, null), engineCores: 0.1, allEngines: 0.1, parts: [stage], window: { fromMs: stage.windowFromMs, toMs: stage.windowToMs }, runQueueWait: null, machineCores: 4, machine: null, throttled: null, calibratedRps: null, gpuGap: null, outside: null, highestPercentile: 0.99, confidence: 0.95 });
    return { codes: reasons.map(({ code }) => code), perRequestMs: reasons[0]?.params['perRequestMs'] };
  };
  assert.deepEqual(off(1, 0.95).codes, [], '0.05 ms of 1 ms');
  const { codes, perRequestMs } = off(10, 0.95);
  assert.deepEqual(codes, ['little-in-flight']);
  between(perRequestMs as number, 0.4, 0.65);
  assert.deepEqual(off(1, 1.05).codes, [], 'nor that much too many');
  assert.deepEqual(off(10, 1.05).codes, ['little-in-flight']);
});

test('failures of unknown duration: time-outs count the time-out, few others the mean, many are not judged', () => {
  const stage = (errors: Record<string, number>): StageResult => buildStage({ users: 4, errors, change: () => ({ failedSumUs: null }) }, 0, 6000, 1);
  const few = stage({ reset: 5 });
  between(checkLittle(few, readHistogram(few.latency), 10).inFlight!, 0.99, 1.01);
  const many = stage({ reset: 50 });
  assert.deepEqual(checkLittle(many, readHistogram(many.latency), 10), { inFlight: null, users: null, turns: null, answerMs: null, turnMs: null });
  const timeouts = stage({ timeout: 10 });
  const sum = readHistogram(timeouts.latency).sumUs + 10 * 10e6;
  between(checkLittle(timeouts, readHistogram(timeouts.latency), 10).inFlight! / (sum / 10e6 / 4), 0.999, 1.001);
});

test('users that back off after refused connections do not count as missing', () => {
  const stage = buildStage({ users: 4, errors: { refused: 100 } }, 0, 6000, 1);
  const little = checkLittle(stage, readHistogram(stage.latency), 10);
  assert.equal(little.users, null);
  between(little.inFlight!, 0.99, 1.01);
  const answered = buildStage({ users: 4, errors: { 'http-429': 100 } }, 0, 6000, 1);
  between(checkLittle(answered, readHistogram(answered.latency), 10).users!, 0.99, 1.01);
});

test('with nothing ended there is no ratio', () => {
  const stage = buildStage({ users: 2, latenciesUs: [] }, 0, 6000, 1);
  assert.equal(checkLittle(stage, readHistogram(stage.latency), 10).users, null);
});
