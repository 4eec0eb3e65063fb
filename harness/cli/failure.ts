import { BenchError } from '../model/error.js';
import type { Io } from './io.js';
import { cliText } from './text/index.js';
import { inChinese, lineInChinese } from './text/sentence.js';

/** Failures whose details are sentences of ours; those of others are lines that a server or a program wrote. */
const ownDetails: ReadonlySet<string> = new Set(['usage', 'scenario-not-found', 'scenario-invalid', 'dataset-unusable', 'record-unreadable', 'baseline-unlike', 'unlike-runs']);

/** A failure as a person reads it: one sentence, what is known, what to do. No stack trace, unless it is a bug of ours. */
export function describeFailure(error: { code: string; message: string; hint: string; details: readonly string[] }, { language = 'en', errColour = false }: Pick<Io, 'language' | 'errColour'> = {}): string {
  const { failure } = cliText(language);
  // What a bug says of itself is for us, not for the reader.
  const said = (sentence: string): string => (language === 'en' || error.code === 'bug' ? sentence : inChinese(sentence));
  const first = failure.error(said(error.message));
  return [
    errColour ? `\u001b[31m${first}\u001b[39m` : first,
    ...(error.code === 'bug' ? [failure.bug] : []),
    ...error.details.map((line) => `  ${withoutCommands(language !== 'en' && ownDetails.has(error.code) ? lineInChinese(line) : line)}`),
    ...(error.hint === '' ? [] : [failure.hint(said(error.hint))]),
  ].join('\n');
}

/** A server's own line, which a CI runner must not take for a command of ours: GitHub reads `::…` at a line's beginning, and `##[…` anywhere. */
function withoutCommands(line: string): string {
  return line.replace(/^\s*(?=::)/, '| ').replaceAll('##[', '## [');
}

/** Anything thrown, as a BenchError: what we did not foresee is a bug of ours. */
export function asBenchError(error: unknown): BenchError {
  if (error instanceof BenchError) return error;
  const stack = error instanceof Error ? (error.stack ?? '').split('\n').slice(1, 8).map((line) => line.trim()) : [];
  return new BenchError('bug', error instanceof Error ? error.message : String(error), { cause: error, details: stack });
}
