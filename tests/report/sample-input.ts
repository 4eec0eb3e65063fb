/**
 * A small run with known numbers, made without the analysis (but for the answers, which sample-answers.ts plants) and the gate: what the report
 * shows can be read off this file.
 *
 * A closed ramp against a serial server: throughput rises to a peak and falls past it; the last stage is invalid.
 */
import { scaleOf } from '../../harness/analysis/scale/index.js';
import { analyseAnswers } from '../../harness/analysis/answer-quality/index.js';
import { histogramOf } from '../../harness/model/histogram.js';
import { saveHistogram } from '../../harness/model/histogram.js';
import { createRandom } from '../../harness/model/random.js';
import type { Analysis, Estimate, Finding, StageAnalysis } from '../../harness/model/analysis.js';
import type { RunRecord, StageResult } from '../../harness/model/record.js';
import type { CalibrationRung } from '../../harness/model/calibration.js';
import type { Series } from '../../harness/model/series.js';
import type { Verdict } from '../../harness/model/verdict.js';
import type { ReportInput } from '../../harness/report/index.js';
import { sampleAbnormal, sampleFamilies, sampleGolden, sampleProbes } from './sample-answers.js';
import { workersOf } from '../../harness/model/stage.js';

export interface SampleOptions {
  users?: number[];
  durationS?: number;
  /** Requests a second and user before the peak. */
  ratePerUser?: number;
  gpus?: number;
  /** Put into every free text of the record. */
  hostile?: string;
}

const edgesMs = Array.from({ length: 41 }, (_, i) => Math.round(10 ** (i / 10) * 100) / 100);

function found(value: number, low: number | null, high: number | null, n: number, method = 'order-statistics'): Finding<Estimate> {
  return { kind: 'found', value: { value, low, high, confidence: 0.95, method, n } };
}

/** Numbers of stage i: throughput peaks at the third stage, latency follows Little's law. */
export function sampleRps(users: number, ratePerUser: number): number {
  return Math.round(((ratePerUser * users) / (1 + 0.02 * (users - 1) + 0.0006 * users * (users - 1))) * 10) / 10;
}

