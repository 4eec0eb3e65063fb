/**
 * One stage with an engine that is a process: start it, fold its rows as they stream, stop it when every request of the window
 * has ended, and say what happened. Nothing is computed from the rows while it runs.
 */
import type { Context, RunningProcess } from '../host/index.js';
import { spawnFault } from '../model/system-failure.js';
import type { EngineName } from '../model/plan.js';
import type { StageResult } from '../model/record.js';
import { workersOf } from '../model/stage.js';
import { createCollector, type Collector } from './collect.js';
import type { DriveOptions } from './engine.js';
import { createPauseWatch } from './pause-watch.js';
import { emptyResult, stageResult, type Drive } from './result.js';
import type { RequestRow } from './row.js';
import { stageSchedule } from './schedule.js';
import { settleMs } from './settings.js';
import { createStepWatch } from './step-watch.js';

/** What an engine's output holds, as it is read. */
export interface Sink {
  /** The engine's clock beside the wall clock, once, before any row; and when the load begins, on the engine's clock. */
  clock(clockMs: number, epochMs: number, startMs: number): void;
  row(row: RequestRow): void;
  /** An error-level line of the engine. `fatal`: the stage cannot go on. */
  message(text: string, fatal: boolean): void;
}

/** What the engine itself counted, known once its output ended. */
export interface OwnCount {
  counted: number | null;
  loopLag: { p50Ms: number; p99Ms: number } | null;
  eventLoopUse: number | null;
}

/** An engine's program: how it is started, read and stopped. */
export interface Program {
  name: EngineName;
  command: readonly string[];
  env: Record<string, string | undefined>;
  readStdout: (chunk: Uint8Array) => void;
  readStderr: (line: string) => void;
  /** Sent when the window's requests have all ended. */
  stopSignal: 'SIGINT' | 'SIGTERM';
  /** How long it may take to end after that, s. */
  stopWithinS: number;
  /** The exit code of a program that ended because of the signal. */
  stoppedCode: number;
  ownCount: () => OwnCount;
}

const checkMs = 100;
const ticksEvery = 5;
const startWithinS = 60;
/** Beyond time-out and pause, what an engine may take to end a request and report it, ms. */
const reportWithinMs = 3000;
const keptMessages = 20;

type Ending = Pick<Drive, 'status' | 'why'> & { stop: 'gently' | 'at once' };

