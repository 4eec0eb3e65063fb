/**
 * Synthetic run records for tests of everything that reads a record: valid by the schema, consistent with themselves
 * (Little's law holds, counts agree, series cover the run), and clean unless a fault is asked for.
 *
 *   buildRecord({ users: [1, 4, 16] })
 *   buildRecord({ stages: [{ users: 4, errors: { 'http-500': 3 } }], gates: [percentileGate('latency', 95, '<', 800)] })
 */
import type { GoldenAnswer } from '../../harness/model/golden.js';
import type { GateOperator, GatePlan } from '../../harness/model/metric.js';
import { runRecordSchema, type ProbeRecord, type RunRecord, type StageResult } from '../../harness/model/record.js';
import { histogramOf, saveHistogram } from '../../harness/model/histogram.js';
import type { GpuTelemetry, Series } from '../../harness/model/series.js';
import { buildStage, type StageShape } from './synthetic-stage.js';

export type { StageShape } from './synthetic-stage.js';

/** Memory of one GPU through the run, MiB, and how busy it is under load (share). */
export interface GpuShape {
  uuid: string;
  name?: string;
  totalMiB?: number;
  baselineMiB: number;
  loadedMiB: number;
  peakMiB: number;
  utilization?: number;
}

export interface RecordShape {
  /** One clean stage for each number of users; ignored where `stages` is given. */
  users?: readonly number[];
  /** All latencies of every stage made from `users`, µs. */
  latenciesUs?: readonly number[];
  stages?: readonly StageShape[];
  gates?: readonly GatePlan[];
  cores?: number;
  gpus?: readonly GpuShape[];
  seed?: number;
  /** Last word: fields that replace those of the finished record. */
  change?: (record: RunRecord) => Partial<RunRecord>;
}

const sampleMs = 200;
const bootMs = 1000;
const readyMs = 3000;

/** A record the schema accepts; throws where a `change` made it invalid. */
export function buildRecord(shape: RecordShape = {}): RunRecord {
  const shapes = shape.stages ?? (shape.users ?? [1, 4]).map((users): StageShape => ({ users, latenciesUs: shape.latenciesUs }));
  const stages: StageResult[] = [];
  let clockMs = 6000;
  shapes.forEach((one, index) => {
    const stage = buildStage(one, index, clockMs, shape.seed ?? 1);
    stages.push(stage);
    clockMs = stage.endedAtMs + 2000;
  });
  const endMs = clockMs;
  const loadEndMs = stages.at(-1)?.endedAtMs ?? endMs;
  const record: RunRecord = {
    schema: 'mgeo-bench/run/1', id: '20260101T000000Z-synthetic-aaaa', startedAt: '2026-01-01T00:00:00.000Z', durationS: endMs / 1000,
    outcome: 'completed', failure: null,
    plan: planOf(stages, shape),
    environment: {
      harness: { version: '0.1.0', commit: null }, node: 'v20.19.0', os: 'linux', kernel: '6.1.0', cpu: 'Synthetic CPU', cores: shape.cores ?? 4,
      memoryMiB: 16384, loadBefore: 0.1,
    },
    engine: { name: 'k6', version: '2.2.0', why: 'path' },
    dataset: {
      seed: 7, count: 1000, byClass: { high: 500, low: 500 }, bodiesSha256: 'ab'.repeat(32), characters: { mean: 24, p50: 24, p90: 34, max: 60 },
      bodyBytes: { mean: 180, max: 400, total: 180_000 }, repeatShare: 0, operators: { synonym: 120 }, certifiedLowShare: 1,
    },
    server: {
      kind: 'reference', url: 'http://127.0.0.1:9000', pid: 4242, readyAfterS: (readyMs - bootMs) / 1000, model: 'mgeo-shape', modelSha256: 'cd'.repeat(32),
      scoresMeaningful: true, health: null,
    },
    probe: probeOf(),
    stages,
    gpu: gpuTelemetryOf(shape.gpus),
    series: [...processSeries(stages, shapes, endMs), ...gpuSeries(shape.gpus ?? [], stages, endMs)],
    events: [
      { tMs: bootMs, kind: 'boot-start', text: '' },
      { tMs: readyMs, kind: 'server-ready', text: '' },
      { tMs: stages[0]?.spawnedAtMs ?? readyMs, kind: 'load-start', text: '' },
      { tMs: loadEndMs, kind: 'load-end', text: '' },
    ],
    warnings: [],
  };
  return runRecordSchema.parse({ ...record, ...shape.change?.(record) });
}

