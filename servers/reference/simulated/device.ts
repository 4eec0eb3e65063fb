import type { Clock } from '../batching/clock.js';
import { InferenceError } from '../inference/error.js';
import type { SimulatedSettings } from './settings.js';

/** Memory of the simulated accelerator, MiB; never that of a real one. */
export interface SimulatedMemory {
  usedMiB: number;
  /** Since the start. */
  peakMiB: number;
  limitMiB: number;
  /** Batches that failed because they needed more. */
  outOfMemory: number;
}

/**
 * An accelerator that computes nothing: a batch takes batch + token · padded tokens, one after the other. Its memory holds all that were given to it:
 * as of a device to which several threads send their work, each with its inputs and results on it.
 */
export interface SimulatedDevice {
  /** Resolves with the cost in ms when the batch would be done. Rejects with InferenceError `out-of-memory`. */
  run(texts: number, longest: number): Promise<number>;
  memory(): SimulatedMemory;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

/** A batch that comes so soon after the last one was told to be done was only kept waiting by the lateness of timers. */
const backToBackMs = 2;

/**
 * Timers of the system are up to a millisecond late. So that lateness does not add up, a batch that follows on the heels of another begins
 * when that one should have ended.
 */
export const createSimulatedDevice = ({ batchMs, tokenMs, memoryMiB, tokenMiB, limitMiB }: SimulatedSettings, clock: Clock): SimulatedDevice => {
  let freeAtMs = -Infinity;
  let toldAtMs = -Infinity;
  let queue: Promise<unknown> = Promise.resolve();
  const memory = { peakMiB: memoryMiB, limitMiB, outOfMemory: 0 };
  /** Padded tokens of each batch that was given to it and is not done, in their order. */
  const held: number[] = [];
  const usedMiB = (): number => memoryMiB + tokenMiB * held.reduce((sum, padded) => sum + padded, 0);

  const until = (atMs: number): Promise<void> =>
    new Promise((resolve) => {
      const wait = (): void => {
        const restMs = atMs - clock.nowMs();
        if (restMs <= 0) resolve();
        else clock.after(Math.ceil(restMs), wait);
      };
      wait();
    });

  const spend = async (costMs: number): Promise<void> => {
    const nowMs = clock.nowMs();
    const beginsAtMs = nowMs - toldAtMs <= backToBackMs ? freeAtMs : nowMs;
    freeAtMs = beginsAtMs + costMs;
    await until(freeAtMs);
    toldAtMs = clock.nowMs();
  };

  const refuse = async (texts: number, longest: number, neededMiB: number, others: number): Promise<never> => {
    memory.outOfMemory += 1;
    await spend(batchMs);
    const what = `${texts} ${texts === 1 ? 'text' : 'texts'} of up to ${longest} tokens`;
    const beside = others === 0 ? '' : `, with the ${others} ${others === 1 ? 'batch' : 'batches'} that it holds already,`;
    throw new InferenceError(
      'out-of-memory',
      `the simulated accelerator is out of memory: ${what}${beside} need ${neededMiB.toFixed(0)} MiB, it has ${limitMiB.toFixed(0)} MiB`,
      'Smaller batches (--max-batch, --token-budget), fewer at once (--workers), or a larger limit in --simulated.',
    );
  };

  return {
    run: (texts, longest) => {
      const padded = texts * longest;
      const others = held.length;
      const neededMiB = usedMiB() + tokenMiB * padded;
      const fits = neededMiB <= limitMiB;
      if (fits) {
        held.push(padded);
        memory.peakMiB = Math.max(memory.peakMiB, neededMiB);
      }
      const compute = async (): Promise<number> => {
        if (!fits) return await refuse(texts, longest, neededMiB, others);
        const costMs = batchMs + tokenMs * padded;
        await spend(costMs);
        held.shift();
        return costMs;
      };
      const turn = queue.then(compute);
      queue = turn.catch(() => undefined);
      return turn;
    },
    memory: () => ({ usedMiB: usedMiB(), ...memory }),
    idle: () => queue.then(() => undefined),
  };
};
