/** Reads what stands behind a flag; each reader refuses in one sentence that names the flag, what it takes and what was given. */
import type { CacheLimit } from './embedding/cache.js';
import { readBytes, readDurationMs } from './quantity.js';

/** What a person typed cannot be used; the message is one sentence. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** What was typed, as a message shows it: in quotes, at most 40 characters. */
export const quoted = (value: string): string => JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);

/** The refusal of a value: its flag, what that takes, and what was given. */
export const refuse = (flag: string, expected: string, value: string): UsageError =>
  new UsageError(`--${flag} takes ${expected}, not ${quoted(value)}.`);

/** Digits only, both ends included. */
export const wholeNumber = (flag: string, value: string, least: number, most: number): number => {
  const number = /^\d{1,15}$/.test(value) ? Number(value) : NaN;
  if (!(number >= least && number <= most)) throw refuse(flag, `a whole number from ${least} to ${most}`, value);
  return number;
};

/** Digits and at most one point, both ends included; no exponent. */
export const decimal = (flag: string, value: string, least: number, most: number): number => {
  const number = /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : NaN;
  if (!(number >= least && number <= most)) throw refuse(flag, `a number from ${least} to ${most}`, value);
  return number;
};

/** One of a few words, spelt as they are. */
export const oneOf = <T extends string>(flag: string, value: string, words: readonly T[]): T => {
  const found = words.find((word) => word === value);
  if (found === undefined) throw refuse(flag, `one of ${words.join(', ')}`, value);
  return found;
};

/** Anything but nothing. */
export const text = (flag: string, value: string): string => {
  if (value === '') throw refuse(flag, 'a value', value);
  return value;
};

/** A duration with its unit, ms. */
export const duration = (flag: string, value: string, most: number): number => {
  const durationMs = readDurationMs(value);
  if (durationMs === null || durationMs > most) throw refuse(flag, `a duration such as 50ms, at most ${most / 1000}s`, value);
  return durationMs;
};

/** Below it not one vector of a large model would fit. */
const leastCacheBytes = 2 ** 16;
const mostCacheBytes = 2 ** 40;

/** A number of entries, a size with its unit, or `off` = null. */
export const cacheOf = (value: string): CacheLimit | null => {
  if (value === 'off') return null;
  if (/^0+[A-Za-z]*$/.test(value)) throw new UsageError('--cache 0 is not a size; --cache off switches the cache off.');
  const bytes = readBytes(value);
  if (bytes === null && /^\d{1,15}$/.test(value)) return { entries: wholeNumber('cache', value, 1, 10_000_000) };
  if (bytes === null || bytes < leastCacheBytes || bytes > mostCacheBytes) throw refuse('cache', 'a number of addresses from 1 to 10000000, a size from 64KiB to 1024GiB such as 64MiB, or off', value);
  return { bytes };
};

/** Milliseconds as a bare number, or a duration with its unit; `off` = null. */
export const durationOrOff = (flag: string, value: string, most: number): number | null => {
  if (value === 'off') return null;
  const ms = /^\d{1,15}$/.test(value) ? Number(value) : readDurationMs(value);
  if (ms === null || ms < 1 || ms > most) throw refuse(flag, `milliseconds from 1 to ${most}, a duration such as 2s, or off`, value);
  return ms;
};
