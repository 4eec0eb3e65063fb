import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseRecord } from '../../harness/analysis/index.js';
import { insightEvidence, type Insight, type InsightId } from '../../harness/model/insight.js';
import type { AbnormalAnswer } from '../../harness/model/golden.js';
import { histogramOf, saveHistogram } from '../../harness/model/histogram.js';
import type { ProbeRecord, RunRecord, StageResult } from '../../harness/model/record.js';
import { jobRecord, type JobShape } from './job-record.js';
import { burstStage, openStage } from './open-stage.js';
import { soakStage, spikeStage } from './shape-stage.js';
import { unlikeBefore } from './steady/series.js';
import { buildRecord, percentileGate, type RecordShape, type StageShape } from './record-builder.js';
import { searched, searchRecord } from './search-record.js';

const gpu = { uuid: 'GPU-a', baselineMiB: 300, loadedMiB: 2300, peakMiB: 2300 };

function insights(shape: RecordShape): Insight[] {
  return analyseRecord(buildRecord(shape)).insights;
}

type DoneProbe = Extract<ProbeRecord, { status: 'done' }>;
const probe = (change: (done: DoneProbe) => Partial<DoneProbe>): RecordShape['change'] =>
  ({ probe: done }) => ({ probe: done?.status === 'done' ? { ...done, ...change(done) } : done });
const answers = (flips: number, moved: number): StageShape['change'] => () => ({ answers: { checked: 200, flips, moved, maxDelta: 0.2 } });
const curve = (...points: [users: number, latencyMs: number][]): StageShape[] => points.map(([users, latencyMs]) => ({ users, latencyMs }));
const rising = (source: string, metric: string, perSecondMiB: number): RecordShape['change'] => ({ series }: RunRecord) => ({
  series: series.map((one) => (one.source === source && one.metric === metric ? { ...one, v: one.v.map((v, i) => (v === null ? null : v + (perSecondMiB * (one.t[i] ?? 0)) / 1000)) } : one)),
});
/** Memory of the server over two hours. */
const risingThroughout = (perHourMiB: number): RecordShape['change'] => ({ series }: RunRecord) => {
  const t = Array.from({ length: 3700 }, (_, i) => i * 2000);
  return { series: series.map((one) => (one.source === 'server' && one.metric === 'rssMiB' ? { ...one, t, v: t.map((ms, i) => 300 + (i % 5) / 5 + (perHourMiB * ms) / 3_600_000) } : one)) };
};
const silentSeconds = (stage: StageResult): Partial<StageResult> => {
  const quiet = (values: number[]): number[] => values.map((v, i) => (i === 4 || i === 5 || i === 8 ? 0 : v));
  return { timeline: { ...stage.timeline, started: quiet(stage.timeline.started), completed: quiet(stage.timeline.completed) } };
};

const container = { image: 'a:1', imageId: 'sha256:1', digest: null, cpuLimit: 0.5, memoryLimitMiB: null, engine: '28.1.0', compose: '2.40.0' };

/** Counters of the server's /metrics that rise by so much a second. */
const counting = (...rates: [metric: string, perSecond: number][]): RecordShape['change'] => ({ series }: RunRecord) => {
  const t = series[0]?.t ?? [];
  return { series: [...series, ...rates.map(([metric, perSecond]) => ({ source: 'server', metric, unit: '', t, v: t.map((ms) => (perSecond * ms) / 1000) }))] };
};

/** A job in place of the stages. */
const jobShape = (shape: JobShape): RecordShape => ({ users: [1], change: () => jobRecord(shape) });

const refusal = (kind: string, named: boolean): AbnormalAnswer => ({ kind, expect: 'reject', field: 'addr1', status: 422, failure: '', named, latencyMs: 3 });

