import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseRecord } from '../../harness/analysis/index.js';
import { decide } from '../../harness/model/decide.js';
import type { Estimate, Measured } from '../../harness/model/analysis.js';
import { decideShare } from '../../harness/model/early-stopping.js';
import { readHistogram } from '../../harness/model/histogram.js';
import { metrics, type GatePlan } from '../../harness/model/metric.js';
import { createRandom } from '../../harness/model/random.js';
import { burstStage, openStage } from './open-stage.js';
import { offlineStage } from './offline-stage.js';
import { soakStage, spikeStage } from './shape-stage.js';
import { jobRecord } from './job-record.js';
import { buildRecord, goldenOf, namedGate, percentileGate, type RecordShape } from './record-builder.js';
import { searched } from './search-record.js';

function measure(gate: GatePlan, shape: RecordShape): Measured[] {
  return analyseRecord(buildRecord({ ...shape, gates: [gate] })).measured;
}

function one(gate: GatePlan, shape: RecordShape): Measured {
  const all = measure(gate, shape);
  assert.equal(all.length, 1, JSON.stringify(all));
  return all[0]!;
}

function estimate({ value }: Measured): Estimate {
  assert.ok(value.kind === 'found', JSON.stringify(value));
  return value.value;
}

/** 1, 2, … n ms, in one stage of one user. */
const ladder = (n: number, more: object = {}): RecordShape => ({ stages: [{ users: 1, latenciesUs: Array.from({ length: n }, (_, i) => 1000 * (i + 1)), ...more }] });

test('a percentile of all requests: value, interval, n', () => {
  const measured = one(percentileGate('latency', 95, '<', 800), ladder(100));
  const { value, low, high, n, method } = estimate(measured);
  // Bin(100, .95): Q(.01) = 89, Q(.99) + 1 = 100
  assert.deepEqual([value, low, high, n, method], [95, 89, 100, 100, 'early-stopping']);
  assert.deepEqual([measured.gate, measured.stage, measured.valid, measured.infinite, measured.needed], ['latency p(95)<800ms', 0, true, false, undefined]);
});

test('failures count as +∞: they push the percentile up, then out of bounds', () => {
  const gate = percentileGate('latency', 95, '<', 800);
  const some = estimate(one(gate, ladder(200, { errors: { 'http-500': 4 } })));
  // 196 answers and 4 of +∞; the failures took 1, 51, 101, 151 ms: rank 190 of 200 is the 194 ms answer
  assert.deepEqual([some.value, some.n], [194, 200]);
  assert.equal(some.high, null, 'the upper rank falls among the failures');
  const many = one(gate, ladder(200, { errors: { 'http-500': 20 } }));
  assert.equal(many.infinite, true);
  const bound = estimate(many);
  assert.equal(bound.value, 200, 'the largest finite latency, a lower bound');
  assert.ok(bound.low !== null && bound.low <= 200 && bound.high === null);
  const censored = one(gate, ladder(200, { censored: 30 }));
  assert.equal(censored.infinite, true);
});

test('few data do not silence a percentile: its lower bound stands, the upper is missing, and how many it takes is said', () => {
  const measured = one(percentileGate('latency', 99, '<', 800), ladder(80));
  const { low, high } = estimate(measured);
  // 0.99^458 > 1 % ≥ 0.99^459: with none beyond the limit, 459 requests would do.
  assert.equal(measured.needed, 459);
  assert.equal(high, null);
  // P(Bin(80, .99) ≤ 76) = 0.009, P(≤ 77) = 0.047
  assert.equal(low, 77);
});

test('a percentile is judged as the early-stopping rule judges the share of requests beyond the limit, failures among them', () => {
  const random = createRandom(3);
  const seen = new Map<string, number>();
  for (let i = 0; i < 300; i += 1) {
    const p = [50, 90, 95, 99][i % 4]!;
    const n = 40 + Math.floor(random.next() * 600);
    const failed = Math.floor(random.next() * 3);
    const limitMs = Math.floor(n * (p / 100 + (random.next() - 0.5) * 0.12)) + 0.5;
    const gate = percentileGate('latency', p, '<', limitMs);
    const measured = one(gate, ladder(n, failed > 0 ? { errors: { 'http-500': failed } } : {}));
    // Which requests fail is the builder's matter: what is left is counted.
    const stage = buildRecord({ ...ladder(n, failed > 0 ? { errors: { 'http-500': failed } } : {}), gates: [gate] }).stages[0]!;
    const below = readHistogram(stage.latency).values.filter((us) => us < limitMs * 1000).length;
    const rule = decideShare(n - below, n, Number((1 - p / 100).toPrecision(12)));
    const word = measured.infinite ? 'fail' : decide(estimate(measured), '<', limitMs);
    seen.set(rule, (seen.get(rule) ?? 0) + 1);
    if (measured.infinite) continue;
    assert.equal(word === 'inconclusive' ? 'undecided' : word, rule, JSON.stringify({ p, n, failed, limitMs, measured }));
    if (rule === 'undecided' && measured.needed !== undefined) assert.ok(measured.needed > n);
  }
  assert.ok(['pass', 'fail', 'undecided'].every((word) => (seen.get(word) ?? 0) >= 20), JSON.stringify([...seen]));
});

