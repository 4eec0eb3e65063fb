/** Kinds of `load` whose rate changes, or that go on for long, or until all is done: spike, soak, replay, offline. */
import { z } from 'zod';
import { duration, text, think, unlessMissing, whole } from './scenario-value.js';

const rateError = 'expected a number of requests a second above 0 and at most 100000';
const rate = (description: string) => z.number({ error: unlessMissing(rateError) }).gt(0, { error: rateError }).max(100_000, { error: rateError }).describe(description);
const arrivals = z.enum(['poisson', 'constant']).describe('poisson: as independent people come, with exponential gaps; constant: all gaps alike.').default('poisson');
const inFlight = (fallback: string) => whole(1, 100_000, `Requests that can be open at once; what comes when all are waits, and the wait counts as latency. Default: ${fallback}, from 20 to 2000.`).optional();

const withinPattern = /^\s*p\s*\(\s*(\d+(?:\.\d+)?)\s*\)\s*<=?\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h)\s*$/;
const withinError = 'expected a percentile of latency such as p(95)<800ms';

/** Percentile and limit in ms of "p(95)<800ms"; null where it says something else. */
export function readWithin(written: string): { p: number; limitMs: number } | null {
  const [, p, value, unit = 'ms'] = withinPattern.exec(written) ?? [];
  if (p === undefined) return null;
  const read = { p: Number(p), limitMs: Number(value) * ({ ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[unit] ?? 1) };
  return read.p > 0 && read.p < 100 && read.limitMs > 0 ? read : null;
}

export const spike = z.strictObject({
  base: rate('Requests a second before and after the spike.'),
  peak: rate('Requests a second during the spike.'),
  before: duration('Base rate before the step up.', 'positive').default('20s'),
  during: duration('Peak rate.', 'positive').default('10s'),
  after: duration('Base rate after the step down: recovery is looked for so long.', 'positive').default('30s'),
  within: z.string({ error: unlessMissing(withinError) }).refine((written) => readWithin(written) !== null, { error: withinError })
    .describe('What must hold again, such as p(95)<800ms. Default: the first gate on a percentile of latency.').optional(),
  arrivals,
  inFlight: inFlight('two seconds of the peak'),
}).describe('One stage with a step up and down; the report says how long after the step down the latency stays within its limit again.');

export const soak = z.strictObject({
  rate: rate('Open load: requests a second.').optional(),
  users: whole(1, 100_000, 'Closed load: users who each wait for their answer before they ask again.').optional(),
  arrivals,
  think: think.describe('With users: what a user waits before asking again: 0s, 200ms, or uniform between two bounds as in 100ms..500ms.').default('0s'),
  duration: duration('Length of the measured window.', 'positive').default('2m'),
  inFlight: inFlight('two seconds of the rate'),
}).describe('One long stage of open load (rate) or closed load (users); the report says whether latency drifts and memory leaks.');

const speedError = 'expected a factor above 0 and at most 10000, such as 1 or 2.5';
const speed = z.number({ error: unlessMissing(speedError) }).gt(0, { error: speedError }).max(10_000, { error: speedError });
export const replay = z.strictObject({
  file: text('File of moments, one request a line: CSV, TSV or JSON Lines; beside the scenario that names it.'),
  column: z.union([text('Name of the column.'), whole(1, 10_000, 'Number of the column, from 1.')], { error: unlessMissing('expected the name of a column, or its number from 1') })
    .describe('Where the moment stands, by name or by number from 1. Default: the only column, or one called time, timestamp, ts and the like.').optional(),
  format: z.enum(['csv', 'tsv', 'jsonl']).describe('Default: by the ending of the file.').optional(),
  unit: z.enum(['auto', 's', 'ms']).describe('Of plain numbers; auto: seconds and milliseconds since 1970 by their digits, smaller numbers are seconds.').default('auto'),
  speed: z.union([speed, z.array(speed).min(1, { error: 'expected at least one factor' })], { error: unlessMissing(speedError) })
    .describe('The moments are divided by it: 2 is twice as fast. A list makes one stage for each, in the order written.').default(1),
  inFlight: inFlight('what the busiest two seconds bring'),
}).describe('Requests come at the moments of a file, counted from the first; those of the warm-up are not measured.');

export const offline = z.strictObject({
  pairs: whole(1, 1_000_000, 'Pairs in all; the dataset makes as many.'),
  inFlight: whole(1, 10_000, 'Requests in flight: as soon as one is answered the next is sent.').default(8),
  batch: whole(1, 10_000, 'Pairs in one request, by the batch endpoint of the wire format; 1: single calls.').default(32),
  timeout: duration('What is not answered by then is not answered in time.', 'positive').default('1h'),
}).describe('A lot of pairs, each sent once: how long until all are answered? No warm-up.');
