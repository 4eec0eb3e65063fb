import { BenchError } from '../../model/error.js';
import { nearestWord } from '../../model/nearest.js';

/** A class of pairs by its name, out of those that can be meant here. Throws usage. */
export function classNamed<Name extends string>(name: string, known: readonly Name[]): Name {
  const found = known.find((one) => one === name);
  if (found !== undefined) return found;
  const near = nearestWord(name, known);
  throw new BenchError('usage', `"${name}" is not a class of these pairs.`, { hint: `${near === undefined ? '' : `Did you mean "${near}"? `}The classes are ${known.join(', ')}.` });
}

/** Where the class is one of theirs, but no pair has it. */
export function noneOfClass(name: string): BenchError {
  return new BenchError('usage', `No pair of the file is of class ${name}.`, { hint: 'docs/own-data.md says which label makes which class.' });
}
