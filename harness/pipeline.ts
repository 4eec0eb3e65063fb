/**
 * The sentence: read a scenario into a plan, make the dataset, turn pairs into requests, boot the server, probe its answers,
 * drive the load while telemetry collects, keep it all in one record; then analyse it, report it, and gate on it.
 */
import { analyseRecord } from './analysis/index.js';
import { againstOf } from './baseline.js';
import { judge } from './gate/index.js';
import { openOwnPairs, type OwnPairs } from './dataset/index.js';
import type { Context } from './host/index.js';
import type { Against } from './model/against.js';
import type { Analysis } from './model/analysis.js';
import type { Plan } from './model/plan.js';
import type { RunRecord } from './model/record.js';
import type { ArrivalMoments } from './model/stage-shapes.js';
import type { Verdict } from './model/verdict.js';
import { preflight } from './preflight.js';
import { probeAbnormal } from './probe/index.js';
import { asking, askGolden } from './questions.js';
import { checkFolder, noteFailure, openRecord, type OpenRecord, type RecordOptions } from './record/index.js';
import { renderReports, reportFormats, type Language, type ReportFile, type ReportFormat } from './report/index.js';
import { measureConformance } from './conform.js';
import { measureJob } from './job.js';
import { bootServer } from './server/index.js';
import { driveStages, type Parts } from './stages.js';
import { startTelemetry, type Telemetry } from './telemetry/index.js';
import { prepareLoad } from './traffic.js';

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
    outer.onEvent(event.kind === 'tick' || event.kind === 'job-tick' ? { ...event, ...telemetry?.now() } : event);
  } };
  try {
    const prepared = plan.load.job === undefined && plan.load.conformance === undefined ? await prepareLoad(plan, own, record, ctx) : null;
    const calibration = prepared === null ? null : await preflight(plan, prepared.engine, record.environment, moments?.momentsMs, ctx);
    if (calibration !== null) record.calibration = calibration;
    telemetry = await startTelemetry(plan.telemetry, ctx);
    if (prepared !== null) await measure({ open, plan, telemetry, momentsMs: moments?.momentsMs, ...prepared }, ctx);
    else await (plan.load.job === undefined ? measureConformance : measureJob)({ open, plan, telemetry }, ctx);
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
  await using server = await bootServer(plan.server, { logFile: `${open.folder}/logs/server.log`, onSpawn: (pid) => { telemetry.watch('server', pid); }, onRestart: (why) => { mark('server-restart', why); } }, ctx);
  record.server = server.record;
  telemetry.watchMetrics(server.url);
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

/** Judges (against the record's own baseline, or what is given) and renders (every format, or those that are named): pure; the same bytes whenever it is asked. */
export async function conclude(record: RunRecord, languages: readonly Language[], formats: readonly ReportFormat[] = reportFormats, against: Against | null = againstOf(record, record.baseline)): Promise<{ analysis: Analysis; verdict: Verdict; files: ReportFile[] }> {
  const analysis = analyseRecord(record, against);
  const verdict = judge({ record, analysis, against });
  return { analysis, verdict, files: await renderReports({ record, analysis, verdict }, { languages, formats }) };
}
