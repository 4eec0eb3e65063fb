export type Label = 'match' | 'no_match';

/** Dot product of two L2-normalised vectors, clamped to [-1, 1]: rounding may leave it a little outside. */
export const cosine = (left: Float32Array, right: Float32Array): number => {
  let sum = 0;
  for (let index = 0; index < left.length; index += 1) sum += (left[index] ?? 0) * (right[index] ?? 0);
  return Math.max(-1, Math.min(1, sum));
};

/** Cosine of two addresses' vectors; equal addresses are exactly 1, whatever the rounding of their vectors. */
export const scorePair = (pair: readonly [string, string], left: Float32Array, right: Float32Array): number =>
  pair[0] === pair[1] ? 1 : cosine(left, right);

export const labelOf = (similarity: number, threshold: number): Label => (similarity >= threshold ? 'match' : 'no_match');
