/** A job's figures as every output shows them. */
import type { JobAnalysis } from '../model/analysis.js';
import type { JobPlan } from '../model/job.js';
import type { RunRecord, StageResult } from '../model/record.js';
import { groupDigits } from '../model/unit.js';
import { count, dash, mib, ms, percent, plain, seconds, type Raw } from './number.js';
import { allPairs, type StagePair } from './stage-figure.js';
import type { ReportInput } from './report-input.js';
import type { Text } from './text/index.js';

/** A job that was tried: as recorded, and as analysed. */
export interface JobPair {
  pair: StagePair;
  result: StageResult;
  ended: NonNullable<StageResult['job']>;
  job: JobAnalysis;
}

/** The job of a run; null where requests were sent, or where it was not even tried. */
export function jobOf({ record, analysis }: Pick<ReportInput, 'record' | 'analysis'>): JobPair | null {
  for (const pair of allPairs(record, analysis)) {
    if (pair.result.job !== undefined && pair.stage.job !== undefined) return { pair, result: pair.result, ended: pair.result.job, job: pair.stage.job };
  }
  return null;
}

/** Whether the run was to measure a job: nothing is then said of requests and answers. */
export function isJob({ plan }: Pick<RunRecord, 'plan'>): boolean {
  return plan.load.job !== undefined;
}

/** Five significant digits: what a job says of itself is often told apart by the fourth. */
export function fine(value: Raw): string {
  if (typeof value !== 'number' || !Number.isFinite(value)) return plain(value);
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return count(value);
  if (Math.abs(value) >= 1e15 || Math.abs(value) < 1e-4) return plain(Number(value.toPrecision(3)));
  const [whole = '', rest] = String(Math.abs(Number(value.toPrecision(5)))).split('.');
  return `${value < 0 ? '−' : ''}${groupDigits(whole)}${rest === undefined ? '' : `.${rest}`}`;
}

/** A command on one line, as it may be read: nothing in it is filled in. */
export function commandText({ command }: JobPlan): string {
  return command.map((word) => (word === '' || /\s/.test(word) ? `'${word}'` : word)).join(' ');
}

/** In ms below a second, else in seconds or minutes. */
function time(valueMs: number | null): string {
  if (valueMs === null) return dash;
  return valueMs < 1000 ? ms(valueMs) : seconds(valueMs / 1000);
}

function endText({ result, ended }: JobPair, { plan }: RunRecord, text: Text): string {
  const t = text.job;
  const lasted = time(ended.durationMs);
  if (result.status === 'not-started') return t.notStarted;
  if (result.status === 'interrupted') return t.interrupted(lasted);
  if (result.status === 'server-failed') return t.serverGone(lasted);
  if (ended.timedOut) return t.timedOut(time((plan.load.job?.timeoutS ?? 0) * 1000));
  return ended.signal === null ? t.exited(plain(ended.exitCode), lasted) : t.killed(ended.signal, lasted);
}

/** Names and values of what the command was and what it cost. */
export function jobFacts(pair: JobPair, { record }: Pick<ReportInput, 'record'>, text: Text): [string, string][] {
  const t = text.job;
  const { job, ended, pair: { stage } } = pair;
  const { plan } = record;
  const names = Object.keys(plan.load.job?.env ?? {});
  return [
    ...(plan.load.job === undefined ? [] : [[t.command, commandText(plan.load.job)] as [string, string]]),
    ...(plan.load.job?.cwd ? [[t.folder, plan.load.job.cwd] as [string, string]] : []),
    ...(names.length === 0 ? [] : [[t.env, t.envText(names.join(text.enumeration))] as [string, string]]),
    [t.ended, endText(pair, record, text)],
    [t.cpu, job.cpuS === null ? text.notMeasured : job.cpuS < 0.01 ? '< 10 ms' : t.cpuText(time(job.cpuS * 1000), plain(job.cores))],
    [t.rss, job.rssPeakMiB === null ? text.notMeasured : mib(job.rssPeakMiB)],
    ...(plan.server.kind === 'none' || plan.server.kind === 'url' ? [] : [[t.beside, t.besideText(plain(stage.cpu.server), mib(stage.rssPeakMiB.server))] as [string, string]]),
    ...(job.others === null ? [] : [[t.others, t.othersText(percent(job.others), percent(job.steal))] as [string, string]]),
    [t.lines, `${t.linesText(count(ended.lines.total), count(ended.lines.json))}${ended.lines.malformed === 0 ? '' : `${text.listSeparator}${t.linesMalformed(count(ended.lines.malformed))}`}`],
  ];
}

/** Heads of the table of figures. */
export function figureHead({ job: t }: Text): string[] {
  return [t.figure, t.n, t.first, t.last, t.min, t.max, t.every, t.longest];
}

/** One row a figure. */
export function figureRows({ job: { metrics } }: JobPair, text: Text): string[][] {
  return metrics.map(({ name, n, notFinite, first, last, min, max, everyMs, longestGapMs }) => [
    name, `${count(n)}${notFinite === 0 ? '' : text.aside(text.job.notFinite(count(notFinite)))}`, fine(first), last === null && notFinite > 0 ? 'NaN' : fine(last), fine(min), fine(max), time(everyMs), time(longestGapMs),
  ]);
}

/** Reasons of validity that say no more than how the job ended. */
export const endReasons: ReadonlySet<string> = new Set(['job-failed', 'not-started', 'interrupted', 'server-failed']);

/** What the table cannot hold. */
export function figureNotes({ ended }: JobPair, text: Text): string[] {
  return [...(ended.metrics.length === 0 ? [text.job.noFigures] : []), ...(ended.unkept === 0 ? [] : [text.job.unkept(count(ended.unkept))])];
}
