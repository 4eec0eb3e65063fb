import type { TextPair } from '../embedding/embedder.js';
import { ProblemError } from './problem.js';

export interface BodyLimits {
  /** Code points in one address. */
  maxChars: number;
  maxPairs: number;
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });
const blank = /^[\s\p{Cc}\p{Cf}]*$/u;

/** Reads a request body as a JSON object. Throws ProblemError. */
export const parseObject = (body: unknown): Record<string, unknown> => {
  if (!Buffer.isBuffer(body) || body.length === 0) throw new ProblemError('invalid-json', 'The body is empty; a JSON object is expected.', 'body');
  let text: string;
  try {
    text = strictUtf8.decode(body);
  } catch {
    throw new ProblemError('invalid-utf8', 'The body is not valid UTF-8.', 'body');
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    // V8 quotes the text around the fault; only the position may go out.
    const position = /at position (\d+)/.exec(String(error))?.[1];
    const where = position === undefined ? '' : ` (character ${position})`;
    throw new ProblemError('invalid-json', `The body is not valid JSON${where}.`, 'body');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ProblemError('not-an-object', `The body is ${nameOf(value)}; a JSON object is expected.`, 'body');
  }
  return value as Record<string, unknown>;
};

const nameOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
};

/** Longer than `most` code points? Counts only where UTF-16 units do not settle it. */
const isLonger = (text: string, most: number): boolean => {
  if (text.length <= most) return false;
  if (text.length > most * 2) return true;
  return Array.from(text).length > most;
};

const addressOf = (value: unknown, field: string, maxChars: number): string => {
  if (value === undefined) throw new ProblemError('missing-field', `${field} is missing.`, field);
  if (typeof value !== 'string') throw new ProblemError('wrong-type', `${field} is ${nameOf(value)}; a string is expected.`, field);
  if (isLonger(value, maxChars)) throw new ProblemError('too-long', `${field} is longer than ${maxChars} characters.`, field);
  if (blank.test(value)) throw new ProblemError('blank', `${field} is ${value === '' ? 'empty' : 'blank'}.`, field);
  return value;
};

/** `{addr1, addr2}`; other keys are ignored. Throws ProblemError. */
export const readPair = (body: unknown, limits: BodyLimits): TextPair => {
  const object = parseObject(body);
  return [addressOf(own(object, 'addr1'), 'addr1', limits.maxChars), addressOf(own(object, 'addr2'), 'addr2', limits.maxChars)];
};

/** `{pairs: [[a, b], …]}`. Throws ProblemError whose field names the very place, as in `pairs[3][1]`. */
export const readPairs = (body: unknown, limits: BodyLimits): TextPair[] => {
  const pairs = own(parseObject(body), 'pairs');
  if (pairs === undefined) throw new ProblemError('missing-field', 'pairs is missing.', 'pairs');
  if (!Array.isArray(pairs)) throw new ProblemError('wrong-type', `pairs is ${nameOf(pairs)}; an array of pairs is expected.`, 'pairs');
  if (pairs.length === 0) throw new ProblemError('blank', 'pairs is empty.', 'pairs');
  if (pairs.length > limits.maxPairs) {
    throw new ProblemError('too-many-pairs', `pairs holds ${pairs.length} pairs; ${limits.maxPairs} are allowed.`, 'pairs');
  }
  return pairs.map((pair: unknown, index): TextPair => {
    const field = `pairs[${index}]`;
    if (!Array.isArray(pair)) throw new ProblemError('wrong-type', `${field} is ${nameOf(pair)}; an array of two strings is expected.`, field);
    if (pair.length !== 2) throw new ProblemError('wrong-type', `${field} holds ${pair.length} values; two strings are expected.`, field);
    return [addressOf(pair[0], `${field}[0]`, limits.maxChars), addressOf(pair[1], `${field}[1]`, limits.maxChars)];
  });
};

const own = (object: Record<string, unknown>, key: string): unknown => (Object.hasOwn(object, key) ? object[key] : undefined);