function stageResult(index: number, users: number, options: Required<SampleOptions>, fromMs: number): StageResult {
  const random = createRandom(100 + index);
  const rps = sampleRps(users, options.ratePerUser);
  const meanMs = (users / rps) * 1000;
  const n = Math.round(rps * options.durationS);
  const failed = index === 0 ? 0 : Math.round(n * 0.004);
  const latencies = Array.from({ length: n }, () => meanMs * 1000 * (0.6 + 0.8 * random.next() + (random.chance(0.01) ? 3 : 0)));
  const seconds = Array.from({ length: Math.ceil(options.durationS) }, (_, t) => t);
  const wobble = seconds.map(() => 0.9 + 0.2 * random.next());
  const column = (base: number): number[] => wobble.map((w) => Math.round(base * w * 10) / 10);
  const counts = seconds.map((_, t) => {
    const row = edgesMs.slice(1).map(() => 0);
    for (let i = t; i < n; i += seconds.length) {
      const value = (latencies[i] ?? 0) / 1000;
      const at = Math.min(row.length - 1, Math.max(0, Math.floor(Math.log10(value) * 10)));
      row[at] = (row[at] ?? 0) + 1;
    }
    return row;
  });
  const word = options.hostile;
  const kind = word === '' ? 'http-503' : word;
  return {
    stage: { index, name: `${String(users)} ${users === 1 ? 'user' : 'users'}${word}`, role: 'measure', arm: '', repeat: 0, warmupS: 2, durationS: options.durationS, minRequests: null, arrival: { kind: 'closed', users, thinkMs: [0, 0] } },
    engine: 'k6',
    status: 'completed',
    why: null,
    spawnedAtMs: fromMs - 2500,
    windowFromMs: fromMs,
    windowToMs: fromMs + options.durationS * 1000,
    endedAtMs: fromMs + options.durationS * 1000 + 200,
    requests: { started: n + failed, completed: n, failed, timedOut: Math.floor(failed / 4), censored: 0, warmup: Math.round(rps * 2) },
    latency: saveHistogram(histogramOf(latencies)),
    errors: failed === 0 ? {} : { [kind]: failed - Math.floor(failed / 4), timeout: Math.floor(failed / 4) },
    statuses: { '200': n, '503': failed - Math.floor(failed / 4) },
    byClass: {
      high: { started: Math.ceil(n / 2), completed: Math.ceil(n / 2), failed: 0, rejected: 0, checked: 40, flips: 0, p50Ms: meanMs, p95Ms: meanMs * 1.35 },
      [`low${word}`]: { started: n + failed - Math.ceil(n / 2), completed: Math.floor(n / 2), failed, rejected: 0, checked: 40, flips: index, p50Ms: meanMs, p95Ms: null },
    },
    byAbnormalKind: index === 0 ? { [`missing-field${word}`]: { started: 10, asExpected: 9, statuses: { '422': 9, '500': 1 }, timedOut: 0 } } : {},
    answers: { checked: 80, flips: index, moved: index, maxDelta: index === 0 ? 2.4e-7 : 0.013 },
    serverTiming: { queue: saveHistogram(histogramOf([1000, 2000])) },
    batch: { n, mean: 3.4, max: 16 },
    cache: { hit: 10, partial: 5, miss: n - 15 },
    sent: { requests: n, tokens: [[9, n], [18, n - 10], [31, 10]], times: [[1, n - 30], [2, 15]] },
    timeline: { t: seconds, started: column(rps), completed: column(rps), failed: seconds.map((t) => (t % 3 === 1 ? Math.round(failed / 3) : 0)), p50Ms: column(meanMs), p95Ms: column(meanMs * 1.38).map((v, i) => (i === 2 ? null : v)), p99Ms: column(meanMs * 2.4), inFlight: column(users) },
    heatmap: { binS: 1, edgesMs, counts },
    inFlightMean: users * 0.998,
    thinkMeanMs: null,
    generator: { rows: n + failed, counted: n + failed, dropped: 0, lagP50Ms: 0.2, lagP99Ms: 1.9, eventLoopUse: null, runQueueWait: 0.04, clockStepMs: 0.3, messages: word === '' ? [] : [word], exitCode: 0 },
    counts: { server: n + failed + Math.round(rps * 2), engine: n + failed + Math.round(rps * 2) },
  };
}

function stageAnalysis(result: StageResult, last: boolean): StageAnalysis {
  const users = workersOf(result.stage.arrival);
  const n = result.requests.completed;
  const mean = result.latency.n === 0 ? null : result.latency.sumUs / n / 1000;
  const base = mean ?? 0;
  const tooFew = (needed: number): Finding<Estimate> => ({ kind: 'absent', why: 'too-few', needed });
  return {
    index: result.stage.index,
    name: result.stage.name,
    level: { of: 'users', value: users },
    offered: null,
    achievedRps: Math.round((n / result.stage.durationS) * 10) / 10,
    latencyMs: {
      n, mean, max: base * 4.4, min: base * 0.6,
      p50: found(base * 0.98, base * 0.97, base, n), p90: found(base * 1.3, base * 1.28, base * 1.32, n), p95: found(base * 1.36, base * 1.33, base * 1.38, n),
      p99: n >= 368 ? found(base * 2.2, base * 2, base * 2.9, n) : tooFew(368), p999: n >= 3688 ? found(base * 4.2, base * 4, base * 4.4, n) : tooFew(3688),
    },
    visitors: users < 10 ? { kind: 'absent', why: 'too-few-users', needed: 10 } : { kind: 'found', value: { n: 6000, everyMs: 1, p50Ms: base, p95Ms: base * 1.5, p99Ms: base * 3.1, maxMs: base * 4.4 } },
    errorRate: found(result.requests.failed / result.requests.started, 0.001, 0.009, result.requests.started, 'wilson'),
    serverTimingMs: { queue: { p50: base * 0.4, p95: base * 0.7, mean: base * 0.45 }, infer: { p50: base * 0.5, p95: base * 0.6, mean: base * 0.52 } },
    outsideServerMs: { p50: 0.8, p95: 1.6 },
    cpu: { server: 1.62, engine: 0.21, harness: null },
    engineWait: 0.04,
    rssPeakMiB: { server: 412, engine: 96, harness: 88 },
    gpus: [],
    little: { inFlight: 1.001, users: last ? 0.91 : 0.998 },
    steady: users === 1 ? { kind: 'found', value: { start: null, seconds: 60, independent: 37.6, drift: null } } : { kind: 'absent', why: 'too-short', needed: 50 },
    answers: result.answers,
    recovery: null,
    drift: [],
    validity: last
      ? { status: 'invalid', reasons: [{ code: 'little-users', level: 'invalid', value: 0.91, limit: 0.05, params: { ratio: 0.91, perRequestMs: 12.4, users } }] }
      : { status: 'valid', reasons: [] },
  };
}

