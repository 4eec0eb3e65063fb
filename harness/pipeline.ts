/**
 * The sentence: read a scenario into a plan, make the dataset, turn pairs into requests, boot the server, probe its answers,
 * drive the load while telemetry collects, keep it all in one record; then analyse it, report it, and gate on it.
 */
import { analyseRecord, judgeProbe } from './analysis/index.js';
import { judge } from './gate/index.js';
import { openOwnPairs, type OwnPairs } from './dataset/index.js';
import type { Context } from './host/index.js';
import { resolveEngine, type Engine } from './load/index.js';
import type { Analysis } from './model/analysis.js';
import { BenchError } from './model/error.js';
import { sameFrom } from './model/label-rule.js';
import { firstTicket, nextStage } from './model/next-stage.js';
import type { Plan } from './model/plan.js';
import type { RunRecord } from './model/record.js';
import type { ArrivalMoments } from './model/stage-shapes.js';
import type { Verdict } from './model/verdict.js';
import { probeAbnormal, probeAnswers, type Probe } from './probe/index.js';
import { checkFolder, noteFailure, openRecord, openRequestLog, type OpenRecord, type RecordOptions } from './record/index.js';
import { renderReports, reportFormats, type Language, type ReportFile, type ReportFormat } from './report/index.js';
import { encodeBody, readAnswer } from './request/index.js';
import { bootServer, type RunningServer } from './server/index.js';
import { startTelemetry, type Telemetry } from './telemetry/index.js';
import { prepareTraffic, type Traffic } from './traffic.js';

/** What a run needs beside its plan. */
export interface RunOptions extends RecordOptions {
  /** Moments of the file of `load.replay`, as loadPlan gives them. */
  moments?: ArrivalMoments | undefined;
}

/** Measures. Whatever goes wrong on the way stands in the record; only what cannot even open a record is thrown. */
export async function runPlan(plan: Plan, options: RunOptions, outer: Context): Promise<OpenRecord> {
  // A large file must not be read for nothing.
  if (options.output !== null) checkFolder(options.output, outer.host.files);
  // Read before anything stands on the disk: a file that cannot be used leaves nothing behind.
  const own = plan.dataset.own === undefined ? null : await openOwnPairs(plan.dataset.own, plan.seed, outer);
  try {
    const open = openRecord(plan, await outer.host.machine.describe(), options, outer);
    await fillRecord(open, plan, own, options.moments, outer);
    return open;
  } finally {
    own?.close();
  }
}

/** The run itself, into its record. Never rejects: what goes wrong stands in the record. */
async function fillRecord(open: OpenRecord, plan: Plan, own: OwnPairs | null, moments: ArrivalMoments | undefined, outer: Context): Promise<void> {
  const { record } = open;
  let telemetry: Telemetry | null = null;
  const ctx: Context = { ...outer, onEvent: (event) => {
    if (event.kind === 'note' && event.level === 'warn') record.warnings.push({ code: event.code, text: event.text });
    outer.onEvent(event.kind === 'tick' ? { ...event, vramMiB: telemetry?.latestMiB() ?? null } : event);
  } };
  try {
    ctx.onEvent({ kind: 'phase', phase: 'dataset' });
    for (const [code, text] of own?.notes ?? []) ctx.onEvent({ kind: 'note', level: 'warn', code, text });
    const traffic = await prepareTraffic(plan, own, ctx);
    own?.close();
    record.dataset = traffic.summary;
    ctx.onEvent({ kind: 'phase', phase: 'prepare' });
    const engine = await resolveEngine(plan.load.engine, plan.server, ctx);
    record.engine = { name: engine.name, version: engine.version, why: engine.why };
    telemetry = await startTelemetry(plan.telemetry, ctx);
    await measure({ open, plan, traffic, engine, telemetry, momentsMs: moments?.momentsMs }, ctx);
    record.outcome = 'completed';
  } catch (error) {
    noteFailure(record, ctx.signal.aborted ? ctx.signal.reason : error, ctx.signal.aborted);
  }
  if (telemetry !== null) Object.assign(record, await telemetry.stop());
  try {
    open.save();
  } catch (error) {
    // What was measured is still in memory: it is judged and shown.
    noteFailure(record, error, false);
  }
}

interface Parts {
  open: OpenRecord;
  /** As planned: the record's own copy hides secrets. */
  plan: Plan;
  traffic: Traffic;
  engine: Engine;
  telemetry: Telemetry;
  momentsMs: Float64Array | undefined;
}