/** Drives one stage. Rejects only on a bug in the harness. */
export async function driveProgram(makeProgram: (sink: Sink, schedule: Float64Array | null) => Promise<Program>, options: DriveOptions, ctx: Context): Promise<StageResult> {
  const { stage, target } = options;
  const { clock } = ctx.host;
  const runZeroEpochMs = clock.epochMs() - ctx.sinceStartMs();
  const schedule = stageSchedule(stage, target.timeoutS, options.seed, options.momentsMs);
  const messages: string[] = [];
  let collector: Collector | null = null;
  let toRunMs = 0;
  /** Harness clock minus engine clock; a little too large, so the engine's now is never guessed too late. */
  let behindMs = 0;
  const steps = createStepWatch(clock);
  let end: (ending: Ending) => void = () => undefined;
  const ended = new Promise<Ending>((resolve) => {
    end = resolve;
  });

  const sink: Sink = {
    clock: (clockMs, epochMs, startMs) => {
      if (collector !== null) return;
      toRunMs = epochMs - clockMs - runZeroEpochMs;
      behindMs = clock.nowMs() - clockMs;
      collector = createCollector({ ...options, request: target.request, startMs, schedule });
    },
    row: (row) => collector?.add(row),
    message: (text, fatal) => {
      if (messages.length < keptMessages) messages.push(text);
      if (fatal) end({ status: 'engine-failed', why: text, stop: 'at once' });
    },
  };
  const program = await makeProgram(sink, schedule);
  const spawnedAtMs = ctx.sinceStartMs();
  const describe = (ending: Ending, exitCode: number | null): Drive => ({
    stage, engine: program.name, status: ending.status, why: ending.why, spawnedAtMs, toRunMs, clockStepMs: steps.largestMs(), messages, exitCode, dropped: 0, ...program.ownCount(),
  });

  const interrupted: Ending = { status: 'interrupted', why: 'The run was interrupted.', stop: 'at once' };
  const serverFailed: Ending = { status: 'server-failed', why: 'The server under test ended.', stop: 'at once' };
  if (ctx.signal.aborted) return emptyResult(describe(interrupted, null), spawnedAtMs);
  if (options.serverGone.aborted) return emptyResult(describe({ ...serverFailed, status: 'not-started' }, null), spawnedAtMs);

  let process: RunningProcess;
  try {
    process = await ctx.host.processes.spawn(program.command, {
      name: program.name,
      env: program.env,
      logFile: options.logFile,
      onStdout: program.readStdout,
      onStderrLine: program.readStderr,
    });
  } catch (error) {
    return emptyResult(describe({ status: 'engine-failed', why: `${program.name} could not be started: ${spawnFault(error)}`, stop: 'at once' }, null), spawnedAtMs);
  }
  options.onSpawn(process.pid);
  const pauses = createPauseWatch(process.pid, ctx);
  const onAbort = (): void => {
    end(interrupted);
  };
  const onGone = (): void => {
    end(serverFailed);
  };
  ctx.signal.addEventListener('abort', onAbort, { once: true });
  options.serverGone.addEventListener('abort', onGone, { once: true });
  // An abort while the engine was being started has fired already.
  if (ctx.signal.aborted) onAbort();
  if (options.serverGone.aborted) onGone();
  void process.exited.then((exit) => {
    const last = messages[messages.length - 1] ?? process.lastLines().pop();
    end({ status: 'engine-failed', why: `${program.name} ended early (${exit.signal ?? `exit code ${String(exit.code)}`})${last === undefined ? '' : `: ${last}`}`, stop: 'at once' });
  });

  let checks = 0;
  let lastEnded = 0;
  const stopChecks = clock.every(checkMs, () => {
    checks += 1;
    steps.look();
    if (collector === null) {
      if (checks * checkMs > startWithinS * 1000) end({ status: 'engine-failed', why: `${program.name} sent nothing within ${String(startWithinS)} s`, stop: 'at once' });
      return;
    }
    const { window } = collector;
    const engineNowMs = clock.nowMs() - behindMs;
    const closedAtMs = options.common?.closedAtMs() ?? null;
    // Not before what has been counted already.
    if (closedAtMs !== null && stage.arrival.kind !== 'offline') window.closeAt(Math.max(closedAtMs - toRunMs, collector.latestMs()));
    pauses.look(engineNowMs >= window.fromMs && engineNowMs < window.toMs);
    if (checks % ticksEvery === 0) {
      const live = collector.live();
      const soFar = live.completed + live.failed;
      ctx.onEvent({ kind: 'tick', stage, elapsedS: (engineNowMs - window.fromMs) / 1000, completed: live.completed, failed: live.failed, rps: ((soFar - lastEnded) * 1000) / (ticksEvery * checkMs), p95Ms: live.p95Ms, recent: live.recent, vramMiB: null });
      lastEnded = soFar;
    }
    if (engineNowMs < window.toMs) return;
    if (window.settled() || engineNowMs > window.toMs + settleMs(stage, target.timeoutS) + reportWithinMs) {
      options.onSettled?.(window.toMs + toRunMs);
      end({ status: 'completed', why: null, stop: 'gently' });
    }
  });

  const ending = await ended;
  stopChecks();
  ctx.signal.removeEventListener('abort', onAbort);
  options.serverGone.removeEventListener('abort', onGone);
  const stoppedAtMs = clock.nowMs();
  const exit = await stop(process, program, ending.stop, ctx);
  if (collector === null) return emptyResult(describe(ending, exit.code), spawnedAtMs);
  // An exit that we asked for is a good one, whatever the program's number for it.
  const exitCode = ending.stop === 'gently' && exit.code === program.stoppedCode ? 0 : exit.code;
  return conclude({ ...describe(ending, exitCode), pausedMs: pauses.pausedMs() }, collector, stoppedAtMs - behindMs, schedule === null || schedule.length > 0);
}

async function stop(process: RunningProcess, program: Program, how: Ending['stop'], ctx: Context): Promise<{ code: number | null }> {
  process.signal(program.stopSignal);
  const kill = new AbortController();
  void ctx.host.clock.sleep(how === 'gently' ? program.stopWithinS * 1000 : 500, kill.signal).then(() => process.signal('SIGKILL'), () => undefined);
  const onAbort = (): void => void process.signal('SIGKILL');
  ctx.signal.addEventListener('abort', onAbort, { once: true });
  const exit = await process.exited;
  ctx.signal.removeEventListener('abort', onAbort);
  kill.abort();
  return exit;
}

/** A stage cut short keeps the part of its window that was seen. `asked`: there was something to send. */
function conclude(drive: Drive, collector: Collector, stoppedAtMs: number, asked: boolean): StageResult {
  if (drive.status !== 'completed') collector.window.closeAt(Math.max(stoppedAtMs, collector.latestMs()));
  const collected = collector.finish();
  const lost = Math.max(0, collected.numbered - collected.rows);
  const users = workersOf(drive.stage.arrival);
  // What the stop cut off between a user's row and the engine's own count of it is no loss: at most one a user.
  const counted = drive.counted !== null && Math.abs(drive.counted - collected.rows) <= users ? collected.numbered : drive.counted;
  const silent = asked && drive.status === 'completed' && collected.rows === 0;
  return stageResult({
    ...drive,
    ...(silent ? { status: 'engine-failed' as const, why: `${drive.engine} reported no request` } : {}),
    counted,
    dropped: lost,
  }, collected);
}
