import assert from 'node:assert/strict';
import test from 'node:test';
import type { StageResult } from '../../harness/model/record.js';
import { readHistogram, valueAtRank } from '../../harness/model/histogram.js';
import { createSimulated, type SimulatedServer } from '../../harness/load/simulated.js';
import { testContext } from '../host/context.js';
import { burstStageOf, expectAnswers, offlineStageOf, openStageOf, requestPlan, stageOf } from './stage-setup.js';

const server = (part: Partial<SimulatedServer> = {}): SimulatedServer => ({ kind: 'simulated', parallel: 1, serviceMs: 10, sigma: 0, kappa: 0, exponential: false, errorShare: 0, ...part });

async function simulate(plan: SimulatedServer, stage: ReturnType<typeof stageOf>, seed = 1, ctx = testContext()): Promise<StageResult> {
  return createSimulated(plan, 'asked').drive({
    stage, target: { url: '', request: requestPlan, timeoutS: 10 }, bodies: { file: '', count: 100, expectations: expectAnswers(100) }, golden: new Map([[0, 0.3]]), tolerance: 1e-6,
    seed, logFile: '', onSpawn: () => assert.fail('there is no process'), serverGone: new AbortController().signal,
  }, ctx);
}

const rate = (result: StageResult): number => result.requests.completed / ((result.windowToMs - result.windowFromMs) / 1000);
const near = (actual: number, expected: number, share: number): void => {
  assert.ok(Math.abs(actual / expected - 1) <= share, `${String(actual)} is not within ${String(share * 100)} % of ${String(expected)}`);
};

test('constant service: X = min(N / (S + Z), c / S)', async () => {
  for (const { users, parallel, thinkMs } of [{ users: 1, parallel: 1, thinkMs: 0 }, { users: 5, parallel: 2, thinkMs: 0 }, { users: 3, parallel: 8, thinkMs: 0 }, { users: 4, parallel: 4, thinkMs: 30 }, { users: 40, parallel: 2, thinkMs: 20 }]) {
    const result = await simulate(server({ parallel }), stageOf(users, { warmupS: 2, durationS: 20, thinkMs: [thinkMs, thinkMs] }));
    near(rate(result), Math.min((users * 1000) / (10 + thinkMs), (parallel * 1000) / 10), 0.005);
    // Little: users = X·(R + Z).
    const histogram = readHistogram(result.latency);
    near((rate(result) * (histogram.sumUs / histogram.n / 1000 + thinkMs)) / 1000, users, 0.01);
  }
});

test('a queue behind one server: each waits for all before it', async () => {
  const result = await simulate(server(), stageOf(8, { warmupS: 2, durationS: 10 }));
  const histogram = readHistogram(result.latency);
  assert.deepEqual([valueAtRank(histogram, 1), valueAtRank(histogram, histogram.n)], [80_000, 80_000]);
  near(result.inFlightMean ?? 0, 8, 0.001);
});

test('the Universal Scalability Law comes out as it was put in', async () => {
  const [sigma, kappa] = [0.05, 0.001];
  for (const users of [1, 4, 16, 64]) {
    const result = await simulate(server({ parallel: 64, sigma, kappa }), stageOf(users, { warmupS: 5, durationS: 60 }));
    near(rate(result), users / (0.01 * (1 + sigma * (users - 1) + kappa * users * (users - 1))), 0.01);
  }
});

test('exponential service: machine repair model, one server, think time', async () => {
  // M/M/1//N with fixed think time differs from exponential think; with Z = 0 the server is never idle: X = 1/S.
  const result = await simulate(server({ exponential: true }), stageOf(5, { warmupS: 5, durationS: 300 }));
  near(rate(result), 100, 0.02);
  const histogram = readHistogram(result.latency);
  // Residence is a sum of five exponential services: Erlang-5, mean 50 ms, standard deviation √5·10 ms.
  near(histogram.sumUs / histogram.n / 1000, 50, 0.02);
  assert.ok(valueAtRank(histogram, Math.ceil(0.95 * histogram.n)) / 1000 > 80);
});

