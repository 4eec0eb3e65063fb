import type { MatchLabel, OwnClass } from '../../model/dataset.js';

/** What can be wrong with a line: [sentence, what to do]. Sentences never quote the line: it may hold an address. */
export const badSentences = {
  'quote-open': 'a quote is opened and never closed',
  'after-quote': 'text follows a closing quote',
  'too-long': 'longer than 65,536 characters',
  'not-json': 'not valid JSON',
  'not-a-map': 'neither a JSON object nor a list',
  'columns': 'has another number of columns than the first line',
  'no-columns': 'nothing says which two of its values are the addresses',
  'no-a': 'the first address is missing',
  'no-b': 'the second address is missing',
  'not-text': 'an address is not text',
  'undecodable': 'holds bytes or characters that cannot be read',
  'label': 'the label is none that is known',
  'label-nested': 'the label is an object of its own, not a word or a number',
  'time': 'the time cannot be read',
} as const;
export type BadCode = keyof typeof badSentences;

/** A pair of the user's own. */
export interface OwnRow {
  kind: 'row';
  /** Line of the file where it begins, from 1. */
  line: number;
  a: string;
  b: string;
  /** Labels that are right; empty where the file says none. */
  expected: readonly MatchLabel[];
  class: OwnClass;
  /** Milliseconds since 1970; absent without a column of times, or where its cell is empty. */
  timeMs?: number;
}

/** A line that is no pair, and why. */
export interface BadRow {
  kind: 'bad';
  line: number;
  code: BadCode;
  why: string;
}

/** A line that is no pair, with the sentence of its code. */
export const badRow = (line: number, code: BadCode): BadRow => ({ kind: 'bad', line, code, why: badSentences[code] });