/** Boot, probe, load; the server is stopped on every way out. */
async function measure(parts: Parts, ctx: Context): Promise<void> {
  const { open, plan, traffic, telemetry } = parts;
  const { record } = open;
  const mark = (kind: string, text = ''): void => void record.events.push({ tMs: ctx.sinceStartMs(), kind, text });
  if (plan.server.kind === 'simulated') {
    record.probe = { status: 'skipped', why: 'the simulated engine has no server to ask' };
    await driveStages(parts, null, new Map(), ctx);
    return;
  }
  ctx.onEvent({ kind: 'phase', phase: 'boot' });
  await telemetry.settle();
  mark('boot-start');
  await using server = await bootServer(plan.server, { logFile: `${open.folder}/logs/server.log`, onSpawn: (pid) => { telemetry.watch('server', pid); } }, ctx);
  record.server = server.record;
  mark('server-ready');
  ctx.onEvent({ kind: 'phase', phase: 'probe' });
  const probe = await askGolden(plan, traffic, server, ctx);
  record.probe = probe.record;
  open.save();
  record.abnormal = await probeAbnormal({ ...asking(plan, server), kinds: traffic.abnormal }, ctx);
  open.save();
  server.gone.throwIfAborted();
  if (record.abnormal !== null && record.abnormal.diedAfter !== null) {
    record.warnings.push({ code: 'server-died', text: `after an abnormal request (${record.abnormal.diedAfter}) the server answered no sound one, so no load was driven` });
    return;
  }
  if (probe.record.status === 'done' && probe.record.answered === 0) {
    record.warnings.push({ code: 'load-skipped', text: 'not one answer was right before the load, so no load was driven' });
    return;
  }
  await driveStages(parts, server, probe.golden, ctx);
}

function askGolden(plan: Plan, traffic: Traffic, server: RunningServer, ctx: Context): Promise<Probe> {
  return probeAnswers({
    ...asking(plan, server),
    server: server.record,
    tolerance: plan.answers.tolerance,
    pairs: traffic.golden,
    probePairs: traffic.probePairs,
    familyOf: traffic.familyOf,
    mayKeepText: traffic.mayKeepText,
  }, ctx);
}

/** How this plan's questions are asked of this server, one at a time. */
function asking({ request, load }: Plan, { url, gone }: RunningServer): Pick<Parameters<typeof probeAbnormal>[0], 'request' | 'url' | 'timeoutS' | 'encode' | 'read' | 'gone'> {
  return {
    request, url, gone, timeoutS: load.timeoutS,
    encode: (a, b) => encodeBody(request, a, b),
    read: (status, body) => readAnswer(request, status, body),
  };
}

/** One engine process a stage; the record is saved after each. */
async function driveStages({ open, plan, traffic, engine, telemetry, momentsMs }: Parts, server: RunningServer | null, golden: ReadonlyMap<number, number>, ctx: Context): Promise<void> {
  const { record } = open;
  ctx.onEvent({ kind: 'phase', phase: 'load' });
  record.events.push({ tMs: ctx.sinceStartMs(), kind: 'load-start', text: '' });
  await using log = plan.record.requests ? openRequestLog(open.folder, ctx.host.files) : null;
  for (;;) {
    const { stage, search } = nextStage(record);
    if (search) record.search = search;
    if (stage === null) break;
    ctx.onEvent({ kind: 'stage-start', stage, stages: search ? null : plan.load.stages.length });
    const before = server === null ? null : await telemetry.answeredRequests(server.url);
    const result = await engine.drive({
      stage,
      target: { url: server?.url ?? '', request: { ...plan.request, threshold: sameFrom(plan.request, server?.record.health) }, timeoutS: plan.load.timeoutS },
      bodies: traffic.bodies,
      golden,
      tolerance: plan.answers.tolerance,
      seed: plan.seed,
      ...(momentsMs === undefined ? {} : { momentsMs }),
      firstTicket: firstTicket(record, traffic.bodies.count),
      ...(log === null ? {} : { onRow: log.stage(stage.index) }),
      logFile: `${open.folder}/logs/engine-${String(stage.index)}.log`,
      onSpawn: (pid) => { telemetry.watch('engine', pid); },
      serverGone: server?.gone ?? new AbortController().signal,
    }, ctx);
    record.stages.push(result);
    if (server !== null && before !== null && !ctx.signal.aborted && !server.gone.aborted) {
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

/** Judges and renders (every format, or those that are named): pure, from the record alone; the same bytes whenever it is asked. */
export async function conclude(record: RunRecord, languages: readonly Language[], formats: readonly ReportFormat[] = reportFormats): Promise<{ analysis: Analysis; verdict: Verdict; files: ReportFile[] }> {
  const analysis = analyseRecord(record);
  const verdict = judge({ record, analysis });
  return { analysis, verdict, files: await renderReports({ record, analysis, verdict }, { languages, formats }) };
}
