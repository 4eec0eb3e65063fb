import type { PaddedBatch } from './padded-batch.js';

/** Scales each row of [rows × hidden] to Euclidean length 1, in place; a zero row stays zero. */
export const normaliseRows = (values: Float32Array, hidden: number): Float32Array => {
  for (let from = 0; from < values.length; from += hidden) {
    let square = 0;
    for (let at = from; at < from + hidden; at += 1) square += (values[at] ?? 0) ** 2;
    if (square === 0) continue;
    const factor = 1 / Math.sqrt(square);
    for (let at = from; at < from + hidden; at += 1) values[at] = (values[at] ?? 0) * factor;
  }
  return values;
};

/**
 * One vector a text from the token states [texts × tokens × hidden] of a model that does not pool by itself:
 * the state of [CLS], or the mean over the tokens that are not padding.
 */
export const poolStates = (states: Float32Array, batch: PaddedBatch, hidden: number, pooling: 'mean' | 'cls'): Float32Array => {
  const pooled = new Float32Array(batch.texts * hidden);
  for (let text = 0; text < batch.texts; text += 1) {
    const row = text * batch.tokens;
    const tokens = pooling === 'cls' ? 1 : batch.tokens;
    let real = 0;
    for (let token = 0; token < tokens; token += 1) {
      if (batch.mask[row + token] === 0n) continue;
      real += 1;
      const from = (row + token) * hidden;
      for (let at = 0; at < hidden; at += 1) {
        const to = text * hidden + at;
        pooled[to] = (pooled[to] ?? 0) + (states[from + at] ?? 0);
      }
    }
    for (let at = text * hidden; at < (text + 1) * hidden; at += 1) pooled[at] = (pooled[at] ?? 0) / real;
  }
  return pooled;
};