test('no answer at all: absent, and infinite where something failed', () => {
  const failed = one(percentileGate('latency', 95, '<', 800), ladder(10, { errors: { timeout: 10 } }));
  assert.deepEqual([failed.value, failed.infinite, failed.valid], [{ kind: 'absent', why: 'no-answer' }, true, true]);
  const silent = one(percentileGate('latency', 95, '<', 800), { stages: [{ users: 1, latenciesUs: [], durationS: 5 }] });
  assert.deepEqual([silent.value, silent.infinite, silent.valid], [{ kind: 'absent', why: 'no-answer' }, false, false]);
});

test('med, min, max and avg', () => {
  const of = (name: string, more: object = {}): Measured => one(namedGate('latency', name, '<', 1), ladder(101, more));
  assert.equal(estimate(of('med')).value, 51);
  assert.deepEqual([estimate(of('min')).value, estimate(of('max')).value], [1, 101]);
  assert.deepEqual([of('max', { errors: { reset: 1 } }).infinite, estimate(of('max', { errors: { reset: 1 } })).high], [true, null]);
  const avg = estimate(of('avg'));
  assert.equal(avg.value, 51);
  // s of 1…101 is 29.300, t(100) = 1.98397
  assert.ok(Math.abs(avg.high! - 51 - (1.98397 * 29.3002) / Math.sqrt(101)) < 1e-3, String(avg.high));
});

test('errors, rps and cpu of a stage', () => {
  const shape: RecordShape = { stages: [{ users: 4, errors: { 'http-500': 10 }, serverCores: 1.5 }] };
  const rate = estimate(one(namedGate('errors', 'rate', '<', 0.01), shape));
  assert.ok(rate.value === 10 / rate.n && rate.low! < rate.value && rate.value < rate.high!);
  assert.deepEqual([estimate(one(namedGate('errors', 'count', '<', 11), shape)).value, estimate(one(namedGate('errors', 'count', '<', 11), shape)).high], [10, 10]);
  const rps = estimate(one(namedGate('rps', 'rate', '>', 100), shape));
  assert.ok(rps.method === 'block-means' && rps.low! < rps.value && rps.value < rps.high!);
  assert.ok(Math.abs(estimate(one(namedGate('cpu', 'avg', '<', 2), shape)).value - 1.5) < 1e-9);
  const blind = one(namedGate('cpu', 'avg', '<', 2), { ...shape, change: () => ({ series: [] }) });
  assert.deepEqual(blind.value, { kind: 'absent', why: 'not-measured' });
});

test('selectors pick stages by users, name or index, measured ones only; none picked is said', () => {
  const shape: RecordShape = { stages: [{ users: 200, role: 'warmup' }, { users: 50, name: 'calm' }, { users: 200 }, { users: 200, repeat: 1 }] };
  const picked = (selector: Record<string, string>): (number | null)[] => measure(percentileGate('latency', 95, '<', 1, { selector }), shape).map(({ stage }) => stage);
  assert.deepEqual(picked({}), [1, 2, 3]);
  assert.deepEqual(picked({ users: '200' }), [2, 3]);
  assert.deepEqual(picked({ stage: 'calm' }), [1]);
  assert.deepEqual(picked({ stage: '3' }), [3]);
  assert.deepEqual(picked({ stage: 'calm', users: '200' }), [null]);
  assert.deepEqual(one(percentileGate('latency', 95, '<', 1, { selector: { users: '7' } }), shape).value, { kind: 'absent', why: 'no-stage' });
});

test('a rate selects stages of open load, a number of users those of closed load', () => {
  const shape: RecordShape = { stages: [openStage({ rateRps: 50 }), openStage({ rateRps: 200 }), { users: 200 }, openStage({ rateRps: 0.5, durationS: 200 }), burstStage({ requests: 200 })] };
  const picked = (selector: Record<string, string>): (number | null)[] => measure(percentileGate('latency', 95, '<', 1, { selector }), shape).map(({ stage }) => stage);
  assert.deepEqual(picked({ rate: '200' }), [1]);
  assert.deepEqual(picked({ users: '200' }), [2]);
  assert.deepEqual(picked({ rate: '0.5' }), [3]);
  assert.deepEqual(picked({ burst: '200' }), [4]);
  assert.deepEqual(picked({ rate: '100' }), [null]);
});

