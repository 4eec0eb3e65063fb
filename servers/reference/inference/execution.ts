import { InferenceError } from './error.js';
import type { AskedExecution, Execution } from './types.js';
import type { WorkerProcess } from './worker-process.js';

/** What computes, and the process that found it out; null where nothing had to be tried. */
export interface ChosenExecution {
  execution: Execution;
  fallback: string | null;
  first: WorkerProcess | null;
}

/**
 * Whether CUDA can be used shows only when a model is loaded with it: the runtime lists it where it is not. So a first process tries.
 * Rejects with InferenceError: `cuda-missing` where it was asked for and is not there.
 */
export const chooseExecution = async (asked: AskedExecution, start: (execution: Execution) => Promise<WorkerProcess>): Promise<ChosenExecution> => {
  if (asked === 'cpu') return { execution: 'cpu', fallback: null, first: null };
  try {
    return { execution: 'cuda', fallback: null, first: await start('cuda') };
  } catch (error) {
    if (asked === 'cuda' || !(error instanceof InferenceError) || error.code !== 'cuda-missing') throw error;
    return { execution: 'cpu', fallback: `the CPU computes, because ${error.message}`, first: null };
  }
};