const meanMs = (result: StageResult): number => readHistogram(result.latency).sumUs / result.latency.n / 1000;

test('open load, one server, exponential service: mean latency S/(1 − ρ) (M/M/1)', async () => {
  for (const rho of [0.3, 0.5, 0.8]) {
    const result = await simulate(server({ exponential: true }), openStageOf(100 * rho, { warmupS: 20, durationS: 4000, inFlight: 2000 }));
    near(meanMs(result), 10 / (1 - rho), 0.05);
    near(result.inFlightMean ?? 0, rho / (1 - rho), 0.06);
    assert.deepEqual([result.schedule?.waited, result.schedule?.unsent, result.requests.censored], [0, 0, 0]);
  }
});

test('open load, one server, constant service: mean latency S + ρS/(2(1 − ρ)) (M/D/1)', async () => {
  for (const rho of [0.3, 0.5, 0.8]) {
    const result = await simulate(server(), openStageOf(100 * rho, { warmupS: 20, durationS: 4000, inFlight: 2000 }));
    near(meanMs(result), 10 + (rho * 10) / (2 * (1 - rho)), 0.04);
  }
});

test('open load with constant gaps: nobody waits below capacity', async () => {
  const result = await simulate(server(), openStageOf(80, { process: 'constant', warmupS: 1, durationS: 20 }));
  const { values } = readHistogram(result.latency);
  assert.deepEqual([values[0], values.at(-1), result.latency.n, result.schedule?.due], [10_000, 10_000, 1600, 1600]);
});

test('open load above capacity: the backlog grows by what is asked too much, and nothing is dropped', async () => {
  const result = await simulate(server(), openStageOf(150, { process: 'constant', warmupS: 1, durationS: 10, inFlight: 50 }));
  assert.equal(result.requests.started, 1500);
  assert.equal(result.requests.completed, 1500);
  // 100 of 150 a second are answered: request k, due at k/150 s, ends at (k + 1)/100 s.
  const latencies = readHistogram(result.latency);
  near(valueAtRank(latencies, latencies.n) / 1000, 1000 * (1650 / 100 - 1649 / 150), 0.001);
  near(valueAtRank(latencies, 1) / 1000, 1000 * (151 / 100 - 150 / 150), 0.001);
  assert.equal(result.timeline.completed.reduce((sum, n) => sum + n, 0), 1000);
  assert.equal(result.schedule?.openAtStart, 150 - 99);
  assert.ok((result.schedule.waited) > 1400, 'fifty workers are too few for the backlog');
  assert.ok(result.generator.lagP99Ms === 0, 'a wait for a worker is no lag');
});

test('open load: a pool of one is a queue before the server, and the wait is latency', async () => {
  const alone = await simulate(server({ parallel: 4 }), openStageOf(90, { warmupS: 5, durationS: 400, inFlight: 1 }));
  const behind = await simulate(server({ parallel: 1 }), openStageOf(90, { warmupS: 5, durationS: 400, inFlight: 1000 }));
  near(meanMs(alone), meanMs(behind), 0.001);
  assert.ok((alone.schedule?.waited ?? 0) > 0.8 * alone.requests.started);
  assert.equal(behind.schedule?.waited, 0);
});

test('open load: the same seed is the same run, and failures come back at once as answers do', async () => {
  const one = await simulate(server({ errorShare: 0.1 }), openStageOf(50, { durationS: 20 }), 5);
  const two = await simulate(server({ errorShare: 0.1 }), openStageOf(50, { durationS: 20 }), 5);
  assert.deepEqual(one.latency, two.latency);
  assert.notDeepEqual((await simulate(server({ errorShare: 0.1 }), openStageOf(50, { durationS: 20 }), 6)).latency, one.latency);
  near(one.requests.failed / one.requests.started, 0.1, 0.3);
});

