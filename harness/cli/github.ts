/**
 * GitHub Actions, where we run in it: the step's summary, annotations, outputs. Nothing happens anywhere else, and nothing that fails here changes
 * the verdict.
 */
import type { Host } from '../host/index.js';
import { BenchError } from '../model/error.js';
import { faultOf } from '../model/system-failure.js';
import { commandText, fitSummary, githubNames, type Language, type ReportFile } from '../report/index.js';
import type { Io } from './io.js';
import { printedIn } from './language.js';
import { cliText } from './text/index.js';
import { inLanguage } from './text/sentence.js';

/** GitHub takes a MiB a step. Below what is left for a second run of the step there is no room for its verdict either. */
const mostSummaryBytes = 1_000_000;
const leastSummaryBytes = 5000;

/** Whether this is a step of GitHub Actions. */
export function inGithubActions({ machine }: Pick<Host, 'machine'>): boolean {
  return machine.variable('GITHUB_ACTIONS') === 'true';
}

function append(variable: string, host: Host, io: Io, textFor: (before: string) => string): void {
  const path = host.machine.variable(variable);
  if (path === undefined || path === '') return;
  try {
    const before = host.files.tryReadText(path) ?? '';
    host.files.writeText(path, before + textFor(before));
  } catch (error) {
    io.err(`${cliText(printedIn(io)).github(variable, inLanguage(error instanceof BenchError ? error.message : faultOf(error), printedIn(io)))}\n`);
  }
}

/**
 * Tells what `files` hold: github-summary.md and github-annotations.txt. `outputs` become outputs of the step; a line break in one would begin
 * another, so it becomes a blank.
 */
export function tellGithub(files: readonly ReportFile[], outputs: Readonly<Record<string, string>>, language: Language, host: Host, io: Io): void {
  if (!inGithubActions(host)) return;
  const contentOf = (name: string): string => files.find((file) => file.name === name)?.content ?? '';
  // The runner reads commands from stderr too; stdout may be result.json.
  io.err(contentOf(githubNames.annotations));
  append('GITHUB_STEP_SUMMARY', host, io, (before) => {
    const left = mostSummaryBytes - Buffer.byteLength(before);
    return left < leastSummaryBytes ? '' : `${fitSummary(contentOf(githubNames.summary), language, left)}\n`;
  });
  append('GITHUB_OUTPUT', host, io, () => Object.entries(outputs).map(([name, value]) => `${name}=${value.replace(/[\r\n]+/g, ' ')}\n`).join(''));
}

/** What ended before there was a verdict, as an annotation: English, as all of them are. A log is long, and who looks at the job sees only its exit code. */
export function tellFailure({ message, hint }: Pick<BenchError, 'message' | 'hint'>, host: Pick<Host, 'machine'>, io: Pick<Io, 'err'>): void {
  if (inGithubActions(host)) io.err(`${commandText({ level: 'error', title: 'mgeo-bench', message: `${message} ${hint}`.trim() })}\n`);
}
