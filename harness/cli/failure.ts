import { BenchError } from '../model/error.js';

/** A failure as a person reads it: one sentence, what is known, what to do. No stack trace, unless it is a bug of ours. */
export function describeFailure(error: { code: string; message: string; hint: string; details: readonly string[] }): string {
  const bug = error.code === 'bug' ? ['This is a bug in the harness, not a verdict on the server. Please report it with the lines below.'] : [];
  return [
    `error: ${error.message}`,
    ...bug,
    ...error.details.map((line) => `  ${withoutCommands(line)}`),
    ...(error.hint === '' ? [] : [`hint: ${error.hint}`]),
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
