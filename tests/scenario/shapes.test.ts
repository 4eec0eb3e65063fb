import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { parseGate } from '../../harness/gate/index.js';
import { BenchError } from '../../harness/model/error.js';
import { planSchema, type Plan } from '../../harness/model/plan.js';
import type { ArrivalOptions } from '../../harness/model/stage-shapes.js';
import { describePlan, estimatePlan, loadPlan } from '../../harness/scenario/index.js';
import { machineWith, mistakesIn, planOf } from './in-memory.js';

const load = (text: string): string => `load: {warmup: 2s, ${text}}\n`;

describe('load.spike', () => {
  it('is one stage, with every default in it', () => {
    const plan = planOf(load('spike: {base: 20, peak: 100}'));
    assert.deepEqual(planSchema.parse(plan), plan);
    assert.deepEqual(plan.load.stages, [{
      index: 0, name: 'spike 20 to 100/s', role: 'measure', arm: '', repeat: 0, warmupS: 2, durationS: 60, minRequests: null,
      arrival: { kind: 'spike', baseRps: 20, peakRps: 100, beforeS: 20, duringS: 10, afterS: 30, process: 'poisson', inFlight: 200, within: null, windowS: 1 },
    }]);
    assert.equal(estimatePlan(plan).requests, 20 * 52 + 100 * 10);
    assert.match(describePlan(plan), /spike 20 to 100\/s {2}20 s, 10 s of peak, 30 s; poisson/);
  });

  it('takes its limit from `within`, else from the first gate on a percentile of latency of all stages', () => {
    const withinOf = (text: string): unknown => {
      const { arrival } = planOf(text).load.stages[0]!;
      return arrival.kind === 'spike' && [arrival.within, arrival.windowS];
    };
    const gates = 'gates: {"latency{stage:0}": "p(50)<1s", latency: ["avg<1s", "p(99)>1ms", "p(99)<=900ms", "p(95)<800ms"]}\n';
    assert.deepEqual(withinOf(load('spike: {base: 20, peak: 90, within: "p(95)<1.5s"}') + gates), [{ p: 95, limitMs: 1500, from: 'scenario' }, 1]);
    // Five seconds of 20 a second are the hundred requests of which p99 leaves one out.
    assert.deepEqual(withinOf(load('spike: {base: 20, peak: 90}') + gates), [{ p: 99, limitMs: 900, from: 'gate' }, 5]);
    assert.deepEqual(withinOf(load('spike: {base: 3, peak: 90, within: p(90) <= 2s}')), [{ p: 90, limitMs: 2000, from: 'scenario' }, 4]);
  });
});

describe('load.soak', () => {
  it('is one long stage of open or of closed load, marked as a soak', () => {
    assert.deepEqual(planOf(load('soak: {rate: 50}')).load.stages.map(({ name, durationS, arrival, soak }) => [name, durationS, arrival, soak]), [['50/s', 120, { kind: 'open', rateRps: 50, process: 'poisson', inFlight: 100 }, true]]);
    assert.deepEqual(planOf(load('soak: {users: 8, think: 100ms..200ms, duration: 8h}')).load.stages.map(({ name, durationS, arrival, soak }) => [name, durationS, arrival, soak]), [['8 users', 28_800, { kind: 'closed', users: 8, thinkMs: [100, 200] }, true]]);
    assert.equal(planOf(load('open: {rates: 50}')).load.stages[0]?.soak, undefined);
  });

  it('goes from one to the other on the command line, and keeps its length', () => {
    const [stage] = planOf(load('soak: {rate: 50, duration: 3m}'), { set: ['load.soak.users=4'] }).load.stages;
    assert.deepEqual([stage?.arrival.kind, stage?.durationS], ['closed', 180]);
  });
});

