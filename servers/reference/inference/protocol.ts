/**
 * What the server and an inference process say to each other. Messages travel with structured clone
 * (`serialization: 'advanced'`), so typed arrays stay typed arrays. A batch is two flat arrays, whatever its size.
 */

import type { Execution } from './types.js';

/** How a process runs its session. */
export interface WorkerSettings {
  modelPath: string;
  kind: 'bi-encoder' | 'cross-encoder';
  hidden: number;
  vocabSize: number;
  pooling: 'mean' | 'cls' | null;
  intraThreads: number;
  execution: Execution;
}

/** Why a process cannot load its model. */
export const refusalCodes = ['runtime-missing', 'cuda-missing', 'model-unusable'] as const;
export type RefusalCode = (typeof refusalCodes)[number];

export type ToWorker =
  | { kind: 'load'; settings: WorkerSettings }
  /** `ids`: all texts one after the other; `lengths`: tokens of each. For a cross-encoder two texts are a pair. */
  | { kind: 'run'; ids: Int32Array; lengths: Int32Array };

export type FromWorker =
  | { kind: 'ready'; rssBytes: number }
  | { kind: 'refused'; code: RefusalCode; message: string }
  /** `vectors`: [texts × hidden], each L2-normalised, or [pairs × 3] logits. `rssBytes` about once a second, otherwise absent. */
  | { kind: 'done'; vectors: Float32Array; inferMs: number; rssBytes?: number }
  | { kind: 'failed'; message: string; rssBytes?: number };
