import type { z } from 'zod';
import { nearestWord } from './nearest.js';

const wanted: Readonly<Record<string, string>> = {
  string: 'text', number: 'a number', int: 'a whole number', boolean: 'true or false', object: 'a map', record: 'a map', array: 'a list', tuple: 'a list',
};

/** Plain sentences for what the schema itself has no sentence for. Used as zod's error map. */
export function sentenceOf(issue: z.core.$ZodRawIssue): string {
  if (issue.input === undefined && issue.code !== 'unrecognized_keys') return 'is missing';
  const is = described(issue.input);
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === null) return `is empty: expected ${wanted[issue.expected] ?? issue.expected}`;
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