const planted: Record<InsightId, { shape: RecordShape; severity: Insight['severity']; stage: number | null; evidence: Insight['evidence'] }> = {
  'no-answers': { shape: { stages: [{ users: 4 }, { users: 8, latenciesUs: Array.from({ length: 80 }, () => 1e6), errors: { timeout: 80 } }] }, severity: 'bad', stage: 1, evidence: { users: 8, started: 80 } },
  'stage-incomplete': { shape: { stages: [{ users: 4 }, { users: 8, change: () => ({ status: 'engine-failed', why: 'died' }) }] }, severity: 'bad', stage: 1, evidence: { users: 8, status: 'engine-failed' } },
  'oracle-failed': {
    shape: { users: [4], change: probe(({ oracles }) => ({ oracles: oracles.map((one) => (one.id === 'symmetry' ? { ...one, status: 'fail', value: 0.3 } : one)) })) },
    severity: 'bad', stage: null, evidence: { oracle: 'symmetry', failed: 1, judged: 4, n: 20 },
  },
  'wrong-answers': { shape: { users: [4], change: probe(() => ({ wrong: { html: 3, timeout: 9 } })) }, severity: 'bad', stage: null, evidence: { kind: 'timeout', count: 9, wrong: 12, asked: 200 } },
  'flips-under-load': { shape: { stages: [{ users: 4, change: answers(1, 1) }, { users: 8, change: answers(5, 9) }] }, severity: 'bad', stage: 1, evidence: { users: 8, flips: 5, checked: 200, maxDelta: 0.2 } },
  'fallback-answered': { shape: { stages: [{ users: 4, change: () => ({ degraded: 1 }) }, { users: 8, latenciesUs: Array.from({ length: 1000 }, () => 20_000), change: () => ({ degraded: 10 }) }] }, severity: 'bad', stage: 1, evidence: { users: 8, degraded: 10, completed: 1000, share: 0.01 } },
  'abnormal-mishandled': {
    shape: { stages: [{ users: 4, change: () => ({ byAbnormalKind: { 'empty-field': { started: 10, asExpected: 10, statuses: { '400': 10 } }, 'bad-utf8': { started: 10, asExpected: 2, statuses: { '400': 2, '500': 8 } } } }) }] },
    severity: 'bad', stage: null, evidence: { mishandled: 8, sent: 20, kinds: 'bad-utf8', serverErrors: 8, timedOut: 0, cutOff: 0 },
  },
  'errors-by-kind': { shape: { stages: [{ users: 4 }, { users: 4, latenciesUs: Array.from({ length: 1000 }, () => 20_000), errors: { 'http-503': 30, 'timeout': 10 } }] }, severity: 'bad', stage: 1, evidence: { users: 4, kind: 'http-503', count: 30, failed: 40, started: 1000, share: 0.04 } },
  'answers-move': { shape: { stages: [{ users: 4, change: answers(0, 7) }] }, severity: 'warn', stage: 0, evidence: { users: 4, moved: 7, checked: 200, maxDelta: 0.2, tolerance: 1e-6 } },
  'labels-disagree': {
    shape: { users: [4], change: probe(({ golden = [] }) => ({ golden: golden.map((one, i) => (i % 10 === 0 ? { ...one, score: 0.3 } : one)) })) },
    severity: 'warn', stage: null, evidence: { count: 20, n: 200, threshold: 0.5 },
  },
  'family-worse': {
    shape: { users: [4], change: probe(({ golden = [], families = {} }) => ({ families: { ...families, phase: 'neighbour' }, golden: golden.map((one, i) => (i % 10 === 1 ? { ...one, operators: ['phase'], score: 0.9, label: 'exact' } : one)) })) },
    severity: 'warn', stage: null, evidence: { family: 'neighbour', right: 0, n: 20, share: 0, restShare: 1 },
  },
  'field-not-named': {
    shape: { users: [4], change: () => ({ abnormal: { kinds: 2, diedAfter: null, stopped: null, answers: [refusal('empty-left', true), refusal('null', false)] } }) },
    severity: 'warn', stage: null, evidence: { unnamed: 1, refused: 2, kinds: 'null' },
  },
  'probes-failed': {
    shape: { users: [4], change: probe(({ probes = [] }) => ({ probes: probes.map((one) => (one.group === 'rename' ? { ...one, label: 'not' } : one)) })) },
    severity: 'info', stage: null, evidence: { failed: 1, n: 2, group: 'rename', groupFailed: 1, groupN: 1 },
  },
  'past-the-knee': { shape: { stages: curve([1, 20], [4, 20], [16, 100], [8, 42]) }, severity: 'warn', stage: 2, evidence: {} },
  'serial-server': { shape: { stages: curve([1, 20], [4, 80], [8, 160]) }, severity: 'warn', stage: 2, evidence: {} },
  'saturated': { shape: { stages: curve([1, 20], [4, 20], [8, 40], [16, 80]) }, severity: 'warn', stage: 3, evidence: {} },
  'unstable': { shape: { stages: [openStage({ rateRps: 50 }), openStage({ rateRps: 200, endedRps: 150, latencyMs: 900 })] }, severity: 'bad', stage: 1, evidence: { rateRps: 200, endedRps: 150, growthRps: 50, openAtStart: 180, openAtEnd: 780 } },
  'not-recovered': { shape: { stages: [spikeStage({ quantileMs: (afterS) => (afterS >= 0 ? 900 : 30) })] }, severity: 'bad', stage: 0, evidence: { peakRps: 100, watchedS: 20, percentile: 'p95', limitMs: 800, baseRps: 20 } },
  'recovered': { shape: { stages: [spikeStage({ quantileMs: (afterS) => (afterS >= 0 && afterS < 6 ? 900 : 30) })] }, severity: 'good', stage: 0, evidence: { peakRps: 100, timeS: 6, percentile: 'p95', limitMs: 800 } },
  'leak': { shape: { stages: [soakStage({ durationS: 7200 })], change: risingThroughout(40) }, severity: 'warn', stage: 0, evidence: { rateRps: 1, what: 'memory' } },
  'latency-drifts': { shape: { stages: [soakStage({ durationS: 7200, p50Ms: (t) => 20 + t / 1000 })], change: risingThroughout(0) }, severity: 'warn', stage: 0, evidence: { rateRps: 1, percentile: 'p50' } },
  'no-drift': { shape: { stages: [soakStage({ durationS: 7200 })], change: risingThroughout(0) }, severity: 'good', stage: 0, evidence: { rateRps: 1, windowS: 7200, quantities: 3 } },
  'queueing': { shape: { stages: [{ users: 4 }, { users: 8, phases: { queue: 0.6, infer: 0.3 } }] }, severity: 'warn', stage: 1, evidence: {} },
  'padding-tax': { shape: { stages: [{ users: 4 }, { users: 8 }], change: counting(['batches', 1], ['batchedEntries', 6], ['tokens', 60], ['paddedTokens', 100]) }, severity: 'warn', stage: 0, evidence: { users: 4 } },
  'vram-near-limit': { shape: { users: [4], gpus: [gpu, { ...gpu, uuid: 'GPU-b', totalMiB: 16_384, peakMiB: 15_900, loadedMiB: 15_900 }] }, severity: 'warn', stage: null, evidence: { gpu: 'GPU-b', peakMiB: 15_900, totalMiB: 16_384 } },
  'cold-start': { shape: { users: [4], change: ({ server }) => ({ server: server && { ...server, readyAfterS: 45 } }) }, severity: 'info', stage: null, evidence: { readyS: 45 } },
  'generator-limit': { shape: { stages: [{ users: 4 }, { users: 8, engineCores: 3.8 }] }, severity: 'warn', stage: 1, evidence: {} },
  'figure-not-finite': { shape: jobShape({ lines: [[1, { loss: 2, auc: 0.5 }], [2, { loss: null, auc: null }], [3, { loss: null, auc: 0.6 }]] }), severity: 'bad', stage: 0, evidence: { name: 'loss', count: 2, n: 3 } },
  'lines-malformed': { shape: jobShape({ job: { lines: { total: 40, json: 4, malformed: 6, tooLong: 1 } } }), severity: 'warn', stage: 0, evidence: { count: 6, json: 4, tooLong: 1 } },
  'job-silent': { shape: jobShape({ lines: [] }), severity: 'info', stage: 0, evidence: { lines: 3 } },
  'censored': { shape: { stages: [{ users: 4, latenciesUs: Array.from({ length: 1000 }, () => 20_000), censored: 8 }] }, severity: 'warn', stage: 0, evidence: { users: 4, censored: 8, started: 1000 } },
  'warm-up-too-short': {
    shape: { stages: [{ users: 4 }, { users: 8, durationS: 60, change: unlikeBefore(15, 0.5) }] },
    severity: 'warn', stage: 1, evidence: { users: 8, cutS: 15, of: 'throughput', warmupS: 1, neededS: 16 },
  },
  'too-few-samples': {
    shape: { stages: [{ users: 4, latenciesUs: Array.from({ length: 300 }, () => 20_000) }], gates: [percentileGate('latency', 99, '<', 800)] },
    severity: 'warn', stage: 0, evidence: { users: 4, n: 300, needed: 368, percentile: 'p99' },
  },
  'stalls': { shape: { stages: [{ users: 4, change: silentSeconds }] }, severity: 'warn', stage: 0, evidence: { users: 4, seconds: 3, longestS: 2 } },
  'users-hide-waits': {
    shape: { stages: [{ users: 20, latenciesUs: Array.from({ length: 2000 }, () => 20_000), change: () => ({ visitors: { everyMs: 1, latency: saveHistogram(histogramOf(Array.from({ length: 1000 }, (_, i) => (i < 900 ? 20_000 : 10_000 * (i - 898))))) } }) }] },
    severity: 'warn', stage: 0, evidence: { users: 20, percentile: 'p99', usersMs: 20, visitorsMs: 910, ratio: 45.5 },
  },
  'long-tail': {
    shape: { stages: [{ users: 4, latenciesUs: Array.from({ length: 2000 }, (_, i) => (i % 20 === 0 ? 400_000 : 20_000)) }] },
    severity: 'warn', stage: 0, evidence: { users: 4, p50Ms: 20, p99Ms: 400, ratio: 20 },
  },
  'cache-carries': { shape: { stages: [{ users: 4, change: () => ({ cache: { hit: 600, partial: 100, miss: 300 } }) }] }, severity: 'warn', stage: 0, evidence: { users: 4, share: 0.6, hit: 600, total: 1000 } },
  'vram-rising': { shape: { users: [4], gpus: [gpu], change: rising('gpu:GPU-a', 'memoryUsedMiB', 30) }, severity: 'warn', stage: 0, evidence: {} },
  'memory-rising': { shape: { users: [4], change: rising('server', 'rssMiB', 20) }, severity: 'warn', stage: 0, evidence: {} },
  'busy-machine': { shape: { users: [4], change: ({ environment }) => ({ environment: { ...environment, loadBefore: 3 } }) }, severity: 'warn', stage: null, evidence: { load: 3, cores: 4 } },
  'server-throttled': { shape: { users: [4], change: (record) => ({ ...counting(['throttledS', 0.25])!(record), server: record.server && { ...record.server, container } }) }, severity: 'warn', stage: 0, evidence: { users: 4, share: 0.25, cores: 0.5 } },
  'server-cpu-bound': { shape: { stages: [{ users: 4 }, { users: 8, serverCores: 3.7, engineCores: 0.2 }] }, severity: 'info', stage: 1, evidence: {} },
  'compute-bound': { shape: { stages: [{ users: 4, phases: { queue: 0.1, infer: 0.8 } }] }, severity: 'info', stage: 0, evidence: {} },
  'tokenising': { shape: { stages: [{ users: 4, phases: { tokenize: 0.3, infer: 0.3, queue: 0.1, post: 0.2 } }] }, severity: 'info', stage: 0, evidence: {} },
  'scores-meaningless': { shape: { users: [4], change: ({ server }) => ({ server: server && { ...server, scoresMeaningful: false } }) }, severity: 'info', stage: null, evidence: { model: 'mgeo-shape' } },
  'no-gpu': { shape: { users: [4] }, severity: 'info', stage: null, evidence: { code: 'not-found', why: 'nvidia-smi was not found' } },
  'capacity': { shape: searched({ lowMs: 60, highMs: 120 }), severity: 'good', stage: null, evidence: { lowRps: 100, highRps: 104, confirmed: 1, sent: 3648, probes: 3 } },
  'capacity-cliff': { shape: searched({ lowMs: 20, highMs: 900 }), severity: 'warn', stage: null, evidence: { lowRps: 100, highRps: 104, limitMs: 100, gate: 'latency p(95)<100ms' } },
  'capacity-machine': {
    shape: searchRecord([{ rateRps: 100, state: 'pass', purpose: 'bracket' }, { rateRps: 200, state: 'undecided', purpose: 'bracket' }, { rateRps: 200, state: 'undecided', purpose: 'bracket' }, { rateRps: 100, state: 'pass', purpose: 'confirm' }], { kind: 'machine', lowRps: 100, highRps: null, confirmed: 1, neededS: null }, {
      change: ({ search }) => ({ search: { ...search!, probes: search!.probes.map((probe) => (probe.state === 'undecided' ? { ...probe, reason: { code: 'invalid' as const, params: { why: 'lag' } } } : probe)) } }),
    }),
    severity: 'warn', stage: null, evidence: { lowRps: 100, rateRps: 200, code: 'lag', probes: 2 },
  },
  'scales': { shape: { users: [1, 4, 16] }, severity: 'good', stage: 2, evidence: {} },
  'keeps-up': { shape: { stages: [openStage({ rateRps: 50 }), openStage({ rateRps: 200 })] }, severity: 'good', stage: 1, evidence: { rateRps: 200, endedRps: 200 } },
  'answers-hold': { shape: { users: [4] }, severity: 'good', stage: null, evidence: { checked: 100, oracles: 4 } },
};