test('bursts: K at once on c servers, the i-th ends after ⌈i/c⌉·S, in each burst alike', async () => {
  const result = await simulate(server({ parallel: 4 }), burstStageOf(100, { everyS: 2, repeats: 3, warmupS: 1 }));
  const latencies = readHistogram(result.latency);
  assert.deepEqual([result.requests.started, result.requests.completed, result.requests.warmup, result.schedule?.due], [300, 300, 100, 300]);
  // Twelve of each: four servers, three bursts.
  for (let i = 1; i <= 25; i += 1) assert.deepEqual([valueAtRank(latencies, 12 * i - 11), valueAtRank(latencies, 12 * i)], [10_000 * i, 10_000 * i], String(i));
  assert.deepEqual(result.timeline.started, [100, 0, 100, 0, 100, 0]);
  assert.deepEqual([result.schedule?.waited, result.generator.lagP99Ms], [0, 0]);
});

test('a burst that is not over when the next one comes: the next one waits, and that is in its latencies', async () => {
  const result = await simulate(server(), burstStageOf(100, { everyS: 0.5, repeats: 3 }));
  const latencies = readHistogram(result.latency);
  // 300 requests take 3 s; the last one was due at 1 s.
  assert.equal(valueAtRank(latencies, latencies.n), 2_000_000);
  assert.equal(result.schedule?.waited, 150, 'half of the second burst, all of the third');
});

test('failures are the planned share, and answers agree with the golden ones', async () => {
  const result = await simulate(server({ errorShare: 0.1, parallel: 10 }), stageOf(10, { durationS: 20 }));
  near(result.requests.failed / result.requests.started, 0.1, 0.05);
  assert.deepEqual(Object.keys(result.errors), ['http-503']);
  assert.equal(result.requests.started, result.requests.completed + result.requests.failed);
  assert.deepEqual([result.answers.flips, result.answers.moved], [0, 0]);
  assert.ok(result.answers.checked > 100);
});

test('the same seed gives the same stage, another seed another', async () => {
  const run = (seed: number): Promise<StageResult> => simulate(server({ exponential: true }), stageOf(4, { durationS: 5, thinkMs: [0, 20] }), seed);
  const [one, again, other] = [await run(1), await run(1), await run(2)];
  assert.equal(one.latency.bins, again.latency.bins);
  assert.notEqual(one.latency.bins, other.latency.bins);
});

test('stages follow each other on the virtual clock', async () => {
  const engine = createSimulated(server(), 'asked');
  const ctx = testContext();
  const options = { target: { url: '', request: requestPlan, timeoutS: 10 }, bodies: { file: '', count: 1, expectations: expectAnswers(1) }, golden: new Map<number, number>(), tolerance: 0, seed: 1, logFile: '', onSpawn: () => undefined, serverGone: new AbortController().signal };
  const first = await engine.drive({ ...options, stage: stageOf(1, { durationS: 100 }) }, ctx);
  const second = await engine.drive({ ...options, stage: stageOf(1, { index: 1, durationS: 100 }) }, ctx);
  assert.ok(second.spawnedAtMs >= first.endedAtMs);
});

test('an interruption keeps what there is', async () => {
  const stop = new AbortController();
  let rows = 0;
  const result = await createSimulated(server({ parallel: 100, serviceMs: 1 }), 'asked').drive({
    stage: stageOf(100, { durationS: 100_000 }), target: { url: '', request: requestPlan, timeoutS: 10 }, bodies: { file: '', count: 1, expectations: expectAnswers(1) }, golden: new Map<number, number>(), tolerance: 0,
    seed: 1, logFile: '', onSpawn: () => undefined, serverGone: new AbortController().signal,
    onRow: () => {
      rows += 1;
      if (rows === 1000) stop.abort();
    },
  }, testContext(stop.signal));
  assert.equal(result.status, 'interrupted');
  assert.ok(result.requests.completed > 0);
  assert.equal(result.requests.started, result.requests.completed + result.requests.failed + result.requests.censored);
  assert.ok(result.windowToMs - result.windowFromMs < 100_000_000);
});

