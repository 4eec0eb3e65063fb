import { BenchError } from '../model/error.js';

/** Reads a whole number of the command line. */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new BenchError('usage', `"${text}" is not a whole number.`);
  return value;
}
