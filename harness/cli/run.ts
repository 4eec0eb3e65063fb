import type { Context, Host } from '../host/index.js';
import { conclude, runPlan } from '../pipeline.js';
import { renderReports, terminalTable } from '../report/index.js';
import { askedWords } from './asked.js';
import { baselineOfRun } from './run-baseline.js';
import { runSeries } from './compare.js';
import { asBenchError, describeFailure } from './failure.js';
import { planOf, type RunFlags } from './flags.js';
import type { Io } from './io.js';
import type { LoadedPlan } from '../scenario/index.js';
import { createProgress } from './progress/index.js';
import { printedIn } from './language.js';
import { openPage } from './open-report.js';
import { inGithubActions, tellGithub } from './github.js';
import { languagesOf, writeReports } from './report-files.js';
import { cliText } from './text/index.js';

/** `run`: the whole sentence. Resolves to the exit code. */
export async function run(scenario: string, flags: RunFlags, host: Host, signal: AbortSignal, io: Io): Promise<number> {
  const startedMs = host.clock.nowMs();
  const sinceStartMs = (): number => host.clock.nowMs() - startedMs;
  const progress = createProgress(flags.progress, io, sinceStartMs);
  const onAbort = (): void => { progress.onEvent({ kind: 'note', level: 'info', code: 'stopping', text: cliText(printedIn(io)).progress.interrupted }); };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await runWatched(scenario, flags, { host, signal, onEvent: progress.onEvent, sinceStartMs }, io, progress.end);
  } finally {
    signal.removeEventListener('abort', onAbort);
    progress.end();
  }
}

/** With the live page beside it where one is wanted; it ends with the run, however that ends. */
async function runWatched(scenario: string, flags: RunFlags, outer: Context, io: Io, endProgress: () => void): Promise<number> {
  const loaded = planOf(scenario, flags, outer.host);
  if (flags.live !== true) return runLoaded(scenario, loaded, flags, outer, io, endProgress);
  const text = cliText(printedIn(io));
  const { startLive } = await import('./live/index.js');
  const live = await startLive(loaded.plan.name, printedIn(io), outer.host, outer.sinceStartMs);
  try {
    if (flags.progress === 'none') io.err(`${text.livePage(live.link)}\n`);
    else outer.onEvent({ kind: 'note', level: 'info', code: 'live-page', text: text.livePage(live.link) });
    if (flags.open === true) await openOrSay(live.link, outer.host, io);
    const onEvent: Context['onEvent'] = (event) => {
      outer.onEvent(event);
      live.onEvent(event);
    };
    return await runLoaded(scenario, loaded, flags, { ...outer, onEvent }, io, endProgress);
  } finally {
    await live.close();
  }
}

async function openOrSay(target: string, host: Host, io: Io): Promise<void> {
  const unopened = await openPage(target, host, cliText(printedIn(io)));
  if (unopened !== null) io.err(`${unopened}\n`);
}

async function runLoaded(scenario: string, loaded: LoadedPlan, flags: RunFlags, ctx: Context, io: Io, endProgress: () => void): Promise<number> {
  const { host, signal } = ctx;
  const { plan, fromEnvironment, moments, design } = loaded;
  const baseline = await baselineOfRun(loaded, flags.baseline, host);
  if (design !== null) return runSeries(scenario, { ...loaded, design, baseline }, flags, ctx, io, endProgress);

  const { record, folder } = await runPlan(plan, { output: flags.output ?? null, secrets: fromEnvironment, moments, baseline, asked: askedWords(scenario, flags) }, ctx);
  ctx.onEvent({ kind: 'phase', phase: 'report' });
  const languages = languagesOf(flags.lang);
  const { analysis, verdict, files } = await conclude(record, languages);
  endProgress();

  // The answer first: a full disk must not take it away.
  if (flags.json) io.out(files.find((file) => file.name === 'result.json')?.content ?? '');
  else io.out(`${terminalTable({ record, analysis, verdict }, printedIn(io), { colour: io.colour, columns: io.columns })}\n`);
  const { written, failure: unwritten } = writeReports(files, folder, host.files);
  // The page; where it found no room, what did.
  const pages = written.filter((name) => name.endsWith('.html'));
  if (!flags.json && written.length > 0) io.out(`\n${(pages.length > 0 ? pages : written).map((name) => `${folder}/${name}`).join('\n')}\n`);
  const page = pages[0];
  if (flags.open === true && page !== undefined && !signal.aborted) await openOrSay(`${folder}/${page}`, host, io);
  if (inGithubActions(host)) tellGithub(await renderReports({ record, analysis, verdict }, { languages, formats: ['github'] }), { verdict: verdict.status, folder }, languages[0] ?? 'en', host, io);
  // An interruption after the measuring, while the report was made, is one too.
  const failure = record.failure ?? unwritten ?? (signal.aborted ? asBenchError(signal.reason) : null);
  if (failure === null) return verdict.exitCode;
  io.err(`${describeFailure(failure, io)}\n`);
  return failure.exitCode;
}
