import type { z } from 'zod';
import { nearestWord } from '../model/nearest.js';
import { knownWordsAt } from './json-schema.js';
import { keyPlaceAt, pathText, placeAt, type Located, type Path, type Problem } from './located.js';

const wanted: Readonly<Record<string, string>> = {
  string: 'text', number: 'a number', int: 'a whole number', boolean: 'true or false', object: 'a map', record: 'a map', array: 'a list', tuple: 'a list',
};

/** Plain sentences for what the schema itself has no sentence for. Used as zod's error map. */
export function sentenceOf(issue: z.core.$ZodRawIssue): string {
  if (issue.input === undefined && issue.code !== 'unrecognized_keys') return 'is missing';
  const is = described(issue.input);
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === null) return `is empty: expected ${wanted[issue.expected] ?? issue.expected}${issue.expected === 'object' ? '; write {} to take the defaults' : ''}`;
      if (issue.expected === 'string' && typeof issue.input === 'number') return `expected text, but ${is} is a number: put it in quotes`;
      return `expected ${wanted[issue.expected] ?? issue.expected}, not ${is}`;
    case 'invalid_value': {
      const known = issue.values.map(String);
      const near = typeof issue.input === 'string' ? nearestWord(issue.input, known) : undefined;
      const choice = known.length === 1 ? (known[0] ?? '') : `one of ${known.join(', ')}`;
      return `expected ${choice}, not ${is}${near === undefined ? '' : `; did you mean "${near}"?`}`;
    }
    case 'too_small': return `must be at least ${String(issue.minimum)}`;
    case 'too_big': return `must be at most ${String(issue.maximum)}`;
    default: return `does not fit here: ${is}`;
  }
}

function described(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  return typeof value === 'string' ? `"${value.length > 40 ? `${value.slice(0, 40)}…` : value}"` : String(value);
}

/** zod's issues as problems with places; an unknown word is one problem a word. */
export function problemsOf(issues: readonly z.core.$ZodIssue[], root: Located, prefix: Path = []): Problem[] {
  return issues.flatMap((issue): Problem[] => {
    const path = [...prefix, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ place: keyPlaceAt(root, path, key), path: pathText([...path, key]), sentence: unknownWord(key, knownWordsAt(path)) }));
    }
    const branch = issue.code === 'invalid_union' ? issue.errors.find(isOfThisForm) : undefined;
    if (branch) return problemsOf(branch, root, path);
    return [{ place: placeAt(root, path), path: pathText(path), sentence: issue.message }];
  });
}

/** Mistakes about a value as a whole: it is none of this form, so another form or the sentence about all of them says more. */
const ofAnotherForm: ReadonlySet<string> = new Set(['invalid_type', 'invalid_value', 'invalid_union']);

/** Of several allowed forms, the one that was written: its mistakes are inside. */
function isOfThisForm(errors: readonly z.core.$ZodIssue[]): boolean {
  return errors.length > 0 && errors.every((error) => error.path.length > 0 || !ofAnotherForm.has(error.code));
}

/** "unknown word …" with the nearest known one, or all that are known. */
export function unknownWord(word: string, known: readonly string[]): string {
  const near = nearestWord(word, known);
  if (near !== undefined) return `unknown word "${word}"; did you mean "${near}"?`;
  return `unknown word "${word}"${known.length > 0 ? `; known here: ${known.join(', ')}` : ''}`;
}