for (const [id, { shape, severity, stage, evidence }] of Object.entries(planted)) {
  test(`planted: ${id}`, () => {
    const all = insights(shape);
    const found = all.find((one) => one.id === id);
    assert.ok(found, JSON.stringify(all));
    assert.deepEqual([found.severity, found.stage], [severity, stage]);
    const names: readonly string[] = insightEvidence[id as InsightId];
    // The load goes by what it is counted in.
    const spoken = Object.keys(found.evidence).map((name) => (name === 'rateRps' && !names.includes(name) ? 'users' : name));
    assert.deepEqual(spoken.sort(), [...names].sort());
    for (const [name, value] of Object.entries(evidence)) assert.deepEqual(found.evidence[name], value, name);
  });
}

test('an open load is spoken of in rates, bursts in requests at once; neither in users', () => {
  const slow = insights({ stages: [openStage({ rateRps: 50, errors: { 'http-503': 30 } })] });
  assert.deepEqual(slow.find(({ id }) => id === 'errors-by-kind')?.evidence['rateRps'], 50);
  assert.ok(slow.every(({ evidence }) => !('users' in evidence)), JSON.stringify(slow));
  // Half as much a second as before, and silence between two bursts: neither is a knee, a plateau or a stall.
  assert.deepEqual(insights({ stages: [burstStage({ requests: 500 }), burstStage({ requests: 500, everyS: 6 })], gpus: [gpu] }).map(({ id }) => id), ['answers-hold']);
  assert.deepEqual(insights({ stages: [openStage({ rateRps: 50 }), openStage({ rateRps: 200 })], gpus: [gpu] }).map(({ id }) => id), ['keeps-up', 'answers-hold']);
  // What was never sent is the server's backlog, no lost end.
  const full = insights({ stages: [openStage({ rateRps: 200, endedRps: 100, waited: 900, unsent: 300 })], gpus: [gpu] }).map(({ id }) => id);
  assert.deepEqual(full, ['unstable', 'answers-hold']);
});

