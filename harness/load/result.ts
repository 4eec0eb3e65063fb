import { histogramOf, saveHistogram } from '../model/histogram.js';
import type { EngineName } from '../model/plan.js';
import type { StageResult } from '../model/record.js';
import type { Stage } from '../model/stage.js';
import type { Collected } from './collect.js';

/** What the driver of an engine knows beside the rows. Moments in ms since the run started. */
export interface Drive {
  stage: Stage;
  engine: EngineName | 'command';
  status: StageResult['status'];
  why: string | null;
  spawnedAtMs: number;
  /** Added to the engine's clock, it gives ms since the run started. */
  toRunMs: number;
  counted: number | null;
  dropped: number;
  /** Delay of the engine's own event loop, ms: stands in where no user thinks. */
  loopLag: { p50Ms: number; p99Ms: number } | null;
  eventLoopUse: number | null;
  clockStepMs: number;
  /** Time in the window in which the engine was stopped; absent where it cannot be seen. */
  pausedMs?: number | undefined;
  messages: readonly string[];
  exitCode: number | null;
}

/** The result of a stage of which at least the beginning was seen. */
export function stageResult(drive: Drive, collected: Collected): StageResult {
  const { measured, rows, answered, lagP50Ms, lagP99Ms, fromMs, toMs, lastEndMs } = collected;
  return {
    stage: drive.stage,
    engine: drive.engine,
    status: drive.status,
    why: drive.why,
    spawnedAtMs: drive.spawnedAtMs,
    windowFromMs: fromMs + drive.toRunMs,
    windowToMs: toMs + drive.toRunMs,
    endedAtMs: Math.max(lastEndMs, toMs) + drive.toRunMs,
    ...measured,
    generator: {
      rows,
      counted: drive.counted,
      dropped: drive.dropped,
      lagP50Ms: lagP50Ms ?? drive.loopLag?.p50Ms ?? null,
      lagP99Ms: lagP99Ms ?? drive.loopLag?.p99Ms ?? null,
      eventLoopUse: drive.eventLoopUse,
      runQueueWait: null,
      clockStepMs: drive.clockStepMs,
      ...(drive.pausedMs === undefined ? {} : { pausedMs: drive.pausedMs }),
      messages: [...drive.messages],
      exitCode: drive.exitCode,
    },
    counts: { server: null, engine: answered },
  };
}

/** The result of a stage in which no load began. */
export function emptyResult(drive: Drive, atMs: number): StageResult {
  const nothing = saveHistogram(histogramOf([]));
  return stageResult(drive, {
    measured: {
      requests: { started: 0, completed: 0, failed: 0, timedOut: 0, censored: 0, warmup: 0 },
      latency: nothing,
      failedSumUs: 0,
      errors: {},
      statuses: {},
      byClass: {},
      byAbnormalKind: {},
      answers: { checked: 0, flips: 0, moved: 0, maxDelta: null },
      serverTiming: {},
      batch: null,
      cache: null,
      timeline: { t: [], started: [], completed: [], failed: [], p50Ms: [], p95Ms: [], p99Ms: [], inFlight: [] },
      heatmap: { binS: 1, edgesMs: [], counts: [] },
      inFlightMean: null,
      thinkMeanMs: null,
      schedule: null,
    },
    rows: 0,
    numbered: 0,
    answered: 0,
    lagP50Ms: null,
    lagP99Ms: null,
    fromMs: atMs - drive.toRunMs,
    toMs: atMs - drive.toRunMs,
    lastEndMs: atMs - drive.toRunMs,
  });
}