test('rps of open load is what was answered in the window, not what was asked', () => {
  const behind = estimate(one(namedGate('rps', 'rate', '>=', 190), { stages: [openStage({ rateRps: 200, endedRps: 150 })] }));
  assert.deepEqual([behind.value, behind.method, behind.n], [150, 'block-means', 12]);
});

test('requests that were never sent count as infinitely slow', () => {
  const measured = one(percentileGate('latency', 95, '<', 800), { stages: [openStage({ rateRps: 100, waited: 500, unsent: 120 })] });
  assert.equal(measured.infinite, true);
  assert.equal(measured.valid, true, 'a server that does not keep up fails, its stage is no broken measurement');
});

test('an invalid stage marks what rests on it; the probe does not rest on it', () => {
  const shape: RecordShape = { stages: [{ users: 4, change: () => ({ status: 'engine-failed', why: 'died' }) }] };
  for (const [gate, valid] of [
    [percentileGate('latency', 95, '<', 1), false], [namedGate('answers', 'flips', '==', 0), false], [namedGate('rss', 'max', '<', 1), false], [namedGate('answers', 'auc', '>', 0.9), true],
  ] as const) assert.equal(one(gate, shape).valid, valid, gate.id);
  assert.equal(one(namedGate('answers', 'flips', '==', 0), { stages: [...shape.stages!, { users: 4 }] }).valid, true);
});

test('memory: the worst of the selected GPUs, the server\'s own peak, and absence with its reason', () => {
  const gpus = [{ uuid: 'GPU-a', baselineMiB: 300, loadedMiB: 2300, peakMiB: 5300 }, { uuid: 'GPU-b', baselineMiB: 5000, loadedMiB: 5000, peakMiB: 6000 }];
  const vram = (name: string, selector: Record<string, string>): Measured => one(namedGate('vram', name, '<', 24_576, { selector, unit: 'MiB' }), { users: [1], gpus });
  assert.equal(estimate(vram('max', {})).value, 6000);
  assert.equal(estimate(vram('delta', {})).value, 5000);
  assert.equal(estimate(vram('max', { gpu: '0' })).value, 5300);
  assert.equal(estimate(vram('max', { gpu: 'GPU-b' })).value, 6000);
  assert.deepEqual(vram('max', { gpu: '7' }).value, { kind: 'absent', why: 'no-gpu' });
  assert.deepEqual(one(namedGate('vram', 'max', '<', 1), { users: [1] }).value, { kind: 'absent', why: 'not-found' });
  assert.equal(estimate(one(namedGate('rss', 'max', '<', 1), { users: [1] })).value, 500);
  const half = one(namedGate('vram', 'max', '<', 1), { users: [1], gpus, change: ({ series }) => ({ series: series.filter(({ source }) => source !== 'gpu:GPU-b') }) });
  assert.deepEqual(half.value, { kind: 'absent', why: 'not-measured' });
  // It vanished before the second stage: what it needed there is not known.
  const vanished = (limit: number, selector: Record<string, string>): Measured => one(namedGate('vram', 'max', '<', limit, { selector, unit: 'MiB' }), {
    users: [1, 4], gpus, change: ({ series, stages }) => ({ series: series.map((each) => (each.source === 'gpu:GPU-b' ? { ...each, v: each.v.map((v, i) => ((each.t[i] ?? 0) >= (stages[1]?.spawnedAtMs ?? 0) ? null : v)) } : each)) }),
  });
  const { value, low, high } = estimate(vanished(24_576, {}));
  assert.deepEqual([low, high, vanished(24_576, {}).unseen], [value, null, 1]);
  assert.ok(value > 5300 && value < 6000, String(value));
  assert.deepEqual([estimate(vanished(24_576, { gpu: '0' })).high, vanished(24_576, { gpu: '0' }).unseen], [5300, undefined], 'the other one was seen throughout');
});