test('a clean run has nothing to warn of, only what is good', () => {
  assert.deepEqual(insights({ users: [1, 4, 16], gpus: [gpu] }).map(({ id, severity }) => [id, severity]), [['scales', 'good'], ['answers-hold', 'good']]);
  const thinking = [10, 50, 100].map((users): StageShape => ({ users, thinkMs: [100, 500], latencyMs: 40, durationS: 20, phases: { tokenize: 0.05, queue: 0.3, infer: 0.4, post: 0.2 } }));
  assert.deepEqual(insights({ stages: thinking, gpus: [gpu] }).map(({ id }) => id), ['scales', 'answers-hold']);
});

test('each planted fault is found beside its own kind only', () => {
  const consequences: Partial<Record<InsightId, InsightId[]>> = {
    // a stage without answers has errors of a kind, too few data
    'no-answers': ['errors-by-kind'],
    'censored': [],
    'past-the-knee': [],
  };
  for (const [id, { shape }] of Object.entries(planted)) {
    const unwelcome = insights(shape).filter(({ severity }) => severity === 'bad' || severity === 'warn').map((one) => one.id);
    const expected = [id, ...(consequences[id as InsightId] ?? [])].filter((one) => !['info', 'good'].includes(planted[one as InsightId].severity));
    assert.deepEqual(unwelcome.sort(), expected.sort(), id);
  }
});

