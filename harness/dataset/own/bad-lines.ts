import { BenchError } from '../../model/error.js';
import { groupDigits } from '../../model/unit.js';
import type { BadRow } from './row.js';
import { hintOf, type OwnFileFacts } from './rows.js';

/** How many bad lines are named. */
const badShown = 5;

/** The bad lines of one file, for people: all are counted by the facts, the first are kept. */
export interface BadLines {
  add(line: Pick<BadRow, 'line' | 'why'> & Partial<Pick<BadRow, 'code'>>): void;
  first(): readonly Pick<BadRow, 'line' | 'why'>[];
  /** How many were left out, and `file:line: why` of the first; null where every line is a pair. */
  sentence(facts: Pick<OwnFileFacts, 'rows' | 'bad'>): string | null;
  /** What ends the program where no line may be bad. */
  failure(facts: Pick<OwnFileFacts, 'rows' | 'bad'>): BenchError;
}

/** @param file as messages call it */
export function createBadLines(file: string): BadLines {
  const first: Parameters<BadLines['add']>[0][] = [];
  const named = (): string[] => first.map(({ line, why }) => `${file}:${String(line)}: ${why}`);
  const rest = (bad: number): string => `and ${groupDigits(bad - first.length)} more`;
  return {
    add(line) {
      if (first.length < badShown) first.push(line);
    },
    first: () => first,
    sentence({ rows, bad }) {
      if (bad === 0) return null;
      return `${groupDigits(bad)} of ${groupDigits(rows + bad)} lines ${bad === 1 ? 'is no pair and was' : 'are no pairs and were'} left out: ${named().join('; ')}${bad > first.length ? ` ${rest(bad)}` : ''}`;
    },
    failure({ rows, bad }) {
      return new BenchError('dataset-unusable', `${file}: ${groupDigits(bad)} of ${groupDigits(rows + bad)} lines ${bad === 1 ? 'is no pair' : 'are no pairs'}, and none may be wrong here (strict).`, {
        details: bad > first.length ? [...named(), rest(bad)] : named(),
        hint: `Mend the lines, or run without --strict: then they are left out and counted. ${first[0]?.code === undefined ? '' : hintOf(first[0].code)}`.trim(),
      });
    },
  };
}