test('answers: flips over all measured stages, their rate, the largest move, the probe\'s figures', () => {
  const answers = (checked: number, flips: number, maxDelta: number | null): RecordShape['stages'] =>
    [{ users: 1 }, { users: 4, change: () => ({ answers: { checked, flips, moved: flips, maxDelta } }) }];
  const of = (name: string, shape: RecordShape): Measured => one(namedGate('answers', name, '==', 0), shape);
  const flipped = { stages: answers(100, 3, 0.4) };
  assert.deepEqual([estimate(of('flips', flipped)).value, estimate(of('flips', flipped)).n], [3, 200]);
  assert.ok(Math.abs(estimate(of('flipRate', flipped)).value - 0.015) < 1e-12 && estimate(of('flipRate', flipped)).method === 'wilson');
  assert.equal(estimate(of('maxDelta', flipped)).value, 0.4);
  const perfect = estimate(of('auc', flipped));
  assert.deepEqual([perfect.value, perfect.high, perfect.n, perfect.method], [1, 1, 200, 'newcombe']);
  assert.ok(perfect.low !== null && perfect.low > 0.95 && perfect.low < 1, 'an AUC of few pairs is never certain');
  assert.deepEqual([estimate(of('f1', flipped)).value, estimate(of('probe_pass_rate', flipped)).value, estimate(of('probe_pass_rate', flipped)).n], [1, 1, 2]);
  assert.ok((estimate(of('f1', flipped)).low ?? 1) < 1);
  assert.equal(estimate(of('oracleFailures', flipped)).value, 0);
  const unchecked = { stages: [{ users: 4, change: () => ({ answers: { checked: 0, flips: 0, moved: 0, maxDelta: null } }) }] };
  assert.deepEqual(of('flips', unchecked).value, { kind: 'absent', why: 'not-checked' });
  const skipped: RecordShape = { users: [1], change: () => ({ probe: { status: 'skipped', why: 'golden: 0' } }) };
  assert.deepEqual([of('auc', skipped).value, of('oracleFailures', skipped).value], [{ kind: 'absent', why: 'not-checked' }, { kind: 'absent', why: 'not-checked' }]);
  const meaningless: RecordShape = { users: [1], change: ({ probe }) => ({ probe: probe?.status === 'done' ? { ...probe, meaningful: false } : null }) };
  for (const name of ['auc', 'f1', 'probe_pass_rate']) assert.deepEqual(of(name, meaningless).value, { kind: 'absent', why: 'scores-meaningless' });
  const asked = (golden: number, probes: boolean): RecordShape => ({ users: [1], change: ({ probe }) => ({ probe: probe?.status === 'done' ? { ...probe, golden: goldenOf(golden), ...(probes ? {} : { probes: [] }) } : null }) });
  assert.deepEqual(of('auc', asked(18, true)).value, { kind: 'absent', why: 'too-few-pairs', needed: 20 });
  assert.deepEqual(of('f1', asked(8, true)).value, { kind: 'absent', why: 'too-few-pairs', needed: 10 });
  const alike: RecordShape = { users: [1], change: ({ probe }) => ({ probe: probe?.status === 'done' ? { ...probe, golden: goldenOf(60).map((answer) => ({ ...answer, expected: ['exact'] })) } : null }) };
  assert.deepEqual(of('f1', alike).value, { kind: 'absent', why: 'too-few-labels' });
  assert.deepEqual(of('probe_pass_rate', asked(200, false)).value, { kind: 'absent', why: 'no-probes' });
  for (const name of ['f1', 'probe_pass_rate']) assert.equal(of(name, skipped).value.kind, 'absent');
  // A record from before golden answers were kept has its AUC and the number of pairs.
  const old: RecordShape = { users: [1], change: ({ probe }) => ({ probe: probe?.status === 'done' ? { ...probe, golden: undefined, probes: undefined } : null }) };
  const estimated = estimate(of('auc', old));
  assert.equal(estimated.value, 0.97);
  assert.ok(estimated.low !== null && estimated.low < 0.96 && estimated.low > 0.9, String(estimated.low));
});

test('every metric and aggregation a gate can name is measured', () => {
  const gpus = [{ uuid: 'GPU-a', baselineMiB: 300, loadedMiB: 2300, peakMiB: 5300 }];
  for (const metric of Object.values(metrics)) {
    for (const name of Object.keys(metric.aggregations)) {
      const load: RecordShape = metric.name === 'recovery' ? { stages: [spikeStage({ quantileMs: () => 30 })] } : metric.name === 'capacity' ? searched({ lowMs: 20, highMs: 900 }) : metric.name === 'leak' ? { stages: [soakStage()] } : metric.name === 'pairs' ? { stages: [offlineStage({})] } : { users: [4] };
      const selector = metric.needs === undefined ? {} : { [metric.needs]: 'auc' };
      // Seen beside a baseline alone: tests/analysis/baseline/.
      if (name === 'baselineFlips') continue;
      const gate = namedGate(metric.name, name, '<', 1, { selector });
      const measured = one(gate, metric.load === 'job' ? { gates: [gate], change: () => jobRecord({ gates: [gate] }) } : { ...load, gpus });
      assert.equal(measured.value.kind, 'found', measured.gate);
      assert.equal(measured.stage, metric.scope === 'stage' ? 0 : null);
    }
  }
});