describe('load.replay', () => {
  const text = load('replay: {file: log.csv, column: at, speed: [1, 4, 4]}');
  const planWith = (momentsMs: number[], written = text, asked: [string, ArrivalOptions][] = []): Plan =>
    loadPlan('d/s.yaml', { set: [] }, { parseGate, readArrivals: (path, options) => {
      asked.push([path, options]);
      return { momentsMs: Float64Array.from(momentsMs), sha256: 'ef'.repeat(32) };
    } }, machineWith({ 'd/s.yaml': written, 'd/log.csv': '' })).plan;

  it('has a stage for each speed; its window ends behind the last moment, and the plan has hash and number of the moments', () => {
    const asked: [string, ArrivalOptions][] = [];
    const plan = planWith([0, 0, 1000, 11_999.5], text, asked);
    assert.deepEqual(planSchema.parse(plan), plan);
    assert.deepEqual(asked.map(([path, { column, unit }]) => [path, column, unit]), [['d/log.csv', 'at', 'auto']]);
    assert.deepEqual(plan.load.stages.map(({ name, repeat, durationS }) => [name, repeat, durationS]), [['replay', 0, 10], ['replay x4', 0, 1], ['replay x4, again 1', 1, 1]]);
    assert.deepEqual(plan.load.stages[1]?.arrival, { kind: 'replay', file: 'log.csv', sha256: 'ef'.repeat(32), requests: 4, speed: 4, rateRps: 1.333, inFlight: 20 });
    assert.deepEqual(estimatePlan(plan).stages.map(({ requests }) => requests), [4, 4, 4]);
    assert.match(describePlan(plan), /log\.csv: 4 moments/);
    const { stages } = planWith(Array.from({ length: 3000 }, (_, i) => (i === 0 ? 0 : i <= 500 ? 5000 : 5000 + 10 * (i - 500))), load('replay: {file: log.csv}')).load;
    assert.ok(stages[0]?.arrival.kind === 'replay' && stages[0].arrival.inFlight === 699, 'what the busiest two seconds bring');
  });

  it('refuses what makes no schedule, before anything is started', () => {
    const refusal = (momentsMs: number[]): string => {
      try {
        planWith(momentsMs);
      } catch (error) {
        assert.ok(error instanceof BenchError && error.exitCode === 2, String(error));
        return error.message;
      }
      return assert.fail('accepted');
    };
    assert.equal(refusal([0, 90_000_000]), 'log.csv: at speed 1 its moments span 1500 min, but a schedule is at most 24 h long.');
    assert.equal(refusal([0, 4000]), 'log.csv: at speed 4 its moments span 1 s, and the warm-up alone takes 2 s.');
  });

  it('asks the same wherever the file lies, and another thing with other moments', () => {
    const hashOf = (path: string, sha256: string): string =>
      loadPlan('s.yaml', { set: [] }, { parseGate, readArrivals: () => ({ momentsMs: Float64Array.of(0, 9000), sha256 }) }, machineWith({ 's.yaml': load(`replay: {file: ${path}}`), 'log.csv': '', '/data/log.csv': '' })).plan.hash;
    assert.equal(hashOf('log.csv', 'aa'), hashOf('/data/log.csv', 'aa'));
    assert.notEqual(hashOf('log.csv', 'aa'), hashOf('log.csv', 'bb'));
  });

  it('lies beside the scenario that names it, and a file that is not there is a mistake of the scenario', () => {
    assert.deepEqual(mistakesIn('load:\n  replay:\n    file: nope.csv\n'), ['s.yaml:3:11: load.replay.file: there is no file "nope.csv" beside the scenario']);
  });
});

describe('load.drill', () => {
  it('is one stage of constant open load, looked at in windows that its promise needs', () => {
    const plan = planOf(load('drill: {rate: 40, duration: 30s, within: p(95)<500ms}'));
    assert.deepEqual(planSchema.parse(plan), plan);
    assert.deepEqual(plan.load.stages, [{
      index: 0, name: 'drill at 40/s', role: 'measure', arm: '', repeat: 0, warmupS: 2, durationS: 30, minRequests: null,
      arrival: { kind: 'open', rateRps: 40, process: 'constant', inFlight: 80 },
      drill: { within: { p: 95, limitMs: 500, from: 'scenario' }, windowS: 1 },
    }]);
    assert.match(describePlan(plan), /promised: p\(95\) at most 500 ms/);
  });
});

