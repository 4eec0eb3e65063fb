import type { Clock } from '../batching/clock.js';
import { InferenceError } from '../inference/error.js';
import type { Inference, ModelInfo } from '../inference/types.js';
import { bigramVector, bigramWidth, codePoints } from './bigram-vector.js';
import { createSimulatedDevice } from './device.js';
import type { SimulatedSettings } from './settings.js';

/** What `/health`, record and report say: there is no model. */
export const simulatedInfo: ModelInfo = {
  name: 'simulated',
  kind: 'bi-encoder',
  sha256: null,
  origin: 'no model: a simulated accelerator that waits as long as one would compute; its scores count common character bigrams',
  layers: 0,
  hidden: bigramWidth,
  vocabSize: codePoints,
  maxTokens: 512,
  pooling: null,
  negative: 0,
  precision: null,
  scoresMeaningful: false,
  parameters: 0,
  labels: null,
};

/** A simulated accelerator in the place of a model: it computes one batch at a time, in the order in which they come, and holds those of all its workers. */
export const createSimulatedInference = (settings: SimulatedSettings, clock: Clock, workers = 1): Inference => {
  const device = createSimulatedDevice(settings, clock);
  let closed = false;
  return {
    info: simulatedInfo,
    workers,
    backend: { execution: 'simulated', fallback: null },
    overheadTokens: settings.tokenMs === 0 ? Number.MAX_SAFE_INTEGER : settings.batchMs / settings.tokenMs,
    memoryMiB: () => null,
    simulated: () => ({ settings, memory: device.memory() }),
    run: async (batch) => {
      if (closed) throw new InferenceError('closed', 'the inference is being shut down');
      if (batch.length === 0) return { vectors: [], inferMs: 0 };
      const inferMs = await device.run(batch.length, Math.max(...batch.map(({ ids }) => ids.length)));
      return { vectors: batch.map(({ ids }) => bigramVector(ids)), inferMs };
    },
    // No process that could die.
    crashed: new Promise(() => undefined),
    close: () => {
      closed = true;
      return device.idle();
    },
  };
};
