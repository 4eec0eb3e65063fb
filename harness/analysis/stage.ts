/** One stage, computed: the numbers of latency.ts … validity.ts side by side. */
import type { Finding, GpuMemory, Percentiles, StageAnalysis } from '../model/analysis.js';
import { picksStage } from '../model/gate-stage.js';
import type { Histogram } from '../model/histogram.js';
import type { RunRecord, StageResult } from '../model/record.js';
import { driven, engineSource } from '../model/mixed.js';
import { levelOf } from '../model/stage.js';
import { commonWindow } from './common-window.js';
import { checkOffered } from './backlog.js';
import { calibratedRps } from './calibration.js';
import { findDrift } from './drift.js';
import { percentileFinding, shareFinding } from './interval.js';
import { analyseJob } from './job.js';
import { checkLittle } from './little.js';
import { machineUse } from './machine-use.js';
import { analyseOffline } from './offline.js';
import { percentileUs } from './percentile.js';
import { findOutage } from './outage.js';
import { findRecovery } from './recovery.js';
import { coresInUse, rssPeakMiB, runQueueWait, throttledShare } from './resources.js';
import { outsideServer, phaseTimes } from './server-time.js';
import { findSteady } from './steady/steady.js';
import { achievedRps } from './throughput.js';
import { judgeValidity } from './validity.js';
import { findVisitors } from './visitors.js';
import { judgeJobValidity } from './validity-job.js';
import { gpuGapShare, stageGpus } from './vram.js';

/** `latency` is the stage's decoded histogram, `gpus` what is known of the run's GPUs. */
export function analyseStage(record: RunRecord, stage: StageResult, latency: Histogram, gpus: Finding<GpuMemory[]>): StageAnalysis {
  const { confidence } = record.plan.policy;
  const { completed, failed } = stage.requests;
  const serverTimingMs = phaseTimes(stage);
  const outsideServerMs = outsideServer(stage, latency, serverTimingMs);
  const parts = driven(stage, record.stages);
  const window = commonWindow(parts);
  const source = engineSource(stage.stage);
  const cores = (of: string): number | null => coresInUse(record.series, of, window.fromMs, window.toMs);
  const cpu = { server: cores('server'), engine: cores(source), harness: cores('harness') };
  const engineWait = stage.generator.runQueueWait ?? runQueueWait(record.series, source, window.fromMs, window.toMs);
  const allEngines = sumOf(parts.map((part) => cores(engineSource(part.stage))));
  const offered = checkOffered(stage);
  const steady = findSteady(stage, offered);
  const job = analyseJob(record, stage);
  const outage = findOutage(record, stage, latency, confidence);
  const offline = analyseOffline(stage);
  const little = checkLittle(stage, latency, record.plan.load.timeoutS);
  return {
    index: stage.stage.index,
    name: stage.stage.name,
    level: levelOf(stage.stage.arrival),
    offered,
    achievedRps: achievedRps(stage),
    latencyMs: latencyOf(latency, confidence),
    visitors: findVisitors(stage),
    errorRate: shareFinding(failed, completed + failed, confidence),
    serverTimingMs,
    outsideServerMs,
    cpu,
    engineWait,
    rssPeakMiB: {
      server: rssPeakMiB(record.series, 'server', -Infinity, stage.endedAtMs),
      // Each stage has an engine process of its own.
      engine: rssPeakMiB(record.series, source, stage.spawnedAtMs, stage.endedAtMs),
      harness: rssPeakMiB(record.series, 'harness', -Infinity, stage.endedAtMs),
    },
    gpus: stageGpus(record, gpus, stage),
    little: { inFlight: little.inFlight, users: little.users },
    steady,
    answers: { ...stage.answers },
    recovery: findRecovery(stage, confidence),
    ...(outage === undefined ? {} : { outage }),
    drift: findDrift(record, stage),
    ...(offline === null ? {} : { offline }),
    ...(job === null ? {} : { job }),
    validity: job !== null ? judgeJobValidity(stage, job) : judgeValidity({
      stage, latency, little, offered, offline, steady, confidence,
      engineCores: cpu.engine,
      allEngines,
      parts,
      window,
      machineCores: record.environment.cores,
      runQueueWait: engineWait,
      machine: machineUse(record, window, { ...cpu, engine: allEngines }),
      throttled: throttledShare(record.series, 'machine', window.fromMs, window.toMs),
      calibratedRps: calibratedRps(record.calibration),
      gpuGap: gpuGapShare(record.gpu, stage),
      outside: outsideServerMs,
      highestPercentile: highestPercentile(record, stage),
    }),
  };
}

/** null where one of them is unknown. */
function sumOf(values: readonly (number | null)[]): number | null {
  return values.reduce<number | null>((sum, value) => (sum === null || value === null ? null : sum + value), 0);
}

function latencyOf(latency: Histogram, confidence: number): StageAnalysis['latencyMs'] {
  const { n } = latency;
  const ms = (us: number | null): number | null => (us === null ? null : us / 1000);
  const percentiles: Percentiles = {
    p50: percentileFinding(latency, 0.5, confidence),
    p90: percentileFinding(latency, 0.9, confidence),
    p95: percentileFinding(latency, 0.95, confidence),
    p99: percentileFinding(latency, 0.99, confidence),
    p999: percentileFinding(latency, 0.999, confidence),
  };
  return { n, mean: n === 0 ? null : latency.sumUs / n / 1000, min: ms(percentileUs(latency, 0)), max: ms(percentileUs(latency, 1)), ...percentiles };
}

/** The highest percentile a gate asks of this stage, 0..1; p99, the highest of every table, where none asks. */
function highestPercentile(record: RunRecord, stage: StageResult): number {
  const asked = record.plan.gates.flatMap((gate) => (gate.metric === 'latency' && gate.aggregation.kind === 'percentile' && picksStage(gate, stage.stage) ? [gate.aggregation.p / 100] : []));
  return asked.length === 0 ? 0.99 : Math.max(...asked);
}