describe('the server of a drill', () => {
  it('has its faults one by one and is started again; what is the default leaves no trace in the plan', () => {
    const serverOf = (written: string) => planOf(`server: {reference: {${written}}}\n${load('drill: {rate: 40, within: p(95)<500ms}')}`).server;
    const plain = serverOf('');
    assert.deepEqual(serverOf('fault: none, normalize: "off"'), plain);
    assert.deepEqual(serverOf('fault: "crash@12s, slow-start:5s", restart: {}, cache: 64MiB, deadline: "off", inferLimit: 1s, normalize: [width], maxChars: 48, fallback: false'), {
      ...plain, faults: ['crash@12s', 'slow-start:5s'], restart: { afterS: 1, most: 3 }, cacheEntries: null, cacheBytes: 64 * 2 ** 20, deadlineMs: null, inferLimitMs: 1000, normalize: ['width'], maxChars: 48, fallback: false,
    });
  });
});

describe('mistakes', () => {
  const table: [string, string, string][] = [
    ['a peak that is none', 'spike: {base: 20, peak: 20}', 's.yaml:1:44: load.spike.peak: the peak of 20 is not above the base rate of 20'],
    ['no peak', 'spike: {base: 20}', 's.yaml:1:20: load.spike.peak: is missing'],
    ['a limit that is none', 'spike: {base: 2, peak: 20, within: p95<1s}', 's.yaml:1:55: load.spike.within: expected a percentile of latency such as p(95)<800ms'],
    ['too little time to see it come back', 'spike: {base: 2, peak: 20, after: 20s, within: p(95)<1s}', 's.yaml:1:54: load.spike.after: too short to see p(95) stay within its limit at 2 requests a second: give it 40s at least'],
    ['a spike of days', 'spike: {base: 2, peak: 20, after: 24h}', 's.yaml:1:54: load.spike.after: window and warm-up together are longer than a day; a stage of this kind is at most 24h long'],
    ['a spike of too many', 'spike: {base: 2, peak: 90000, during: 5m}', 's.yaml:1:20: load.spike.after: a schedule of 27,000,104 requests is too long: at most 5,000,000 a stage'],
    ['a drill without a promise', 'drill: {rate: 20}', 's.yaml:1:20: load.drill.within: is missing'],
    ['a drill that is too short', 'drill: {rate: 2, within: p(95)<1s, duration: 30s}', 's.yaml:1:65: load.drill.duration: too short to see p(95) break and hold again at 2 requests a second: give it 50s at least'],
    ['a soak of nothing', 'soak: {duration: 1h}', 's.yaml:1:26: load.soak: one of rate, users is missing'],
    ['a soak of both', 'soak: {rate: 5, users: 3}', 's.yaml:1:43: load.soak.users: there is a rate already: give one of rate, users'],
    ['think time of an open soak', 'soak: {rate: 5, think: 1s}', 's.yaml:1:43: load.soak.think: belongs to load.soak.users'],
    ['arrivals of a closed soak', 'soak: {users: 5, arrivals: constant}', 's.yaml:1:47: load.soak.arrivals: belongs to load.soak.rate'],
    ['a soak of days', 'soak: {rate: 5, duration: 25h}', 's.yaml:1:46: load.soak.duration: window and warm-up together are longer than a day; a stage of this kind is at most 24h long'],
    ['a replay without a file', 'replay: {speed: 2}', 's.yaml:1:20: load.replay.file: is missing'],
    ['a speed that is none', 'replay: {file: s.yaml, speed: 0}', 's.yaml:1:50: load.replay.speed: expected a factor above 0 and at most 10000, such as 1 or 2.5'],
  ];
  for (const [what, text, line] of table) it(what, () => { assert.deepEqual(mistakesIn(load(text)), [line]); });
});

test('gates on drift and leaks need a soak', () => {
  const written = (load: string): string => `server: {simulated: {}}\nload: {${load}}\ngates: {drift: ["p(95)<5%"], leak: ["rss<10MiB/h"]}\n`;
  assert.deepEqual(planOf(written('soak: {rate: 5}')).gates.map(({ id }) => id), ['drift p(95)<5%', 'leak rss<10MiB/h']);
  assert.deepEqual(mistakesIn(written('open: {rates: 5}')).map((line) => line.replace(/^s\.yaml:\d+:\d+: /, '')), ['gates.drift: drift is what a soak looks for: it needs load.soak', 'gates.leak: leak is what a soak looks for: it needs load.soak']);
});
