/**
 * A command from its start to its end: its time on the monotonic clock, its exit, and the figures in its JSON lines. While it runs, lines are only
 * folded; CPU, memory and GPUs are telemetry's.
 */
import type { Context, Exit, RunningProcess } from '../../host/index.js';
import { BenchError } from '../../model/error.js';
import { spawnFault } from '../../model/system-failure.js';
import type { JobPlan, JobResult } from '../../model/job.js';
import type { StageResult } from '../../model/record.js';
import type { Stage } from '../../model/stage.js';
import { formatDuration } from '../../model/unit.js';
import { emptyResult } from '../result.js';
import { createStepWatch } from '../step-watch.js';
import { readJobLine } from './line.js';
import { createMetricLog } from './metric-log.js';

export interface JobOptions {
  stage: Stage;
  job: JobPlan;
  /** Address of the server that runs beside the job; null where there is none. */
  url: string | null;
  logFile: string;
  /** Telemetry watches the process from here on. */
  onSpawn: (pid: number) => void;
  /** CPU time of ended children so far, s, as the kernel has it; null where it does not say. */
  endedCpuS: () => number | null;
  /** Aborts when the server beside the job died. */
  serverGone: AbortSignal;
}

/** What was measured, and what is wrong with it in a sentence; null of a job that ended by itself with exit code 0, or that was interrupted. */
export interface DrivenJob {
  result: StageResult;
  failure: BenchError | null;
}

const lookMs = 100;
const looksPerTick = 5;
/** Between asking a job to end and killing it; Ctrl-C must be over within 5 s. */
const stopGraceS = 3;
/** Of a last line that is shown with the failure. */
const shownCharacters = 400;

type Stopped = 'timeout' | 'interrupted' | 'server-failed';

/** Runs the command. Never rejects because of it: `failure` says what happened. */
export async function driveJob(options: JobOptions, ctx: Context): Promise<DrivenJob> {
  const { stage, job } = options;
  const { clock } = ctx.host;
  const figures = createMetricLog();
  const lines = { total: 0, json: 0, malformed: 0, tooLong: 0 };
  const onLine = createLineCounter(lines, (values) => { figures.add(ctx.sinceStartMs(), values); });

  const steps = createStepWatch(clock);
  const cpuBeforeS = options.endedCpuS();
  const startedMs = ctx.sinceStartMs();
  let endedMs: number | null = null;
  const resultOf = (status: StageResult['status'], why: string | null, exit: Exit, timedOut: boolean): StageResult => {
    const toMs = endedMs ?? ctx.sinceStartMs();
    const cpuAfterS = options.endedCpuS();
    const cpuS = cpuBeforeS === null || cpuAfterS === null || endedMs === null ? null : Math.max(0, Number((cpuAfterS - cpuBeforeS).toFixed(2)));
    const ended: JobResult = { durationMs: toMs - startedMs, exitCode: exit.code, signal: exit.signal, timedOut, cpuS, lines, ...figures.finish() };
    const empty = emptyResult({
      stage, engine: 'command', status, why, spawnedAtMs: startedMs, toRunMs: 0, counted: null, dropped: 0, loopLag: null, eventLoopUse: null, clockStepMs: steps.largestMs(), messages: [], exitCode: exit.code,
    }, startedMs);
    return { ...empty, windowToMs: toMs, endedAtMs: toMs, job: ended };
  };

  if (ctx.signal.aborted) return { result: resultOf('interrupted', 'The run was interrupted.', { code: null, signal: null }, false), failure: null };
  let process: RunningProcess;
  try {
    process = await spawnJob(options, ctx, onLine, () => { endedMs = ctx.sinceStartMs(); });
  } catch (error) {
    const failure = notStarted(job, error, ctx);
    return { result: resultOf('not-started', failure.message, { code: null, signal: null }, false), failure };
  }
  options.onSpawn(process.pid);

  let stopped: Stopped | null = null;
  const stop = (why: Stopped) => (): void => {
    if (stopped !== null || endedMs !== null) return;
    stopped = why;
    void process.stop(stopGraceS);
  };
  const [onAbort, onGone, onTimeout] = [stop('interrupted'), stop('server-failed'), stop('timeout')];
  ctx.signal.addEventListener('abort', onAbort, { once: true });
  options.serverGone.addEventListener('abort', onGone, { once: true });
  // An abort while the command was being started has fired already.
  if (ctx.signal.aborted) onAbort();
  if (options.serverGone.aborted) onGone();
  let looks = 0;
  const stopLooking = clock.every(lookMs, () => {
    steps.look();
    const elapsedS = (ctx.sinceStartMs() - startedMs) / 1000;
    if (elapsedS >= job.timeoutS) onTimeout();
    looks += 1;
    if (looks % looksPerTick === 0) ctx.onEvent({ kind: 'job-tick', stage, elapsedS, lines: lines.total, latest: figures.latest(), vramMiB: null });
  });

  const exit = await process.exited;
  stopLooking();
  ctx.signal.removeEventListener('abort', onAbort);
  options.serverGone.removeEventListener('abort', onGone);
  const failure = failureOf(exit, stopped, job, process.lastLines());
  return { result: resultOf(statusOf(stopped, failure), whyOf(stopped, failure), exit, stopped === 'timeout'), failure };
}

