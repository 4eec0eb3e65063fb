import { availableParallelism } from 'node:os';
import type { ModelFolder } from '../model/model-folder.js';
import { startPool } from './pool.js';
import type { WorkerSettings } from './protocol.js';
import { labelCount, type Inference } from './types.js';
import { startWorker } from './worker-process.js';

export { InferenceError, type InferenceErrorCode } from './error.js';
export type { BatchResult, EncodedText, Inference, ModelInfo } from './types.js';

export interface InferenceOptions {
  /** From `ensureModel` or `loadModelFolder`. */
  model: ModelFolder;
  /** Inference processes; one a core by default, at most 8. Each holds the weights of its own. */
  workers?: number | null;
  /** Threads of each process inside one operator; 1 by default: processes scale better than threads. */
  intraThreads?: number;
  /** One line when a process is started again. */
  log?: (message: string) => void;
}

/** What an inference process has to know of a model. */
export const workerSettings = ({ info, modelPath }: ModelFolder, intraThreads: number): WorkerSettings => {
  const { kind, hidden, vocabSize, pooling } = info;
  return { modelPath, kind, hidden, vocabSize, pooling, intraThreads };
};

const bytesPerMiB = 2 ** 20;

/** More processes than this buy little and cost memory. */
const mostDefaultWorkers = 8;

/**
 * Before its first token a batch of `mgeo-shape-mini` spends 1.2 ms on a CPU, 17 tokens' worth; a little less than this serves a queue best,
 * since what stays behind finds company later. Between 8 and 20 a pair costs the same within 0.5 %.
 */
const overheadTokensOnCpu = 12;

/**
 * Loads a model into processes of its own (running a session blocks its thread) and runs batches on them.
 * Rejects with InferenceError: `runtime-missing` when onnxruntime-node is not there, `model-unusable` when it refuses the model.
 */
export const createInference = async (options: InferenceOptions): Promise<Inference> => {
  const { info } = options.model;
  const workers = options.workers ?? Math.min(availableParallelism(), mostDefaultWorkers);
  const settings = workerSettings(options.model, options.intraThreads ?? 1);
  const pool = await startPool({
    workers,
    hidden: info.kind === 'cross-encoder' ? labelCount : info.hidden,
    vocabSize: info.vocabSize,
    maxTokens: info.maxTokens,
    start: () => startWorker(settings),
    log: options.log ?? (() => undefined),
  });
  return {
    info,
    workers,
    backend: { execution: 'cpu', fallback: null },
    overheadTokens: overheadTokensOnCpu,
    simulated: () => null,
    memoryMiB: () => {
      const bytes = pool.rssBytes();
      return bytes === 0 ? null : bytes / bytesPerMiB;
    },
    run: pool.run,
    crashed: pool.crashed,
    close: pool.close,
  };
};
