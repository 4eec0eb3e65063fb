import type { z } from 'zod';
import { nearestWord } from '../model/nearest.js';
import { knownWordsAt } from './json-schema.js';
import { keyPlaceAt, pathText, placeAt, type Located, type Path, type Problem } from './located.js';

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
  return [`unknown word "${word}"`, ...(known.length > 0 ? [`known here: ${known.join(', ')}`] : [])].join('; ');
}