test('numbers of the curve stand in the finding', () => {
  const [serial] = insights(planted['serial-server'].shape);
  assert.equal(serial!.evidence['fromUsers'], 1);
  assert.equal(serial!.evidence['toUsers'], 8);
  assert.ok(Math.abs(Number(serial!.evidence['toRps']) - 50) < 3 && Math.abs(Number(serial!.evidence['toP50Ms']) - 160) < 8, JSON.stringify(serial));
  const [knee] = insights(planted['past-the-knee'].shape);
  assert.deepEqual([knee!.evidence['peakUsers'], knee!.evidence['users']], [4, 16]);
  assert.ok(Math.abs(Number(knee!.evidence['loss']) - 0.2) < 0.02, JSON.stringify(knee));
  const [generator] = insights(planted['generator-limit'].shape);
  assert.deepEqual([generator!.evidence['code'], generator!.evidence['limit']], ['generator-cpu', 0.9]);
});

test('a warm-up is too short in any stage that is long enough to tell; where nothing settles, that is a matter of validity', () => {
  const all = (shape: Omit<StageShape, 'users'>): string[] => insights({ stages: [{ users: 4, ...shape }], gpus: [gpu] }).map(({ id }) => id);
  assert.deepEqual(all({ durationS: 60 }), ['answers-hold']);
  assert.deepEqual(all({ durationS: 40, change: unlikeBefore(15, 0.5) }), ['answers-hold'], 'too short to tell');
  assert.deepEqual(all({ durationS: 60, change: unlikeBefore(30, 0.5) }), ['answers-hold']);
  const [longest] = insights({ stages: [{ users: 4, durationS: 60, change: unlikeBefore(10, 0.5) }, { users: 8, durationS: 60, change: unlikeBefore(20, 0.8) }], gpus: [gpu] });
  assert.deepEqual([longest!.evidence['users'], longest!.evidence['cutS']], [8, 20]);
});

