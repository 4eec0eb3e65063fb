import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseCalibration, bears, calibratedRps, calibrationError, cpuPerRequestMs, findBearable } from '../../harness/analysis/calibration.js';
import type { CalibrationRung, RunCalibration } from '../../harness/model/calibration.js';
import { buildStage } from './synthetic-stage.js';

const rung = (rateRps: number, p99: number, part: Partial<CalibrationRung> = {}): CalibrationRung => ({
  rateRps, due: 100, ended: 100, lagMs: { p50: 0.3, p99 }, clientMs: { p50: 10.4, p95: 11.7 }, sentMs: { p50: 10.2, p95: 11.4 }, serverMs: { p50: 10, p95: 11 }, ...part,
});
const found = (...rungs: CalibrationRung[]): [number | null, number | null, boolean] => {
  const { bearsRps, soundRps, atLeast } = findBearable({ rungs });
  return [bearsRps, soundRps, atLeast];
};

test('a rate is borne within the limit of INVALID, and sound within that of SUSPECT', () => {
  assert.deepEqual(found(rung(100, 2), rung(200, 2.1), rung(400, 10), rung(800, 10.1), rung(1600, 90)), [400, 100, false]);
  assert.deepEqual(found(rung(100, 1), rung(200, 1, { sentMs: { p50: 10.2, p95: 12.1 } })), [200, 100, true], 'on time, but 1.1 ms are the engine\'s at p95');
  assert.deepEqual(found(rung(100, 1), rung(200, 1, { serverMs: null }), rung(300, 1, { serverMs: null }), rung(400, 1)), [400, 100, true], 'nothing is sound of which the server\'s time is not known');
});

test('one rate that was too much below one that was not is a disturbance, two in a row are the end', () => {
  assert.deepEqual(found(rung(100, 40), rung(200, 1), rung(400, 40), rung(800, 1)), [800, 800, true]);
  assert.deepEqual(found(rung(100, 1), rung(200, 40), rung(400, 40), rung(800, 1)), [100, 100, false]);
  assert.deepEqual(found(rung(100, 40), rung(200, 40), rung(400, 1)), [null, null, false]);
});

test('requests that were never answered, or never sent, are not borne', () => {
  assert.deepEqual(found(rung(100, 1), rung(200, 1, { ended: 99 }), rung(400, 1, { ended: 0, lagMs: null })), [100, 100, false]);
  assert.deepEqual(found(), [null, null, false]);
});

test('a rate above a ladder that was borne whole is not known', () => {
  const whole = findBearable({ rungs: [rung(100, 1), rung(200, 1)] });
  assert.deepEqual([50, 200, 201].map((rate) => bears(whole, rate)), ['yes', 'yes', 'unknown']);
  const ended = findBearable({ rungs: [rung(100, 1), rung(200, 50)] });
  assert.deepEqual([50, 100, 101].map((rate) => bears(ended, rate)), ['yes', 'yes', 'no']);
  assert.equal(bears(findBearable({ rungs: [] }), 1), 'no');
});

test('a record without a calibration says nothing; one with it says the same as its ladder', () => {
  const figures = { engine: { name: 'k6' as const, version: 'v2' }, measuredAt: '2026-01-01T00:00:00.000Z', tookS: 3, server: { ms: 10, varyMs: 1 }, burst: null, closed: null, rungs: [rung(100, 1, { serverMs: null }), rung(200, 1), rung(400, 50)] };
  const done: RunCalibration = { status: 'done', from: 'measured', ageS: 0, figures };
  assert.deepEqual([undefined, { status: 'absent', why: 'x' } as const].map((one) => [analyseCalibration(one), calibratedRps(one)]), [[null, null], [null, null]]);
  const { error, ...bearable } = analyseCalibration(done)!;
  assert.deepEqual(bearable, { bearsRps: 200, soundRps: 200, atLeast: false });
  assert.equal(calibratedRps(done), 200);
  assert.equal(error?.rateRps, 200, 'the first rate of which both are known');
  assert.ok(Math.abs(error.p50 - 0.4) < 1e-9 && Math.abs(error.p95 - 0.7) < 1e-9, JSON.stringify(error));
  assert.equal(calibrationError({ rungs: [] }), null);
});

test('CPU a request is cores in use times the window by the requests', () => {
  const stage = buildStage({ users: 4, durationS: 10 }, 0, 1000, 1);
  const series = [{ source: 'engine', metric: 'cpuS', unit: 's', t: Array.from({ length: 30 }, (_, i) => i * 500), v: Array.from({ length: 30 }, (_, i) => i * 0.1) }];
  const cpu = cpuPerRequestMs(series, 'engine', stage) ?? NaN;
  assert.ok(Math.abs(cpu - 2000 / stage.requests.completed) < 1e-9, String(cpu));
  assert.equal(cpuPerRequestMs(series, 'server', stage), null);
});
