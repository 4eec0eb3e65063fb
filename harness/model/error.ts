/**
 * Every way the harness refuses or fails, in one place: a code for programs, a sentence and a hint for people, an exit code for CI.
 */

/** Exit codes of the command line (docs/gating.md). */
export const exitCodes = {
  passed: 0,
  gateFailed: 1,
  usage: 2,
  environment: 3,
  invalid: 4,
  bug: 70,
  interrupted: 130,
  terminated: 143,
} as const;

/** code -> exit code. The catalogue: a code that does not stand here cannot be thrown. */
export const errorCatalogue = {
  'usage': exitCodes.usage,
  'scenario-not-found': exitCodes.usage,
  'scenario-invalid': exitCodes.usage,
  'output-not-empty': exitCodes.usage,
  'record-unreadable': exitCodes.usage,
  'file-unreadable': exitCodes.usage,
  'dataset-unusable': exitCodes.usage,
  'lexicon-unusable': exitCodes.usage,
  'unlike-runs': exitCodes.usage,
  'baseline-missing': exitCodes.usage,
  'baseline-unlike': exitCodes.usage,
  'baseline-unfit': exitCodes.usage,
  'rate-unbearable': exitCodes.usage,
  'budget-too-small': exitCodes.usage,
  'port-taken': exitCodes.environment,
  'server-not-ready': exitCodes.environment,
  'server-crashed': exitCodes.environment,
  'server-unreachable': exitCodes.environment,
  'server-command-failed': exitCodes.environment,
  'docker-missing': exitCodes.environment,
  'compose-failed': exitCodes.environment,
  'engine-missing': exitCodes.environment,
  'engine-build-failed': exitCodes.environment,
  'engine-failed': exitCodes.environment,
  'job-command-failed': exitCodes.environment,
  'job-failed': exitCodes.environment,
  'job-timed-out': exitCodes.environment,
  'disk-full': exitCodes.environment,
  'file-unwritable': exitCodes.environment,
  'interrupted': exitCodes.interrupted,
  'terminated': exitCodes.terminated,
  'bug': exitCodes.bug,
} as const;
export type ErrorCode = keyof typeof errorCatalogue;

/** A failure a person can act on. `message` is one sentence, `hint` says what to do, `details` are further lines (log tail, all scenario errors). */
export class BenchError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;
  readonly details: readonly string[];

  constructor(code: ErrorCode, message: string, options: { hint?: string; details?: readonly string[]; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'BenchError';
    this.code = code;
    this.hint = options.hint ?? '';
    this.details = options.details ?? [];
  }

  get exitCode(): number {
    return errorCatalogue[this.code];
  }
}

/** The sentence of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
