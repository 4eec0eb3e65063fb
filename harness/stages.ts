/** The load of a run: its stages one after the other or, of a mix, at the same time; planned or searched. */
import { judgeProbe } from './analysis/index.js';
import type { Context } from './host/index.js';
import { createCommonWindow, type CommonWindow, type Engine } from './load/index.js';
import { BenchError } from './model/error.js';
import { readHistogram, valueAtRank } from './model/histogram.js';
import { sameFrom } from './model/label-rule.js';
import { companionsOf, engineSource } from './model/mixed.js';
import { firstTicket, nextStage, placeOf } from './model/next-stage.js';
import type { Plan } from './model/plan.js';
import { nearestRank } from './model/rank.js';
import type { RunRecord, StageResult } from './model/record.js';
import type { Stage } from './model/stage.js';
import { bodiesFor } from './request/index.js';
import { openRequestLog, type OpenRecord } from './record/index.js';
import type { RunningServer } from './server/index.js';
import type { Telemetry } from './telemetry/index.js';
import type { Traffic } from './traffic.js';

/** What a run has made before it boots the server. */
export interface Parts {
  open: OpenRecord;
  /** As planned: the record's own copy hides secrets. */
  plan: Plan;
  traffic: Traffic;
  engine: Engine;
  telemetry: Telemetry;
  momentsMs: Float64Array | undefined;
}

/** One engine process a stage, one after the other, the parts of a mix at once; the record is saved after each. */
export async function driveStages({ open, plan, traffic, engine, telemetry, momentsMs }: Parts, server: RunningServer | null, golden: ReadonlyMap<number, number>, ctx: Context): Promise<void> {
  const { record } = open;
  ctx.onEvent({ kind: 'phase', phase: 'load' });
  record.events.push({ tMs: ctx.sinceStartMs(), kind: 'load-start', text: '' });
  const aloneMs = medianMs(record);
  await using log = plan.record.requests ? openRequestLog(open.folder, ctx.host.files) : null;
  for (;;) {
    const { stage, search } = nextStage(record);
    if (search) record.search = search;
    if (stage === null) break;
    const results = await driveTogether(companionsOf(stage, plan.load.stages));
    record.stages.push(...results);
    const result = results[0] as StageResult;
    const probe = search && judgeProbe(record, result);
    if (probe) search.probes.push(probe);
    open.save();
    for (const one of results) ctx.onEvent({ kind: 'stage-end', stage: one.stage, status: one.status, ...(probe ? { probe } : {}) });
    ctx.signal.throwIfAborted();
    server?.gone.throwIfAborted();
    const failed = results.find(({ status }) => status === 'engine-failed');
    if (failed !== undefined && plan.load.onEngineFailure === 'stop') throw new BenchError('engine-failed', failed.why ?? 'The engine ended early.', { hint: 'Its log is in the run folder under logs/.' });
  }
  record.events.push({ tMs: ctx.sinceStartMs(), kind: 'load-end', text: '' });

  /** One stage, or all parts of a mix at once: what the server counts meanwhile is of them all. */
  async function driveTogether(stages: readonly Stage[]): Promise<StageResult[]> {
    for (const stage of stages) ctx.onEvent({ kind: 'stage-start', stage, stages: record.plan.load.search ? null : plan.load.stages.length });
    const before = server === null ? null : await telemetry.answeredRequests(server.url);
    const restarts = server?.restarts();
    await server?.beginFaults();
    if (plan.server?.kind === 'reference' && plan.server.faults !== undefined) record.events.push({ tMs: ctx.sinceStartMs(), kind: 'faults-begin', text: plan.server.faults.join(', ') });
    const common = createCommonWindow(stages.filter(({ arrival }) => arrival.kind === 'offline').map(({ index }) => index));
    const results = await Promise.all(stages.map((stage) => driveOne(stage, common)));
    // A server that was started again counts from 0.
    if (server !== null && before !== null && server.restarts() === restarts && !ctx.signal.aborted && !server.gone.aborted) {
      const after = await telemetry.answeredRequests(server.url);
      for (const { counts } of results) counts.server = after === null ? null : after - before;
    }
    return results;
  }

  async function driveOne(stage: Stage, common: CommonWindow): Promise<StageResult> {
    const shared = traffic.bodies.shared.bodies.count;
    const result = await engine.drive({
      stage,
      target: { url: server?.url ?? '', request: { ...plan.request, threshold: sameFrom(plan.request, server?.record.health) }, timeoutS: plan.load.timeoutS },
      ...bodiesFor(stage.index, traffic.bodies, golden),
      tolerance: plan.answers.tolerance,
      seed: plan.seed,
      ...(momentsMs === undefined ? {} : { momentsMs }),
      firstTicket: stage.arrival.kind === 'offline' ? 0 : stage.mixed === true ? placeOf(stage, plan, shared) : firstTicket(record, shared),
      ...(aloneMs === null ? {} : { aloneMs }),
      ...(log === null ? {} : { onRow: log.stage(stage.index) }),
      ...(stage.mixed === true ? { common } : {}),
      logFile: `${open.folder}/logs/engine-${String(stage.index)}.log`,
      onSpawn: (pid) => { telemetry.watch(engineSource(stage), pid); },
      onSettled: (windowToMs) => {
        telemetry.look();
        common.lotEnded(stage.index, windowToMs);
      },
      serverGone: server?.gone ?? new AbortController().signal,
    }, ctx);
    // Where it ended in another way: nobody need wait for it.
    common.lotEnded(stage.index, result.windowToMs);
    return result;
  }
}

/** Median answer at concurrency 1, before the load; null where nothing was asked or answered. */
function medianMs({ probe }: RunRecord): number | null {
  if (probe?.status !== 'done' || probe.latency.n === 0) return null;
  return valueAtRank(readHistogram(probe.latency), nearestRank(0.5, probe.latency.n)) / 1000;
}
