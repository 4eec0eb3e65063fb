import { BenchError } from '../../model/error.js';

/** What makes a file of the user's own unusable as a whole. `line` 0: no line is at fault. Never holds text of a row. */
export function unusable(name: string, line: number, sentence: string, hint: string, details: readonly string[] = []): BenchError {
  return new BenchError('dataset-unusable', `${name}${line === 0 ? '' : `:${String(line)}`}: ${sentence}.`, { hint, details });
}