interface GateOptions { selector?: Record<string, string>; level?: GatePlan['level']; unit?: string }

/** `percentileGate('latency', 95, '<', 800)` is the gate `latency: p(95)<800ms`. */
export function percentileGate(metric: string, p: number, operator: GateOperator, limit: number, options: GateOptions = {}): GatePlan {
  return gateOf(metric, `p(${String(p)})`, { kind: 'percentile', p }, operator, limit, { unit: 'ms', ...options });
}

/** `namedGate('errors', 'rate', '<', 0.001)` is the gate `errors: rate<0.1%`; the limit is in the metric's own unit. */
export function namedGate(metric: string, name: string, operator: GateOperator, limit: number, options: GateOptions = {}): GatePlan {
  return gateOf(metric, name, { kind: 'named', name }, operator, limit, options);
}

function gateOf(metric: string, what: string, aggregation: GatePlan['aggregation'], operator: GateOperator, limit: number, options: GateOptions): GatePlan {
  const expression = `${what}${operator}${String(limit)}${options.unit ?? ''}`;
  const inner = Object.entries(options.selector ?? {}).map(([key, value]) => `${key}:${value}`).join(',');
  return {
    id: `${metric}${inner === '' ? '' : `{${inner}}`} ${expression}`, expression, metric, selector: options.selector ?? {}, aggregation, operator, limit,
    unit: options.unit ?? '', level: options.level ?? 'error',
  };
}

function planOf(stages: readonly StageResult[], shape: RecordShape): RunRecord['plan'] {
  const first = stages[0];
  return {
    schema: 'mgeo-bench/plan/1', name: 'synthetic', question: { en: 'Does it hold?', 'zh-CN': '撑得住吗？' }, seed: shape.seed ?? 1,
    server: { kind: 'reference', model: 'mgeo-shape', batching: 'token-budget', bucket: true, cacheEntries: null, workers: null, port: 0, args: [], readyTimeoutS: 30 },
    request: {
      format: 'similarity', method: 'POST', path: '/similarity', headers: { 'content-type': 'application/json' }, body: '{"addr1":{{a}},"addr2":{{b}}}',
      keys: { left: 'addr1', right: 'addr2' }, scorePath: ['similarity'], scoreRange: [0, 1], threshold: 0.5,
    },
    dataset: { seed: 7, mix: { high: 500, low: 500, boundary: 0, noisy: 0, abnormal: 0 } },
    load: {
      engine: 'auto', timeoutS: 10, onEngineFailure: 'continue',
      stages: first ? stages.map((one) => one.stage) : [{
        index: 0, name: '1 users', role: 'measure', arm: '', repeat: 0, warmupS: 1, durationS: 10, minRequests: null,
        arrival: { kind: 'closed', users: 1, thinkMs: [0, 0] },
      }],
    },
    telemetry: { gpu: 'auto', intervalMs: sampleMs },
    answers: { golden: 200, tolerance: 1e-6 },
    gates: [...(shape.gates ?? [])],
    policy: { confidence: 0.95, inconclusive: 'warn', strict: false },
    record: { requests: false },
    hash: 'ef'.repeat(32),
  };
}

function probeOf(): ProbeRecord {
  const pass = (id: string, value: number, limit: number, n: number): Extract<ProbeRecord, { status: 'done' }>['oracles'][number] =>
    ({ id, status: 'pass', value, limit, n, why: null });
  return {
    status: 'done', asked: 200, answered: 200, wrong: {}, latency: saveHistogram(histogramOf(Array.from({ length: 200 }, (_, i) => 15_000 + 10 * i))),
    medians: { high: 0.95, low: 0.05 }, auc: 0.97, meaningful: true, golden: goldenOf(200), families: { homophone: 'typo', 'far-district': 'apart' },
    probes: (['rename', 'alias'] as const).map((group) => ({ id: `${group}-1`, group, expected: ['exact'], score: 0.9, label: 'exact' })),
    oracles: [pass('equal-pair', 1, 1, 20), pass('symmetry', 0, 1e-6, 20), pass('auc', 0.97, 0.8, 200), pass('not-constant', 0.4, 0.001, 200)],
  };
}

