/** One text ready for the model: WordPiece ids including [CLS] and [SEP]. */
export interface EncodedText {
  ids: Int32Array;
}

/** What `/health` and the logs say about a loaded model. */
export interface ModelInfo {
  name: string;
  kind: 'bi-encoder';
  /** Of `model.onnx`, lower-case hex. */
  sha256: string;
  /** Where the weights come from, in words. */
  origin: string;
  layers: number;
  hidden: number;
  vocabSize: number;
  /** Longest sequence the model takes, [CLS] and [SEP] included. */
  maxTokens: number;
  pooling: 'mean' | 'cls';
  precision: 'fp32';
  /** False for random weights: the cost is real, the score is not. */
  scoresMeaningful: boolean;
  parameters: number;
}

/** The vectors of one batch, in the order of its texts. */
export interface BatchResult {
  /** One L2-normalised vector of length `hidden` per text. */
  vectors: Float32Array[];
  /** What `session.run` took, in milliseconds. */
  inferMs: number;
}

/** A loaded model in a pool of processes. */
export interface Inference {
  readonly info: ModelInfo;
  /** Number of inference processes. */
  readonly workers: number;
  /** Summed RSS of the inference processes as they last reported it; null when unknown. */
  readonly memoryMiB: () => number | null;
  /**
   * Runs one padded batch on one idle process. Rejects with InferenceError.
   * The caller schedules: not more than `workers` batches at once; what is more waits first in, first out.
   */
  run(batch: EncodedText[]): Promise<BatchResult>;
  /** Resolves when a process died unexpectedly and the restarts are used up. */
  readonly crashed: Promise<Error>;
  /** Lets running batches end, then stops the processes. */
  close(): Promise<void>;
}
