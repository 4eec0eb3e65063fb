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

/** Schema of a duration as text, `800ms`, `30s`, `5m`; `positive` forbids 0. `durationMs` reads it. */
export function duration(description: string, least: 'zero' | 'positive') {
  const expected = 'a duration such as 800ms, 30s or 5m';
  const error = (issue: { input?: unknown }): string | undefined => durationError(issue.input, expected);
  return z.string({ error }).regex(durationPattern, { error, abort: true })
    .refine((text) => least === 'zero' || durationMs(text) > 0, { error: 'must be longer than 0' })
    .describe(description);
}

/**
 * Least time between two samples of nvidia-smi, ms. One query takes 10 to 20 ms and more with several GPUs, utilisation is itself a mean of 167 ms
 * or more, and every query takes CPU from what is measured: oftener says nothing new.
 */
export const leastSampleMs = 50;

/** Time between two samples: a duration that is no shorter than a sample is worth. */
export const sampleInterval = (description: string) => duration(description, 'positive')
  .refine((text) => !(durationMs(text) > 0) || durationMs(text) >= leastSampleMs, { error: `must be at least ${String(leastSampleMs)}ms: one query of nvidia-smi takes 10 to 20 ms, and utilisation is a mean of 167 ms or more, so sampling oftener loads the machine and says nothing new` });

/** Schema of a size as text, `64MiB`. `bytesOf` reads it. */
export const size = (description: string, error: string) => z.string().regex(/^\s*[1-9]\d{0,8}\s*[KMG]iB\s*$/, { error }).describe(description);

/** Bytes of a size that the schema has let through. */
export function bytesOf(written: string): number {
  const [, number = '', unit = ''] = /^\s*(\d+)\s*([KMG])iB\s*$/.exec(written) ?? [];
  return Number(number) * ({ K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 }[unit] ?? Number.NaN);
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

/** Schema of a share, `0.05` or `"5%"`, that lies inside; `expected` is the sentence for one that does not. `shareOf` reads it. */
export const share = (description: string, inside: (value: number) => boolean, expected: string) =>
  z.union([z.number(), z.string().regex(/^\s*\d+(?:\.\d+)?\s*%?\s*$/)], { error: unlessMissing(`expected ${expected}`) })
    .refine((value) => inside(shareOf(value)), { error: `expected ${expected}` }).describe(description);

/** Schema of a whole number from `least` to `most`; `because` says why not more, where it is not plain. */
export const whole = (least: number, most: number, description: string, because = '') => {
  const error = `expected a whole number from ${String(least)} to ${String(most)}${because === '' ? '' : `: ${because}`}`;
  return z.int({ error: unlessMissing(error) }).min(least, { error }).max(most, { error }).describe(description);
};

/** Schema of a text that says something. */
export const text = (description: string) => z.string().min(1, { error: 'must not be empty' }).describe(description);
/** Schema of an HTTP path. */
export const path = (description: string) => z.string().regex(/^\/\S*$/, { error: 'expected a path that starts with /' }).describe(description);
const urlError = { error: 'expected a URL such as http://127.0.0.1:9000' };
/** Schema of an http or https URL, in which `{port}` may stand. */
export const url = (description: string) => z.string().regex(/^https?:\/\/[^\s/]+\S*$/, { ...urlError, abort: true })
  .refine((text) => URL.canParse(text.replaceAll('{port}', '1')), urlError).describe(description);
/** YAML reads PORT: 8000 as a number; an environment and a header hold text. */
export const textMap = (description: string) => z.record(z.string(), z.union([z.string(), z.number(), z.boolean()], { error: unlessMissing('expected text') })).describe(description);
