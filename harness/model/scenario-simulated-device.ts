/** What the simulated accelerator of the reference server costs, as a person writes it. */
import { z } from 'zod';
import { unlessMissing } from './scenario-value.js';
import { parseQuantity } from './unit.js';

const durationError = 'expected a duration such as 4ms or 5us';
/** As `duration`, with microseconds: a token takes some. */
const shortDuration = (description: string) => z.string({ error: unlessMissing(durationError) }).regex(/^\s*\d+(?:\.\d+)?\s*(?:us|ms|s)\s*$/, { error: durationError }).describe(description);

const sizeError = 'expected a size such as 600MiB or 8GiB';
const size = (description: string) => z.string({ error: unlessMissing(sizeError) }).regex(/^\s*\d+(?:\.\d+)?\s*(?:KiB|MiB|GiB)\s*$/, { error: sizeError }).describe(description);

/** NaN for what the schema does not let through. */
const valueOf = (text: string, dimension: 'duration' | 'bytes'): number => {
  const read = parseQuantity(text, dimension);
  return 'value' in read ? read.value : Number.NaN;
};

export const simulatedDevice = z.strictObject({
  batch: shortDuration('Cost of a batch before its first token.').default('4ms'),
  token: shortDuration('Cost of each padded token: the longest text of a batch × its texts.').default('5us'),
  memory: size('Memory of the model itself.').default('600MiB'),
  tokenMemory: size('Memory of each padded token of the batch under way.').default('0.25MiB'),
  limit: size('What the device has: a batch that needs more fails.').default('8GiB'),
}).refine(({ batch, token }) => valueOf(batch, 'duration') + valueOf(token, 'duration') > 0, { path: ['batch'], error: 'batch and token are both 0: the accelerator would cost nothing' })
  .refine(({ memory, limit }) => valueOf(memory, 'bytes') < valueOf(limit, 'bytes'), { path: ['limit'], error: 'must be above the memory of the model itself' })
  .describe('With model: simulated. No model: a timer that takes as long as an accelerator would, one batch at a time. Its times and its memory are simulated.');
type SimulatedDevice = z.infer<typeof simulatedDevice>;

/** Costs in numbers; the server is given them by the plan. */
export const simulatedDevicePlanSchema = z.object({
  /** Of a batch before its first token, and of each padded token, ms. */
  batchMs: z.number().min(0),
  tokenMs: z.number().min(0),
  /** Of the model, of each padded token, and at most, MiB. */
  memoryMiB: z.number().min(0),
  tokenMiB: z.number().min(0),
  limitMiB: z.number().positive(),
});
export type SimulatedDevicePlan = z.infer<typeof simulatedDevicePlanSchema>;

/** In numbers, of a checked scenario. */
export function simulatedDevicePlan({ batch, token, memory, tokenMemory, limit }: SimulatedDevice): SimulatedDevicePlan {
  return {
    batchMs: valueOf(batch, 'duration'), tokenMs: valueOf(token, 'duration'),
    memoryMiB: valueOf(memory, 'bytes'), tokenMiB: valueOf(tokenMemory, 'bytes'), limitMiB: valueOf(limit, 'bytes'),
  };
}
