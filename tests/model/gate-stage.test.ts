import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picksStage } from '../../harness/model/gate-stage.js';
import type { Stage } from '../../harness/model/stage.js';

const stage = (arrival: Stage['arrival'], more: Partial<Stage> = {}): Stage => ({ index: 1, name: 'second', role: 'measure', arm: '', repeat: 0, warmupS: 0, durationS: 9, minRequests: null, arrival, ...more });
const closed = stage({ kind: 'closed', users: 8, thinkMs: [0, 0] });
const open = stage({ kind: 'open', rateRps: 8, process: 'poisson', inFlight: 20 });
const spike = stage({ kind: 'spike', baseRps: 2, peakRps: 8, beforeS: 3, duringS: 3, afterS: 3, process: 'poisson', inFlight: 20, within: null, windowS: 1 });

test('a number of one kind of load picks no stage of another', () => {
  const latency = (selector: Record<string, string>): boolean[] => [closed, open, spike].map((each) => picksStage({ metric: 'latency', selector }, each));
  assert.deepEqual(latency({}), [true, true, true]);
  assert.deepEqual(latency({ users: '8' }), [true, false, false]);
  assert.deepEqual(latency({ rate: '8.0' }), [false, true, false]);
  assert.deepEqual(latency({ burst: '8' }), [false, false, false]);
  assert.deepEqual([latency({ stage: 'second' }), latency({ stage: '1' }), latency({ stage: '0' })], [[true, true, true], [true, true, true], [false, false, false]]);
  assert.deepEqual([latency({ stage: '1', users: '8' }), latency({ stage: '0', users: '8' })], [[true, false, false], [false, false, false]]);
});

test('recovery is of spikes, and a warm-up stage is judged by nobody', () => {
  assert.deepEqual([closed, open, spike].map((each) => picksStage({ metric: 'recovery', selector: {} }, each)), [false, false, true]);
  assert.equal(picksStage({ metric: 'latency', selector: {} }, { ...closed, role: 'warmup' }), false);
});
