import type { ModelFolder } from '../model/model-folder.js';
import { startPool } from './pool.js';
import type { WorkerSettings } from './protocol.js';
import { coresToUse } from './cores.js';
import { chooseExecution } from './execution.js';
import { labelCount, type AskedExecution, type Execution, type Inference } from './types.js';
import { startWorker, type WorkerProcess } from './worker-process.js';

export { InferenceError, type InferenceErrorCode } from './error.js';
export type { BatchResult, EncodedText, Inference, ModelInfo } from './types.js';

export interface InferenceOptions {
  /** From `ensureModel` or `loadModelFolder`. */
  model: ModelFolder;
  /** Inference processes; by default one a core, of a CPU quota where there is one, at most 8. Each holds the weights of its own. */
  workers?: number | null;
  /** Threads of each process inside one operator; 1 by default: processes scale better than threads. */
  intraThreads?: number;
  /** `cpu` by default. */
  execution?: AskedExecution;
  /** One line when a process is started again. */
  log?: (message: string) => void;
}

/** What an inference process has to know of a model. */
export const workerSettings = ({ info, modelPath }: ModelFolder, intraThreads: number, execution: Execution = 'cpu'): WorkerSettings => {
  const { kind, hidden, vocabSize, pooling } = info;
  return { modelPath, kind, hidden, vocabSize, pooling, intraThreads, execution };
};

const bytesPerMiB = 2 ** 20;

/** More processes than this buy little and cost memory. */
const mostDefaultWorkers = 8;

/**
 * On a CPU: before its first token a batch of `mgeo-shape-mini` spends 1.2 ms on a CPU, 17 tokens' worth; a little less than this serves a queue best,
 * since what stays behind finds company later. Between 8 and 20 a pair costs the same within 0.5 %.
 * On CUDA: an assumption, not measured; launching the kernels of a small batch costs milliseconds, a token microseconds.
 */
const overheadTokens: Readonly<Record<Execution, number>> = { cpu: 12, cuda: 800 };

/**
 * Loads a model into processes of its own (running a session blocks its thread) and runs batches on them.
 * Rejects with InferenceError: `runtime-missing` when onnxruntime-node is not there, `cuda-missing` when CUDA was asked for and is not, `model-unusable`
 * when the model is refused.
 */
export const createInference = async (options: InferenceOptions): Promise<Inference> => {
  const { info } = options.model;
  const start = (execution: Execution): Promise<WorkerProcess> => startWorker(workerSettings(options.model, options.intraThreads ?? 1, execution));
  const { execution, fallback, ...chosen } = await chooseExecution(options.execution ?? 'cpu', start);
  const workers = options.workers ?? (execution === 'cuda' ? 1 : Math.min(coresToUse(), mostDefaultWorkers));
  let { first } = chosen;
  const pool = await startPool({
    workers,
    hidden: info.kind === 'cross-encoder' ? labelCount : info.hidden,
    vocabSize: info.vocabSize,
    maxTokens: info.maxTokens,
    start: () => {
      const started = first;
      first = null;
      return started === null ? start(execution) : Promise.resolve(started);
    },
    log: options.log ?? (() => undefined),
  });
  return {
    info,
    workers,
    backend: { execution, fallback },
    overheadTokens: overheadTokens[execution],
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
