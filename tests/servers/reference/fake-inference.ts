import { createHash } from 'node:crypto';
import { InferenceError } from '../../../servers/reference/inference/error.js';
import type { BatchResult, EncodedText, Inference, ModelInfo } from '../../../servers/reference/inference/types.js';

export const fakeInfo: ModelInfo = {
  name: 'fake',
  kind: 'bi-encoder',
  sha256: '0'.repeat(64),
  origin: 'a stand-in of the tests',
  layers: 1,
  hidden: 8,
  vocabSize: 0x110000,
  maxTokens: 512,
  pooling: 'mean',
  negative: 0,
  precision: 'fp32',
  scoresMeaningful: false,
  parameters: 1,
  labels: null,
};

/** Code points as tokens, between two boundary tokens. */
export const fakeEncode = (text: string): Int32Array => Int32Array.from([1, ...Array.from(text, (character) => character.codePointAt(0) ?? 0), 2]);

export const decode = (ids: Int32Array): string => Array.from(ids.subarray(1, -1), (id) => String.fromCodePoint(id)).join('');

/** A unit vector that depends on the text alone. */
export const fakeVector = (ids: Int32Array): Float32Array => {
  const digest = createHash('sha256').update(Buffer.from(ids.buffer, ids.byteOffset, ids.byteLength)).digest();
  const raw = Array.from({ length: fakeInfo.hidden }, (_, index) => digest.readInt16LE(index * 2));
  const length = Math.hypot(...raw);
  return Float32Array.from(raw, (value) => value / length);
};

export interface FakeInference extends Inference {
  /** Texts of every batch in the order in which the batches came. */
  batches: string[][];
  /** From now on batches wait. */
  hold(): void;
  /** Lets all waiting batches, and those to come, go on. */
  release(): void;
  /** Texts whose batch fails. */
  failOn: Set<string>;
  /** From now on every batch fails. */
  failAll: boolean;
  /** Ends the pool as dead processes would. */
  die(): void;
  closed: boolean;
}

/** Computes at once, or after `delayMs`, or when released. */
export const createFakeInference = (settings: { workers?: number; delayMs?: number } = {}): FakeInference => {
  const { workers = 1, delayMs = 0 } = settings;
  let held: (() => void)[] | null = null;
  let reportCrash: (error: Error) => void = () => undefined;
  const fake: FakeInference = {
    info: fakeInfo,
    workers,
    backend: { execution: 'cpu', fallback: null },
    overheadTokens: 12,
    simulated: () => null,
    memoryMiB: () => 12.5,
    batches: [],
    failOn: new Set(),
    failAll: false,
    closed: false,
    crashed: new Promise((resolve) => (reportCrash = resolve)),
    hold: () => {
      held ??= [];
    },
    release: () => {
      const waiting = held ?? [];
      held = null;
      for (const resume of waiting) resume();
    },
    die: () => {
      reportCrash(new InferenceError('worker-died', 'the processes died'));
    },
    close: async () => {
      fake.closed = true;
    },
    run: async (batch: EncodedText[]): Promise<BatchResult> => {
      const texts = batch.map(({ ids }) => decode(ids));
      fake.batches.push(texts);
      if (held !== null) await new Promise<void>((resume) => held?.push(resume));
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
      if (fake.failAll || texts.some((text) => fake.failOn.has(text))) throw new InferenceError('run-failed', 'the model failed');
      return { vectors: batch.map(({ ids }) => fakeVector(ids)), inferMs: delayMs };
    },
  };
  return fake;
};
