/** Kinds of values in a scenario, each with the sentence for one that is wrong. */
import { z } from 'zod';
import { parseQuantity } from './unit.js';

const durationText = '\\d+(?:\\.\\d+)?\\s*(?:ms|s|m|h)';
const durationPattern = new RegExp(`^\\s*${durationText}\\s*$`);
const thinkPattern = new RegExp(`^\\s*${durationText}\\s*(?:\\.\\.\\s*${durationText}\\s*)?$`);

/** A sentence for a wrong value; a missing one is left to the general sentence. */
export const unlessMissing = (sentence: string) => ({ input }: { input?: unknown }): string | undefined => (input === undefined ? undefined : sentence);

/** The sentence for something that is no duration. */
function durationError(input: unknown, expected: string): string | undefined {
  if (typeof input !== 'string' && typeof input !== 'number') return undefined;
  if (typeof input === 'number' || /^\s*\d+(?:\.\d+)?\s*$/.test(input)) {
    // Nobody waits 200 s between two samples, or 5 ms for a warm-up.
    return `a unit is missing: expected ${expected}; did you mean ${String(input).trim()}${Number(input) >= 100 ? 'ms' : 's'}?`;
  }
  const read = parseQuantity(input, 'duration');
  return 'error' in read && read.error.startsWith('unknown unit') ? read.error : `expected ${expected}`;
}

export function duration(description: string, least: 'zero' | 'positive') {
  const expected = 'a duration such as 800ms, 30s or 5m';
  const error = (issue: { input?: unknown }): string | undefined => durationError(issue.input, expected);
  return z.string({ error }).regex(durationPattern, { error, abort: true })
    .refine((text) => least === 'zero' || durationMs(text) > 0, { error: 'must be longer than 0' })
    .describe(description);
}

/** Milliseconds of a duration that the schema has let through. */
export function durationMs(text: string): number {
  const read = parseQuantity(text, 'duration');
  return 'value' in read ? read.value : Number.NaN;
}

/** [least, most] think time in ms of "0s", "200ms" or "100ms..500ms". */
export function thinkMsOf(text: string): [number, number] {
  const [least = '', most = least] = text.split('..');
  return [durationMs(least), durationMs(most)];
}

export const think = (() => {
  const expected = 'a think time such as 0s, 200ms or 100ms..500ms';
  const error = (issue: { input?: unknown }): string | undefined => durationError(issue.input, expected);
  return z.string({ error }).regex(thinkPattern, { error, abort: true })
    .refine((text) => { const [least, most] = thinkMsOf(text); return least <= most; }, { error: 'the shorter think time comes first, as in 100ms..500ms' });
})();

/** 0..1 of a share that the schema has let through: 0.05 or "5%". */
export function shareOf(value: number | string): number {
  const read = typeof value === 'number' ? { value } : parseQuantity(value, 'share');
  return 'value' in read ? read.value : Number.NaN;
}

export const share = (description: string, inside: (value: number) => boolean, expected: string) =>
  z.union([z.number(), z.string().regex(/^\s*\d+(?:\.\d+)?\s*%?\s*$/)], { error: unlessMissing(`expected ${expected}`) })
    .refine((value) => inside(shareOf(value)), { error: `expected ${expected}` }).describe(description);

export const whole = (least: number, most: number, description: string, because = '') => {
  const error = `expected a whole number from ${String(least)} to ${String(most)}${because === '' ? '' : `: ${because}`}`;
  return z.int({ error: unlessMissing(error) }).min(least, { error }).max(most, { error }).describe(description);
};

export const text = (description: string) => z.string().min(1, { error: 'must not be empty' }).describe(description);
export const path = (description: string) => z.string().regex(/^\/\S*$/, { error: 'expected a path that starts with /' }).describe(description);
const urlError = { error: 'expected a URL such as http://127.0.0.1:9000' };
export const url = (description: string) => z.string().regex(/^https?:\/\/[^\s/]+\S*$/, { ...urlError, abort: true })
  .refine((text) => URL.canParse(text.replaceAll('{port}', '1')), urlError).describe(description);
/** YAML reads PORT: 8000 as a number; an environment and a header hold text. */
export const textMap = (description: string) => z.record(z.string(), z.union([z.string(), z.number(), z.boolean()], { error: unlessMissing('expected text') })).describe(description);
