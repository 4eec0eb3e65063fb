/** Spike, soak and replay for programs: parts of result.json. */
import { z } from 'zod';
import type { Estimate, Finding, StageAnalysis } from '../model/analysis.js';
import { driftWords } from '../model/shape-analysis.js';

const figure = z.number().nullable();
const inFlight = z.number().int().min(1).describe('Requests that can be open at once.');

export const shapeArrivals = [
  z.strictObject({
    kind: z.literal('spike'), baseRps: z.number().positive(), peakRps: z.number().positive(), beforeS: z.number(), duringS: z.number(), afterS: z.number(), process: z.enum(['poisson', 'constant']), inFlight,
    within: z.strictObject({ p: z.number(), limitMs: z.number(), from: z.enum(['scenario', 'gate']) }).nullable().describe('What must hold again.'),
    windowS: z.number().int().min(1).describe('Length of the windows in which recovery is looked for, s.'),
  }),
  z.strictObject({ kind: z.literal('replay'), file: z.string(), sha256: z.string().describe('Of the moments.'), requests: z.number().int().min(2).describe('Moments in the file.'), speed: z.number().positive(), rateRps: z.number().positive().describe('Mean of the file at this speed.'), inFlight }),
] as const;

export const recoverySchema = z.union([
  z.strictObject({
    recovered: z.boolean(),
    timeS: z.strictObject({ value: z.number(), low: figure, high: figure }).describe('From the step down until the latency stays within the limit; not recovered: at least `low`, and `high` is null.'),
    percentile: z.number(), limitMs: z.number(), windowS: z.number(), watchedS: z.number(),
    broken: z.boolean().describe('Whether the limit was broken at all from the step up on.'),
    worstMs: figure.describe('Worst percentile of a window; null where failures made it infinite.'),
  }),
  z.strictObject({ absent: z.string() }),
]).nullable().describe('Of a spike; null for any other stage.');

export const driftSchema = z.array(z.strictObject({
  of: z.enum(['latency-p50', 'latency-p95', 'memory', 'vram']),
  source: z.string().describe('GPU by uuid for vram, else empty.'),
  unit: z.enum(['ms', 'MiB']),
  word: z.enum(driftWords).describe('drifts; steady: no drift shown; too-short: neither can be said.'),
  slopePerHour: z.strictObject({ value: z.number(), low: figure, high: figure }).nullable().describe('Theil–Sen, with its interval; null where there are too few blocks.'),
  median: figure, change: figure.describe('Through the window.'), limit: figure.describe('A change that matters.'), z: figure.describe('Mann–Kendall.'), blocks: z.number().int().min(0),
})).describe('Of a soak, one entry a quantity; empty for any other stage.');

const bounds = ({ value, low, high }: Estimate) => ({ value, low, high });

/** The `recovery` of a stage in result.json: null where the stage is no spike. Times in s, the latency limit in ms. */
export function recoveryResult({ recovery }: StageAnalysis): z.infer<typeof recoverySchema> {
  if (recovery === null) return null;
  if (recovery.kind === 'absent') return { absent: recovery.why };
  const { recovered, time, p, limitMs, windowS, watchedS, broken, worstMs } = recovery.value;
  return { recovered, timeS: bounds(time), percentile: p, limitMs, windowS, watchedS, broken, worstMs };
}

/** The `drift` of a stage in result.json, slopes in the unit of each quantity an hour; empty where the stage is no soak. */
export function driftResult({ drift }: StageAnalysis): z.infer<typeof driftSchema> {
  const slopeOf = (slope: Finding<Estimate>) => (slope.kind === 'absent' ? null : bounds(slope.value));
  return drift.map(({ of, source, unit, word, slope, median, change, limit, z: statistic, blocks }) => ({ of, source, unit, word, slopePerHour: slopeOf(slope), median, change, limit, z: statistic, blocks }));
}
