import { BenchError, messageOf } from '../model/error.js';
import type { RunRecord } from '../model/record.js';

/** Where the program is installed tells of people and machines; which of its files it was does not. */
const installed = /(?:file:\/\/)?\/[^\s()]*\/(?=(?:dist|node_modules)\/)/g;

/** Writes down what ended the run early. What nobody foresaw is a bug of ours, with its place. */
export function noteFailure(record: RunRecord, thrown: unknown, aborted: boolean): void {
  const error = thrown instanceof BenchError ? thrown : new BenchError('bug', messageOf(thrown), { cause: thrown, details: thrown instanceof Error && thrown.stack ? thrown.stack.split('\n').slice(1, 8).map((line) => line.replace(installed, '')) : [] });
  record.outcome = aborted ? 'aborted' : 'failed';
  record.failure = { code: error.code, message: error.message, hint: error.hint, exitCode: error.exitCode, details: [...error.details] };
}