/** High and low pairs in turn, all answered rightly, four in a hundred of them close to the threshold of 0.5. */
export function goldenOf(count: number): GoldenAnswer[] {
  return Array.from({ length: count }, (_, i): GoldenAnswer => {
    const high = i % 2 === 0;
    const near = i % 50 < 2 ? 0.4 : 0;
    return {
      index: i, class: high ? 'high' : 'low', operators: [high ? 'homophone' : 'far-district'], lengths: [14 + (i % 9), 20], expected: [high ? 'exact' : 'not'],
      score: high ? 0.95 - near : 0.05 + near, label: high ? 'exact' : 'not',
    };
  });
}

function times(endMs: number): number[] {
  return Array.from({ length: Math.floor(endMs / sampleMs) + 1 }, (_, i) => i * sampleMs);
}

/** Cumulative CPU seconds and resident memory of server, engine and harness, sampled through the run. */
function processSeries(stages: readonly StageResult[], shapes: readonly StageShape[], endMs: number): Series[] {
  const cores = { server: new Map<number, number>(), engine: new Map<number, number>() };
  stages.forEach((stage, i) => {
    const rate = stage.requests.started / ((stage.windowToMs - stage.windowFromMs) / 1000);
    cores.server.set(i, shapes[i]?.serverCores ?? Math.min(rate * 0.002, 0.5));
    cores.engine.set(i, shapes[i]?.engineCores ?? Math.min(rate * 0.00016, 0.2));
  });
  const t = times(endMs);
  const cpu = (source: 'server' | 'engine', aliveFromMs: number): Series => {
    let seconds = 0;
    const v = t.map((tMs, k) => {
      const stage = stages.findIndex((one) => tMs > one.spawnedAtMs && tMs - sampleMs < one.endedAtMs);
      if (k > 0 && stage >= 0) seconds += (cores[source].get(stage) ?? 0) * (sampleMs / 1000);
      return tMs < aliveFromMs ? null : seconds;
    });
    return { source, metric: 'cpuS', unit: 's', t, v };
  };
  const flat = (source: string, metric: string, value: number, fromMs: number): Series =>
    ({ source, metric, unit: 'MiB', t, v: t.map((tMs) => (tMs < fromMs ? null : value)) });
  const spawnMs = stages[0]?.spawnedAtMs ?? endMs;
  return [
    cpu('server', bootMs), cpu('engine', spawnMs), { source: 'harness', metric: 'cpuS', unit: 's', t, v: t.map((tMs) => (tMs / 1000) * 0.02) },
    flat('server', 'rssMiB', 480, bootMs), flat('server', 'rssPeakMiB', 500, bootMs),
    flat('engine', 'rssMiB', 90, spawnMs), flat('engine', 'rssPeakMiB', 100, spawnMs), flat('harness', 'rssPeakMiB', 150, 0),
  ];
}

function gpuTelemetryOf(gpus: readonly GpuShape[] | undefined): GpuTelemetry {
  if (!gpus) return { status: 'absent', code: 'not-found', why: 'nvidia-smi was not found' };
  return {
    status: 'present', source: 'nvidia-smi', intervalMs: sampleMs, samples: 100, restarts: 0, largestGapMs: sampleMs, gaps: [], otherProcesses: [],
    gpus: gpus.map((gpu, index) => ({ uuid: gpu.uuid, index, name: gpu.name ?? 'Synthetic GPU', memoryMiB: gpu.totalMiB ?? 24576, driver: '550.00', scope: 'device' as const })),
  };
}

/** Baseline until boot, loaded from readiness on, a linear rise to the peak over the load, which stays. */
function gpuSeries(gpus: readonly GpuShape[], stages: readonly StageResult[], endMs: number): Series[] {
  const t = times(endMs);
  const from = stages[0]?.spawnedAtMs ?? endMs;
  const to = stages.at(-1)?.windowToMs ?? endMs;
  return gpus.flatMap((gpu): Series[] => [
    {
      source: `gpu:${gpu.uuid}`, metric: 'memoryUsedMiB', unit: 'MiB', t,
      v: t.map((tMs) => tMs <= bootMs ? gpu.baselineMiB : gpu.loadedMiB + (gpu.peakMiB - gpu.loadedMiB) * Math.min(1, Math.max(0, (tMs - from) / (to - sampleMs - from)))),
    },
    { source: `gpu:${gpu.uuid}`, metric: 'utilization', unit: 'share', t, v: t.map((tMs) => (tMs >= from && tMs <= to ? (gpu.utilization ?? 0.6) : 0)) },
  ]);
}
