import type { Clock } from '../batching/clock.js';
import { InferenceError } from './error.js';
import type { BatchResult, EncodedText, Inference } from './types.js';

/** Comes before the computing of a batch; may wait, or reject. */
export type Hindrance = (signal: AbortSignal) => Promise<void>;

/**
 * Runs batches, each for at most `limitMs` (null: for ever). One that takes longer is given up with `run-timeout`, and its process, told by the
 * signal, is ended and replaced: nobody knows what it is busy with.
 */
export const limitRuns = (
  inference: Pick<Inference, 'run'>,
  { limitMs, clock, hindrance }: { limitMs: number | null; clock: Clock; hindrance?: Hindrance },
): ((batch: EncodedText[]) => Promise<BatchResult>) =>
  async (batch) => {
    const stop = new AbortController();
    const work = async (): Promise<BatchResult> => {
      if (hindrance !== undefined) await hindrance(stop.signal);
      return await inference.run(batch, stop.signal);
    };
    if (limitMs === null) return await work();
    return await new Promise<BatchResult>((resolve, reject) => {
      const disarm = clock.after(limitMs, () => {
        reject(new InferenceError('run-timeout', `an inference took longer than ${limitMs} ms and was given up`));
        stop.abort();
      });
      work().then(resolve, reject).finally(disarm);
    });
  };