test('an interruption is seen within a few events, however dear they are', async () => {
  const stop = new AbortController();
  let rows = 0;
  setTimeout(() => { stop.abort(); }, 50);
  const result = await createSimulated(server({ parallel: 4 }), 'asked').drive({
    stage: stageOf(4, { durationS: 20 }), target: { url: '', request: requestPlan, timeoutS: 10 }, bodies: { file: '', count: 1, expectations: expectAnswers(1) }, golden: new Map<number, number>(), tolerance: 0,
    seed: 1, logFile: '', onSpawn: () => undefined, serverGone: new AbortController().signal,
    onRow: () => {
      rows += 1;
      const until = performance.now() + 0.5;
      while (performance.now() < until);
    },
  }, testContext(stop.signal));
  assert.equal(result.status, 'interrupted');
  assert.ok(rows > 0 && rows < 4000, `${String(rows)} of 8000 requests`);
});

test('an interruption is seen among many short stages', async () => {
  const stop = new AbortController();
  const ctx = testContext(stop.signal);
  const engine = createSimulated(server(), 'asked');
  setTimeout(() => { stop.abort(); }, 50);
  let status = '';
  for (let index = 0; index < 3000 && status !== 'interrupted'; index += 1) {
    ({ status } = await engine.drive({
      stage: stageOf(1, { index, durationS: 1 }), target: { url: '', request: requestPlan, timeoutS: 10 }, bodies: { file: '', count: 1, expectations: expectAnswers(1) }, golden: new Map<number, number>(), tolerance: 0,
      seed: 1, logFile: '', onSpawn: () => undefined, serverGone: new AbortController().signal,
    }, ctx));
  }
  assert.equal(status, 'interrupted');
});

test('a lot of pairs on c servers takes P · S / c, in batches of any size, each pair once', async () => {
  for (const { pairs, batch, inFlight, parallel, takesMs } of [
    { pairs: 960, batch: 32, inFlight: 8, parallel: 2, takesMs: 4800 }, { pairs: 960, batch: 1, inFlight: 8, parallel: 4, takesMs: 2400 },
    // One batch after the other, whatever the server could do; and a last batch of one.
    { pairs: 65, batch: 32, inFlight: 1, parallel: 8, takesMs: 650 },
  ]) {
    const tickets: number[] = [];
    const result = await createSimulated(server({ parallel }), 'asked').drive({
      stage: offlineStageOf({ pairs, batch, inFlight }), target: { url: '', request: requestPlan, timeoutS: 10 },
      bodies: { file: '', count: Math.ceil(pairs / batch), ...(batch === 1 ? {} : { pairsEach: batch }), expectations: expectAnswers(pairs) }, golden: new Map([[7, 0.3]]), tolerance: 1e-6,
      seed: 1, logFile: '', onSpawn: () => undefined, serverGone: new AbortController().signal, onRow: ({ ticket }) => tickets.push(ticket),
    }, testContext());
    assert.equal(result.windowToMs - result.windowFromMs, takesMs);
    assert.deepEqual(tickets.toSorted((x, y) => x - y), Array.from({ length: Math.ceil(pairs / batch) }, (_, i) => i));
    assert.deepEqual([result.pairs?.answered, result.pairs?.again, result.answers.checked, result.answers.flips], [pairs, 0, 1, 0]);
  }
});

test('a lot that is too large for its time: the window closes with it, and what is left is told', async () => {
  const result = await createSimulated(server(), 'asked').drive({
    stage: offlineStageOf({ pairs: 1000, batch: 10, inFlight: 2 }, { durationS: 2 }), target: { url: '', request: requestPlan, timeoutS: 10 }, bodies: { file: '', count: 100, pairsEach: 10, expectations: expectAnswers(1000) },
    golden: new Map(), tolerance: 0, seed: 1, logFile: '', onSpawn: () => undefined, serverGone: new AbortController().signal,
  }, testContext());
  assert.deepEqual([result.status, result.windowToMs - result.windowFromMs], ['completed', 2000]);
  // 100 ms a batch: 19 have ended within the two seconds, the 20th at its very end.
  assert.ok(result.pairs !== undefined && [190, 200].includes(result.pairs.answered), JSON.stringify(result.pairs));
});
