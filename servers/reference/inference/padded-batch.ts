/** Inputs of one run: [texts, tokens], row after row, shorter texts padded at the end. */
export interface PaddedBatch {
  texts: number;
  tokens: number;
  ids: BigInt64Array;
  mask: BigInt64Array;
  /** All zero: one segment. */
  types: BigInt64Array;
}

/**
 * Pads flat ids to the longest text of the batch. The ids are written as the low halves of 64-bit integers: a token id
 * is never negative, and making a BigInt of each costs more than the tokenizer does.
 */
export const padBatch = (ids: Int32Array, lengths: Int32Array): PaddedBatch => {
  const texts = lengths.length;
  const tokens = lengths.reduce((longest, length) => Math.max(longest, length), 0);
  const padded = new BigInt64Array(texts * tokens);
  const mask = new BigInt64Array(texts * tokens);
  const idHalves = new Int32Array(padded.buffer);
  const maskHalves = new Int32Array(mask.buffer);
  let from = 0;
  for (let text = 0; text < texts; text += 1) {
    const length = lengths[text] ?? 0;
    let to = text * tokens * 2;
    for (let at = 0; at < length; at += 1) {
      idHalves[to] = ids[from + at] ?? 0;
      maskHalves[to] = 1;
      to += 2;
    }
    from += length;
  }
  return { texts, tokens, ids: padded, mask, types: new BigInt64Array(texts * tokens) };
};