/** Counts lines and hands on their figures. A line that comes in pieces is looked at once, by its first piece. */
function createLineCounter(lines: JobResult['lines'], onValues: (values: readonly (readonly [string, number | null])[]) => void): (line: string, more: boolean) => void {
  let inside = false;
  return (line, more) => {
    const first = !inside;
    inside = more;
    if (!first) return;
    lines.total += 1;
    if (more) {
      if (!line.trimStart().startsWith('{')) return;
      lines.malformed += 1;
      lines.tooLong += 1;
      return;
    }
    const read = readJobLine(line);
    if (read.kind === 'malformed') lines.malformed += 1;
    if (read.kind !== 'values') return;
    lines.json += 1;
    onValues(read.values);
  };
}

function spawnJob({ job, url, logFile }: JobOptions, ctx: Context, onStdoutLine: (line: string, more: boolean) => void, onExit: () => void): Promise<RunningProcess> {
  const { processes, files } = ctx.host;
  const fill = (text: string): string => text.replaceAll('{url}', url ?? '').replaceAll('{package}', files.packageRoot);
  return processes.spawn(job.command.map(fill), {
    name: 'job',
    ...(job.cwd === null ? {} : { cwd: job.cwd }),
    // Python keeps what it prints to a pipe until some thousand characters are there: its lines would all come at once.
    env: { PYTHONUNBUFFERED: '1', ...Object.fromEntries(Object.entries(job.env).map(([name, value]) => [name, fill(value)])) },
    logFile, onStdoutLine, onExit,
  });
}

function notStarted({ command, cwd }: JobPlan, error: unknown, { host }: Context): BenchError {
  if (cwd !== null && !host.files.exists(cwd)) return new BenchError('job-command-failed', `The job could not be started: there is no folder ${cwd}.`, { hint: 'Check load.job.cwd; it counts from the folder mgeo-bench is started in.', cause: error });
  return new BenchError('job-command-failed', `The job could not be started: ${command[0] ?? ''}: ${spawnFault(error)}.`, { hint: 'Check load.job.command: is the program installed and on the PATH?', cause: error });
}

function failureOf(exit: Exit, stopped: Stopped | null, job: JobPlan, lastLines: readonly string[]): BenchError | null {
  if (stopped === 'interrupted' || stopped === 'server-failed' || (stopped === null && exit.code === 0)) return null;
  const details = lastLines.map((line) => (line.length > shownCharacters ? `${line.slice(0, shownCharacters)}…` : line));
  const where = details.length === 0 ? 'It wrote nothing: run its command by hand to see why.' : 'Its last lines stand above; the whole log is in the run folder under logs/.';
  if (stopped === 'timeout') return new BenchError('job-timed-out', `The job did not end within ${formatDuration(job.timeoutS * 1000)} and was stopped.`, { hint: `Give it longer with load.job.timeout, or less to do. ${where}`, details });
  const how = exit.signal === null ? `ended with exit code ${String(exit.code)}` : `was killed by ${exit.signal}`;
  return new BenchError('job-failed', `The job ${how}.`, { hint: where, details });
}

function statusOf(stopped: Stopped | null, failure: BenchError | null): StageResult['status'] {
  if (stopped === 'interrupted' || stopped === 'server-failed') return stopped;
  return failure === null ? 'completed' : 'job-failed';
}

function whyOf(stopped: Stopped | null, failure: BenchError | null): string | null {
  if (stopped === 'interrupted') return 'The run was interrupted.';
  return stopped === 'server-failed' ? 'The server beside the job ended.' : (failure?.message ?? null);
}
