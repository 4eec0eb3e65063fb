/** One stage through the real load room and the real telemetry, analysed as a run would be. */
import { analyseRecord } from '../../harness/analysis/index.js';
import type { Context, SpawnOptions } from '../../harness/host/index.js';
import type { Engine } from '../../harness/load/index.js';
import type { StageAnalysis } from '../../harness/model/analysis.js';
import type { StageResult } from '../../harness/model/record.js';
import type { RequestPlan } from '../../harness/model/request.js';
import { workersFor, type Stage } from '../../harness/model/stage.js';
import { startTelemetry } from '../../harness/telemetry/index.js';
import { buildRecord } from '../../tests/analysis/record-builder.js';
import { similarityPlan } from './bench.js';

export interface StageToDrive {
  engine: Engine;
  url: string;
  stage: Stage;
  /** Bodies file and its number of lines. */
  bodies: { file: string; count: number };
  serverPid: number | undefined;
  /** How a body is asked; a pair of POST /similarity unless given. */
  request?: RequestPlan;
}

/** An engine's program as the harness started it. */
export interface Started {
  command: readonly string[];
  env: Record<string, string | undefined>;
}

export interface DrivenStage {
  result: StageResult;
  analysis: StageAnalysis;
  started: Started;
}

/** Telemetry samples CPU twice a second; in a shorter window the analysis does not trust it. */
export const leastWindowS = 6;

/** Open load with as many workers as a scenario gets that does not name them: two seconds of the rate. */
export function openStage(rateRps: number, process: 'poisson' | 'constant', warmupS: number, durationS: number): Stage {
  return { ...closedStage(1, warmupS, durationS), name: `${String(rateRps)}/s`, arrival: { kind: 'open', rateRps, process, inFlight: workersFor(2 * rateRps) } };
}

/** A closed stage without think time. */
export function closedStage(users: number, warmupS: number, durationS: number): Stage {
  return { index: 0, name: `${String(users)} users`, role: 'measure', arm: '', repeat: 0, warmupS, durationS, minRequests: null, arrival: { kind: 'closed', users, thinkMs: [0, 0] } };
}

/** `ctx` in which every program is started through `change`. */
export function withSpawn(ctx: Context, change: (command: readonly string[], options: SpawnOptions) => readonly string[]): Context {
  const { host } = ctx;
  return { ...ctx, host: { ...host, processes: { ...host.processes, spawn: (command, options) => host.processes.spawn(change(command, options), options) } } };
}

/** Drives the stage; throws where it did not complete. */
export async function driveStage(setup: StageToDrive, ctx: Context): Promise<DrivenStage> {
  const { engine, bodies } = setup;
  let started: Started = { command: [], env: {} };
  const watched = withSpawn(ctx, (command, { env = {} }) => {
    started = { command, env };
    return command;
  });
  const telemetry = await startTelemetry({ gpu: 'off', intervalMs: 1000 }, ctx);
  if (setup.serverPid !== undefined) telemetry.watch('server', setup.serverPid);
  const driven = await engine.drive({
    stage: setup.stage,
    target: { url: setup.url, request: setup.request ?? similarityPlan, timeoutS: 10 },
    bodies: { ...bodies, expectations: Array.from({ length: bodies.count }, () => ({ class: 'high', expect: 'answer' as const })) },
    golden: new Map(),
    tolerance: 0,
    seed: 1,
    logFile: '/dev/null',
    onSpawn: (pid) => { telemetry.watch('engine', pid); },
    serverGone: new AbortController().signal,
  }, watched);
  const { series } = await telemetry.stop();
  if (driven.status !== 'completed') throw new Error(`${engine.name}: ${driven.why ?? driven.status}`);
  const environment = await ctx.host.machine.describe();
  // The frame of the record is synthetic; stage, series and machine are what was measured.
  const record = buildRecord({ stages: [{ users: 1, durationS: 1 }], change: () => ({ stages: [driven], series, environment, events: [] }) });
  const [analysis] = analyseRecord(record).stages;
  if (analysis === undefined) throw new Error('the analysis knows no stage');
  return { result: driven, analysis, started };
}

/** Engine CPU a request, ms: cores · window / answered requests. */
export function engineCpuMs({ result, analysis }: DrivenStage): number | null {
  const windowMs = result.windowToMs - result.windowFromMs;
  return analysis.cpu.engine === null ? null : (analysis.cpu.engine * windowMs) / result.requests.completed;
}
