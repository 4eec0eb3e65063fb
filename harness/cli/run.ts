import { readArrivals } from '../dataset/index.js';
import { parseGate } from '../gate/index.js';
import type { Context, Files, Host } from '../host/index.js';
import { BenchError } from '../model/error.js';
import { conclude, runPlan } from '../pipeline.js';
import { terminalTable, type Language, type ReportFile } from '../report/index.js';
import { loadPlan, type LoadedPlan } from '../scenario/index.js';
import { asBenchError, describeFailure } from './failure.js';
import type { Io } from './io.js';
import { createProgress, type ProgressMode } from './progress.js';

export interface ScenarioFlags {
  set: string[];
  engine?: string;
  seed?: number;
  strict?: boolean;
}

export interface RunFlags extends ScenarioFlags {
  output?: string;
  lang: 'en' | 'zh-CN' | 'both';
  progress: ProgressMode;
  json?: boolean;
}

/** The plan of a scenario with the flags of the command line laid over it. */
export function planOf(scenario: string, flags: ScenarioFlags, host: Host): LoadedPlan {
  return loadPlan(scenario, flags, { parseGate, readArrivals: (path, options) => readArrivals(path, options, host.files) }, host);
}

/** `run`: the whole sentence. Resolves to the exit code. */
export async function run(scenario: string, flags: RunFlags, host: Host, signal: AbortSignal, io: Io): Promise<number> {
  const startedMs = host.clock.nowMs();
  const sinceStartMs = (): number => host.clock.nowMs() - startedMs;
  const progress = createProgress(flags.progress, io, sinceStartMs);
  const ctx: Context = { host, signal, onEvent: progress.onEvent, sinceStartMs };
  const { plan, fromEnvironment, moments } = planOf(scenario, flags, host);

  const { record, folder } = await runPlan(plan, { output: flags.output ?? null, secrets: fromEnvironment, moments }, ctx);
  progress.onEvent({ kind: 'phase', phase: 'report' });
  const languages = languagesOf(flags.lang);
  const { analysis, verdict, files } = await conclude(record, languages);
  progress.end();

  // The answer first: a full disk must not take it away.
  if (flags.json) io.out(files.find((file) => file.name === 'result.json')?.content ?? '');
  else io.out(`${terminalTable({ record, analysis, verdict }, languages[0] ?? 'en', { colour: io.colour, columns: io.columns })}\n`);
  const { written, failure: unwritten } = writeReports(files, folder, host.files);
  // The page; where it found no room, what did.
  const pages = written.filter((name) => name.endsWith('.html'));
  if (!flags.json && written.length > 0) io.out(`\n${(pages.length > 0 ? pages : written).map((name) => `${folder}/${name}`).join('\n')}\n`);
  // An interruption after the measuring, while the report was made, is one too.
  const failure = record.failure ?? unwritten ?? (signal.aborted ? asBenchError(signal.reason) : null);
  if (failure === null) return verdict.exitCode;
  io.err(`${describeFailure(failure)}\n`);
  return failure.exitCode;
}

/** Writes what can be written, small files first; gives the names of these, and the first failure. */
export function writeReports(files: readonly ReportFile[], folder: string, disk: Files): { written: string[]; failure: BenchError | null } {
  const written: string[] = [];
  let failure: BenchError | null = null;
  for (const file of [...files].sort((x, y) => x.content.length - y.content.length)) {
    try {
      disk.writeText(`${folder}/${file.name}`, file.content);
      written.push(file.name);
    } catch (error) {
      failure ??= asBenchError(error);
    }
  }
  return { written, failure };
}

export function languagesOf(lang: 'en' | 'zh-CN' | 'both'): Language[] {
  return lang === 'both' ? ['en', 'zh-CN'] : [lang];
}

/** Reads a whole number of the command line. */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new BenchError('usage', `"${text}" is not a whole number.`);
  return value;
}

