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

/** An accelerator that computes nothing: a batch takes batch + token · padded tokens, one after the other. */
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
  const memory: SimulatedMemory = { usedMiB: memoryMiB, peakMiB: memoryMiB, limitMiB, outOfMemory: 0 };

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

  const compute = async (texts: number, longest: number): Promise<number> => {
    const padded = texts * longest;
    const neededMiB = memoryMiB + tokenMiB * padded;
    if (neededMiB > limitMiB) {
      memory.outOfMemory += 1;
      await spend(batchMs);
      throw new InferenceError(
        'out-of-memory',
        `the simulated accelerator is out of memory: ${texts} texts of up to ${longest} tokens need ${neededMiB.toFixed(0)} MiB, it has ${limitMiB.toFixed(0)} MiB`,
        'Smaller batches (--max-batch, --token-budget), or a larger limit in --simulated.',
      );
    }
    memory.usedMiB = neededMiB;
    memory.peakMiB = Math.max(memory.peakMiB, neededMiB);
    const costMs = batchMs + tokenMs * padded;
    await spend(costMs);
    memory.usedMiB = memoryMiB;
    return costMs;
  };

  return {
    run: (texts, longest) => {
      const turn = queue.then(() => compute(texts, longest));
      queue = turn.catch(() => undefined);
      return turn;
    },
    memory: () => ({ ...memory }),
    idle: () => queue.then(() => undefined),
  };
};
