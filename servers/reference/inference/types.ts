import type { SimulatedMemory } from '../simulated/device.js';
import type { SimulatedSettings } from '../simulated/settings.js';

/** What one row of the model's output is computed from: a text, or a pair of them for a cross-encoder. */
export interface EncodedText {
  /** Ids of the model's tokenizer. */
  ids: Int32Array;
  /** The second text of a pair. */
  right?: Int32Array;
}

/** Tokens that the model reads for it. */
export const tokensOf = ({ ids, right }: EncodedText): number => ids.length + (right?.length ?? 0);

/** Logits of a cross-encoder: not, partial, exact. */
export const labelCount = 3;

/** What `/health` and the logs say about a loaded model. */
export interface ModelInfo {
  name: string;
  kind: 'bi-encoder' | 'cross-encoder';
  /** Of the file of weights in use, lower-case hex; null where there are none. */
  sha256: string | null;
  /** Where the weights come from, in words. */
  origin: string;
  layers: number;
  hidden: number;
  vocabSize: number;
  /** Longest sequence the model takes, [CLS] and [SEP] included. */
  maxTokens: number;
  /** Null for a cross-encoder, and where nothing is pooled. */
  pooling: 'mean' | 'cls' | null;
  /** How many of a vector's last components count negatively in a similarity; 0 for a cosine, and for a cross-encoder. */
  negative: number;
  /** Of the weights; null where there are none. */
  precision: Precision | null;
  /** False for random weights: the cost is real, the score is not. */
  scoresMeaningful: boolean;
  parameters: number;
  /** How an answer becomes exact, partial or not; null where nothing was calibrated. */
  labels: LabelRule | null;
}

/** Precisions of the weights that a model folder may hold. */
export const precisions = ['fp32', 'fp16', 'int8'] as const;
export type Precision = (typeof precisions)[number];

/** Similarities from which on two addresses match in part or exactly; or what is added to the logits before the largest wins. */
export type LabelRule = { partial: number; exact: number } | { logitBias: readonly [number, number, number] };

/** The vectors of one batch, in the order of its texts. */
export interface BatchResult {
  /** One row per text: a vector of length `hidden` and Euclidean length 1; of a cross-encoder three logits per pair. */
  vectors: Float32Array[];
  /** What `session.run` took, in milliseconds. */
  inferMs: number;
}

/** What a person may ask to compute on; `auto`: cuda where it is there, else the CPU. */
export const executions = ['cpu', 'cuda', 'auto'] as const;
export type AskedExecution = (typeof executions)[number];

/** What real batches can be computed on. */
export type Execution = Exclude<AskedExecution, 'auto'>;

/** What batches are computed on. `fallback`: why it is not what was hoped for; null where it is. */
export interface Backend {
  execution: Execution | 'simulated';
  fallback: string | null;
}

/** A loaded model in a pool of processes, or a simulated accelerator. */
export interface Inference {
  readonly backend: Backend;
  readonly info: ModelInfo;
  /** Batches that may be under way at once: inference processes, or what sends to a simulated accelerator. */
  readonly workers: number;
  /** What a batch costs before its first token, in tokens: how much padding is worth one batch less. */
  readonly overheadTokens: number;
  /** Summed RSS of the inference processes as they last reported it; null when unknown. */
  readonly memoryMiB: () => number | null;
  /** The simulated accelerator and its memory; null where the model is real. */
  readonly simulated: () => { settings: SimulatedSettings; memory: SimulatedMemory } | null;
  /**
   * Runs one padded batch on one idle process. Rejects with InferenceError.
   * The caller schedules: not more than `workers` batches at once; what is more waits first in, first out.
   * When `signal` aborts while it runs, the process that runs it is ended and replaced.
   */
  run(batch: EncodedText[], signal?: AbortSignal): Promise<BatchResult>;
  /** Resolves when a process died unexpectedly and the restarts are used up. */
  readonly crashed: Promise<Error>;
  /** Lets running batches end, then stops the processes. */
  close(): Promise<void>;
}