function machineSeries(totalS: number): Series[] {
  const t = Array.from({ length: Math.ceil(totalS * 2) }, (_, i) => i * 500);
  return [
    { source: 'server', metric: 'cpuS', unit: 's', t, v: t.map((at, i) => (i === 9 ? null : at * 0.0016)) },
    { source: 'engine', metric: 'cpuS', unit: 's', t, v: t.map((at) => at * 0.0002) },
    { source: 'server', metric: 'rssMiB', unit: 'MiB', t, v: t.map((at) => 300 + Math.min(112, at / 100)) },
    { source: 'engine', metric: 'rssMiB', unit: 'MiB', t, v: t.map(() => 96) },
    { source: 'server', metric: 'queueLength', unit: '', t, v: t.map((at, i) => (i === 11 ? null : at < 12_000 ? 0 : (at / 500) % 7)) },
    { source: 'server', metric: 'batches', unit: '', t, v: t.map((at) => Math.floor(at / 100)) },
    { source: 'server', metric: 'batchedEntries', unit: '', t, v: t.map((at) => Math.floor(at / 100) * (at < 19_000 ? 2 : 3)) },
  ];
}

/** The whole input of a report. */
export function sampleInput(given: SampleOptions = {}): ReportInput {
  const options: Required<SampleOptions> = { users: [1, 8, 32, 64], durationS: 6, ratePerUser: 20, gpus: 0, hostile: '', ...given };
  const word = options.hostile;
  const stages = options.users.map((users, i) => stageResult(i, users, options, 6000 + i * (options.durationS + 3.5) * 1000));
  const totalS = 6 + options.users.length * (options.durationS + 3.5);
  const gpus = Array.from({ length: options.gpus }, (_, i) => ({ uuid: `GPU-0000000${String(i)}`, index: i, name: `Example GPU 80GB${word}`, memoryMiB: 81920, driver: `570.10${word}`, scope: 'device' as const }));
  const gpuT = Array.from({ length: Math.ceil(totalS * 2) }, (_, i) => i * 500);
  const record: RunRecord = {
    schema: 'mgeo-bench/run/1',
    id: `20260102T030405Z-ramp-ab12${word}`,
    startedAt: '2026-01-02T03:04:05.000Z',
    durationS: totalS,
    outcome: 'completed',
    failure: null,
    plan: {
      schema: 'mgeo-bench/plan/1',
      name: `ramp${word}`,
      question: { en: `How many users can it carry?${word}`, 'zh-CN': `它能承受多少用户？${word}` },
      seed: 7,
      server: { kind: 'reference', model: 'mgeo-shape-mini', batching: 'token-budget', bucket: true, cacheEntries: null, workers: null, port: 0, args: word === '' ? [] : [word], readyTimeoutS: 60 },
      request: { format: 'similarity', method: 'POST', path: '/similarity', headers: {}, body: '{"a": {{a}}, "b": {{b}}}', keys: { left: 'a', right: 'b' }, scorePath: ['similarity'], scoreRange: [-1, 1], threshold: 0.8 },
      dataset: { seed: 7, mix: { high: 200, low: 200, boundary: 0, noisy: 0, abnormal: 0 } },
      load: { engine: 'auto', timeoutS: 30, stages: stages.map(({ stage }) => stage), onEngineFailure: 'continue' },
      telemetry: { gpu: 'auto', intervalMs: 200 },
      answers: { golden: 120, tolerance: 0.000001 },
      gates: [
        { id: 'latency p(95)<800ms', expression: 'p(95)<800ms', metric: 'latency', selector: {}, aggregation: { kind: 'percentile', p: 95 }, operator: '<', limit: 800, unit: 'ms', level: 'error' },
        { id: 'errors rate<0.1%', expression: 'rate<0.1%', metric: 'errors', selector: {}, aggregation: { kind: 'named', name: 'rate' }, operator: '<', limit: 0.001, unit: '', level: 'error' },
      ],
      policy: { confidence: 0.95, inconclusive: 'warn', strict: false },
      record: { requests: false },
      hash: '3f2a9c1be07d4456aa01',
    },
    environment: { harness: { version: '0.1.0', commit: 'abc1234' }, node: '20.19.0', os: `Debian 12${word}`, kernel: '6.1.0', cpu: `Example CPU 2.4 GHz${word}`, cores: 2, memoryMiB: 7900, loadBefore: 0.12 },
    engine: { name: 'k6', version: '2.2.0', why: 'cache' },
    calibration: sampleCalibration(word),
    dataset: { seed: 7, count: 400, byClass: { high: 200, low: 200 }, bodiesSha256: 'ee00112233', characters: { mean: 22.4, p50: 22, p90: 31, max: 54 }, bodyBytes: { mean: 160, max: 340, total: 64000 }, repeatShare: 0.02, operators: { synonym: 200 }, certifiedLowShare: 1 },
    server: { kind: 'reference', url: `http://127.0.0.1:40123/${word}`, pid: 4242, readyAfterS: 1.8, model: `mgeo-shape-mini${word}`, modelSha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', scoresMeaningful: true, health: { status: `ok${word}`, batching: 'token-budget' } },
    probe: {
      status: 'done', asked: 120, answered: 120, wrong: word === '' ? {} : { [word]: 1 }, latency: saveHistogram(histogramOf([20000, 21000])), medians: { high: 0.9, low: 0.2, boundary: 0.68, noisy: 0.88 }, auc: 0.99, meaningful: true, golden: sampleGolden(120, word), families: Object.fromEntries(Object.entries(sampleFamilies).map(([operator, family]) => [`${operator}${word}`, `${family}${word}`])), probes: sampleProbes(word),
      oracles: [
        { id: 'equal-pair', status: 'pass', value: 0, limit: 0.000001, n: 20, why: null },
        { id: 'symmetry', status: 'pass', value: 1.2e-7, limit: 0.000001, n: 50, why: null },
        { id: 'auc', status: 'pass', value: 0.99, limit: 0.8, n: 60, why: null },
        { id: 'class-medians', status: 'skipped', value: 0.2, limit: 0, n: 90, why: 'not known to hold for this model' },
      ],
    },
    abnormal: sampleAbnormal(word),
    stages,
    gpu: options.gpus === 0
      ? { status: 'absent', code: 'not-found', why: `nvidia-smi is not on the PATH${word}` }
      : { status: 'present', source: 'nvidia-smi', intervalMs: 200, gpus, samples: gpuT.length, restarts: 0, largestGapMs: 410, gaps: [], otherProcesses: [] },
    series: [...machineSeries(totalS), ...gpus.map((gpu, g) => ({ source: `gpu:${gpu.uuid}`, metric: 'memoryUsedMiB', unit: 'MiB', t: gpuT, v: gpuT.map((at) => (at < 3000 ? 500 : 4200 + g * 300 + Math.min(900, at / 40))) }))],
    events: [{ tMs: 3000, kind: 'server-ready', text: `ready${word}` }],
    warnings: word === '' ? [] : [{ code: 'warned', text: word }],
  };
  return { record, analysis: analysisOf(record, gpus, word), verdict: sampleVerdict(record, word) };
}

/** Four rungs, the last of them too much; kept from an hour and a half before the run. */
export function sampleCalibration(word = ''): NonNullable<RunRecord['calibration']> {
  const rung = (rateRps: number, due: number, p99: number, ended = due): CalibrationRung => ({ rateRps, due, ended, lagMs: { p50: 0.4, p99 }, clientMs: { p50: 10.31, p95: 11.5 }, sentMs: { p50: 10.2, p95: 11.1 }, serverMs: { p50: 10, p95: 10.88 } });
  return {
    status: 'done', from: 'cache', ageS: 5400,
    figures: { engine: { name: 'k6', version: `v2.2.0${word}` }, measuredAt: '2026-01-02T01:34:05.000Z', tookS: 2.9, server: { ms: 10, varyMs: 1 }, burst: { requests: 100, lagP99Ms: 12.5 }, rungs: [rung(200, 104, 1.6), rung(1000, 251, 1.9), rung(2000, 499, 4.2), rung(4000, 1003, 61, 880), rung(6000, 1490, 140, 300)], closed: null },
  };
}

function analysisOf(record: RunRecord, gpus: readonly { uuid: string; index: number; name: string }[], word: string): Analysis {
  const stages = record.stages.map((result, i) => stageAnalysis(result, i === record.stages.length - 1));
  return {
    stages,
    calibration: { bearsRps: 2000, soundRps: 1000, atLeast: false, error: { rateRps: 200, p50: 0.31, p95: 0.62 } },
    gpus: gpus.length === 0
      ? { kind: 'absent', why: record.gpu?.status === 'absent' ? record.gpu.why : 'not-found' }
      : { kind: 'found', value: gpus.map(({ uuid, index, name }) => ({ uuid, index, name, totalMiB: 81920, baselineMiB: 500, loadedMiB: 4200 + 300 * index, peakMiB: 5100 + 300 * index, deltaMiB: 4600 + 300 * index, scope: 'device', samples: 80 })) },
    serverRssPeakMiB: 412,
    peak: { kind: 'found', value: { stage: 1, passed: true } },
    capacity: { kind: 'absent', why: 'closed-load' },
    scale: scaleOf(stages.map((stage, i) => ({ stage: i, inFlight: record.stages[i]?.inFlightMean ?? 1, rps: stage.achievedRps })), 0.95),
    insights: [
      { id: 'errors-by-kind', severity: 'warn', stage: 1, evidence: { users: 8, kind: word === '' ? 'http-503' : word, count: 3, failed: 4, started: 846, share: 0.0047 } },
      { id: 'past-the-knee', severity: 'warn', stage: 3, evidence: { peakUsers: 8, peakRps: 136, users: 64, rps: 110, loss: 0.19 } },
      { id: 'unheard-of', severity: 'info', stage: 1, evidence: { note: `seven${word}`, value: 7 } },
      ...(gpus.length === 0 ? [{ id: 'no-gpu', severity: 'info' as const, stage: null, evidence: { code: 'not-found', why: 'nvidia-smi is not on the PATH' } }] : []),
    ],
    answers: analyseAnswers(record),
    measured: [],
  };
}

function sampleVerdict(record: RunRecord, word: string): Verdict {
  const name = (index: number): string => record.stages[index]?.stage.name ?? String(index);
  const failing = `errors rate<0.1% @ ${name(1)}`;
  return {
    status: 'fail',
    exitCode: 1,
    checks: [
      { id: `latency p(95)<800ms @ ${name(0)}`, expression: 'p(95)<800ms', metric: 'latency', stage: 0, actual: 60.2, low: 58, high: 63, limit: 800, unit: 'ms', level: 'error', status: 'pass', reason: { code: 'within', params: { stage: name(0), n: 114, confidence: 0.95 } } },
      { id: failing, expression: 'rate<0.1%', metric: 'errors', stage: 1, actual: 0.004, low: 0.0021, high: 0.0072, limit: 0.001, unit: '', level: 'error', status: 'fail', reason: { code: 'beyond', params: { stage: name(1), n: 846, confidence: 0.95 } } },
      { id: `latency p(99)<1500ms${word} @ ${name(0)}`, expression: `p(99)<1500ms${word}`, metric: 'latency', stage: 0, actual: null, low: null, high: null, limit: 1500, unit: 'ms', level: 'warn', status: 'inconclusive', reason: { code: 'too-few', params: { stage: name(0), needed: 368, why: 'too-few' } } },
    ],
    headline: { code: 'fail', params: { check: failing, expression: 'rate<0.1%', metric: 'errors', stage: name(1), actual: 0.004, low: 0.0021, high: 0.0072, limit: 0.001, unit: '', reason: 'beyond', checks: 3, passed: 1, failed: 1, warned: 0, inconclusive: 1, invalid: 0, skipped: 0 } },
  };
}
