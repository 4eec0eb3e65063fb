/** The load of a run: its stages one after the other, planned or searched. */
import { judgeProbe } from './analysis/index.js';
import type { Context } from './host/index.js';
import type { Engine } from './load/index.js';
import { BenchError } from './model/error.js';
import { readHistogram, valueAtRank } from './model/histogram.js';
import { sameFrom } from './model/label-rule.js';
import { firstTicket, nextStage } from './model/next-stage.js';
import type { Plan } from './model/plan.js';
import { nearestRank } from './model/rank.js';
import type { RunRecord } from './model/record.js';
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

/** One engine process a stage; the record is saved after each. */
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
    ctx.onEvent({ kind: 'stage-start', stage, stages: search ? null : plan.load.stages.length });
    const before = server === null ? null : await telemetry.answeredRequests(server.url);
    const restarts = server?.restarts();
    await server?.beginFaults();
    const result = await engine.drive({
      stage,
      target: { url: server?.url ?? '', request: { ...plan.request, threshold: sameFrom(plan.request, server?.record.health) }, timeoutS: plan.load.timeoutS },
      bodies: traffic.bodies,
      golden,
      tolerance: plan.answers.tolerance,
      seed: plan.seed,
      ...(momentsMs === undefined ? {} : { momentsMs }),
      firstTicket: firstTicket(record, traffic.bodies.count),
      ...(aloneMs === null ? {} : { aloneMs }),
      ...(log === null ? {} : { onRow: log.stage(stage.index) }),
      logFile: `${open.folder}/logs/engine-${String(stage.index)}.log`,
      onSpawn: (pid) => { telemetry.watch('engine', pid); },
      onSettled: () => { telemetry.look(); },
      serverGone: server?.gone ?? new AbortController().signal,
    }, ctx);
    record.stages.push(result);
    // A server that was started again counts from 0.
    if (server !== null && before !== null && server.restarts() === restarts && !ctx.signal.aborted && !server.gone.aborted) {
      const after = await telemetry.answeredRequests(server.url);
      result.counts.server = after === null ? null : after - before;
    }
    const probe = search && judgeProbe(record, result);
    if (probe) search.probes.push(probe);
    open.save();
    ctx.onEvent({ kind: 'stage-end', stage, status: result.status, ...(probe ? { probe } : {}) });
    ctx.signal.throwIfAborted();
    server?.gone.throwIfAborted();
    if (result.status === 'engine-failed' && plan.load.onEngineFailure === 'stop') throw new BenchError('engine-failed', result.why ?? 'The engine ended early.', { hint: 'Its log is in the run folder under logs/.' });
  }
  record.events.push({ tMs: ctx.sinceStartMs(), kind: 'load-end', text: '' });
}

/** Median answer at concurrency 1, before the load; null where nothing was asked or answered. */
function medianMs({ probe }: RunRecord): number | null {
  if (probe?.status !== 'done' || probe.latency.n === 0) return null;
  return valueAtRank(readHistogram(probe.latency), nearestRank(0.5, probe.latency.n)) / 1000;
}
