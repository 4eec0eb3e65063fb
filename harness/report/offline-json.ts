/** An offline load for programs: parts of result.json. */
import { z } from 'zod';
import type { StageAnalysis } from '../model/analysis.js';

const whole = z.number().int().min(0);

export const offlineArrival = z.strictObject({
  kind: z.literal('offline'), pairs: z.number().int().min(1), requests: z.number().int().min(1),
  batch: z.number().int().min(1).describe('Pairs in one request; 1: single calls.'), inFlight: z.number().int().min(1),
  askedBatch: z.number().int().optional().describe('What was asked for in place of single calls; absent where the wire format has a batch endpoint.'),
});

export const lotSchema = z.strictObject({
  pairs: whole,
  answered: whole.describe('In requests that were answered as they should be, in time.'),
  refused: whole.describe('In requests that were rightly refused.'),
  failed: whole, missing: whole.describe('Not sent, or not ended, when the time was over.'),
  timeS: z.number().nullable().describe('From the first sending to the last end; null where not all ended in time.'),
  inTime: z.boolean().describe('False where the time was over before all pairs had their answer.'),
}).optional().describe('Of an offline load; absent of any other stage.');

/** The `lot` of a stage in result.json; no key at all where the stage is no offline load. */
export function lotResult({ offline }: StageAnalysis): { lot?: NonNullable<z.infer<typeof lotSchema>> } {
  if (offline === undefined) return {};
  const { pairs, answered, refused, failed, missing, timeS } = offline;
  return { lot: { pairs, answered, refused, failed, missing, timeS, inTime: missing === 0 } };
}
