/** What went wrong with a model or the processes that run it. */
export type InferenceErrorCode =
  | 'runtime-missing'
  | 'cuda-missing'
  | 'model-unusable'
  | 'model-folder'
  | 'batch-refused'
  | 'run-failed'
  | 'out-of-memory'
  | 'run-timeout'
  | 'worker-died'
  | 'closed';

/** An error of the inference side, with a hint for the person who can do something about it. */
export class InferenceError extends Error {
  readonly code: InferenceErrorCode;
  readonly hint: string | null;

  constructor(code: InferenceErrorCode, message: string, hint: string | null = null, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'InferenceError';
    this.code = code;
    this.hint = hint;
  }
}