test('late timers alone do not make the generator the limit', () => {
  const late = (lagP99Ms: number): boolean => insights({ stages: [{ users: 4, change: ({ generator }) => ({ generator: { ...generator, lagP99Ms } }) }] }).some(({ id }) => id === 'generator-limit');
  assert.deepEqual([late(2), late(8)], [false, false]);
});

test('labels and scores disagree beyond chance, or nothing is said of it', () => {
  const first = (count: number): RecordShape => ({ users: [4], change: probe(({ golden = [] }) => ({ golden: golden.map((one, i) => (i % 10 === 0 && i / 10 < count ? { ...one, score: 0.3 } : one)) })) });
  const told = (count: number): boolean => insights(first(count)).some(({ id }) => id === 'labels-disagree');
  // Of 200: 12 are 6 % [3.5, 10.2], 19 are 9.5 % [6.2, 14.4].
  assert.deepEqual([12, 19].map(told), [false, true]);
});

test('a quota that holds the server back now and then is not told, whoever set it', () => {
  const told = (perSecond: number): Record<string, string | number>[] => insights({ users: [4], change: counting(['throttledS', perSecond]) }).filter(({ id }) => id === 'server-throttled').map(({ evidence }) => evidence);
  assert.deepEqual(told(0.04), []);
  // A service of its own command has no limit that is known.
  assert.deepEqual(told(0.06).map(({ cores }) => cores), [0]);
});

test('a pool that grows once is no leak', () => {
  const jump: RecordShape['change'] = ({ series, stages }) => ({
    series: series.map((one) => (one.metric === 'memoryUsedMiB' ? { ...one, v: one.v.map((v, i) => (one.t[i]! > stages[0]!.windowFromMs + 4500 ? v! + 900 : v)) } : one)),
  });
  assert.equal(insights({ users: [4], gpus: [gpu], change: jump }).some(({ id }) => id === 'vram-rising'), false);
});

test('a little padding, a quick start and a card with room are nothing to tell', () => {
  const slight = insights({ users: [4], gpus: [gpu], change: (record) => ({ ...counting(['tokens', 90], ['paddedTokens', 100])!(record), server: record.server && { ...record.server, readyAfterS: 19 } }) });
  assert.deepEqual(slight.map(({ id }) => id), ['answers-hold']);
  const [tax] = insights(planted['padding-tax'].shape);
  assert.ok(Math.abs(Number(tax!.evidence['share']) - 0.4) < 1e-9 && Math.abs(Number(tax!.evidence['batchTexts']) - 6) < 1e-9, JSON.stringify(tax));
});

test('at most seven, the worst first, always in the same order', () => {
  const shape: RecordShape = {
    stages: [
      { users: 1, change: answers(3, 3), errors: { 'http-500': 1 } },
      { users: 4, latencyMs: 80, censored: 2, engineCores: 3.8, phases: { queue: 0.8, infer: 0.1 } },
      { users: 8, latencyMs: 160, change: (stage) => ({ ...silentSeconds(stage), cache: { hit: 9, partial: 0, miss: 1 } }) },
    ],
    change: (record) => ({ ...probe(() => ({ wrong: { html: 2 } }))!(record), environment: { ...record.environment, loadBefore: 4 } }),
  };
  const found = insights(shape);
  assert.equal(found.length, 7);
  const order = { bad: 0, warn: 1, info: 2, good: 3 };
  assert.deepEqual(found.map(({ severity }) => order[severity]), found.map(({ severity }) => order[severity]).sort());
  assert.deepEqual(found.slice(0, 2).map(({ id }) => id), ['wrong-answers', 'flips-under-load']);
  assert.deepEqual(insights(shape), found);
});
