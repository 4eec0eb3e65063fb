import type { Assessment } from './assess.js';

/** What finish.ts measures of a model, in either precision. */
export interface FinishedScores {
  fp32: Pick<Assessment, 'auc' | 'macroF1'>;
  int8: Pick<Assessment, 'auc' | 'macroF1'>;
  /** Test pairs that get another label from int8 than from fp32. */
  flips: number;
}

/** What only the trainer knows: `training.json` beside a shipped model. What nobody wrote down when it was trained is null. */
export interface TrainingFacts {
  /** Weights that were learnt. */
  parameters: number;
  seed: number;
  steps: number;
  /** Pairs in a step. */
  batch: number;
  /** Different pairs in the training file. */
  pairs: number;
  /** Families and operators that training pairs lack. */
  heldOut: readonly string[];
  /** Wall time of the training. */
  seconds: number | null;
  /** Wall time from making the pairs to this card, all seeds included. */
  recipeSeconds: number | null;
  /** Where it was trained. */
  machine: string | null;
  /** Runs that differ in the seed alone, on the test pairs. */
  spread: readonly ({ seed: number; steps: number } & FinishedScores)[];
  /** Pairs a second of model-int8.onnx, one thread, 18 characters a side; null until it was measured. */
  speed: { machine: string; pairsRps: readonly (readonly [batch: number, rate: number])[]; note: string } | null;
}
