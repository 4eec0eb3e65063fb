/** Ids [texts, tokens], row after row, shorter texts padded with 0 at the end. */
export interface PaddedIds {
  texts: number;
  tokens: number;
  ids: BigInt64Array;
}

/** Inputs of one run of a text encoder. */
export interface PaddedBatch extends PaddedIds {
  mask: BigInt64Array;
  /** All zero: one segment. */
  types: BigInt64Array;
}

/**
 * Pads the texts at places `first`, `first` + `step` … and passes over the others. The ids are written as the low halves of 64-bit
 * integers: a token id is never negative, and making a BigInt of each costs more than the tokenizer does.
 */
const padEvery = (ids: Int32Array, lengths: Int32Array, step: number, first: number): PaddedIds => {
  const texts = Math.ceil((lengths.length - first) / step);
  let tokens = 0;
  for (let text = first; text < lengths.length; text += step) tokens = Math.max(tokens, lengths[text] ?? 0);
  const padded = new BigInt64Array(texts * tokens);
  const halves = new Int32Array(padded.buffer);
  let from = 0;
  let row = 0;
  for (let text = 0; text < lengths.length; text += 1) {
    const length = lengths[text] ?? 0;
    if (text % step === first) {
      const to = row * tokens * 2;
      for (let at = 0; at < length; at += 1) halves[to + at * 2] = ids[from + at] ?? 0;
      row += 1;
    }
    from += length;
  }
  return { texts, tokens, ids: padded };
};

/** Pads flat ids to the longest text of the batch. */
export const padBatch = (ids: Int32Array, lengths: Int32Array): PaddedBatch => {
  const batch = padEvery(ids, lengths, 1, 0);
  const mask = new BigInt64Array(batch.ids.length);
  const halves = new Int32Array(mask.buffer);
  lengths.forEach((length, text) => {
    const to = text * batch.tokens * 2;
    for (let at = 0; at < length; at += 1) halves[to + at * 2] = 1;
  });
  return { ...batch, mask, types: new BigInt64Array(batch.ids.length) };
};

/** Texts at even places and texts at odd places, each padded for itself: the two sides of pairs. */
export const padSides = (ids: Int32Array, lengths: Int32Array): [PaddedIds, PaddedIds] => [padEvery(ids, lengths, 2, 0), padEvery(ids, lengths, 2, 1)];

/** The two texts of each pair in one row, as BERT reads them: [CLS] a [SEP] b [SEP], `types` 1 from b on. */
export const padPairs = (ids: Int32Array, lengths: Int32Array): PaddedBatch => {
  const pairs = lengths.length / 2;
  // [CLS] of the second text goes.
  const joined = new Int32Array(ids.length - pairs);
  const whole = new Int32Array(pairs);
  let from = 0;
  let to = 0;
  for (let pair = 0; pair < pairs; pair += 1) {
    const [left = 0, right = 0] = lengths.subarray(pair * 2, pair * 2 + 2);
    joined.set(ids.subarray(from, from + left), to);
    joined.set(ids.subarray(from + left + 1, from + left + right), to + left);
    whole[pair] = left + right - 1;
    from += left + right;
    to += left + right - 1;
  }
  const batch = padBatch(joined, whole);
  for (let pair = 0; pair < pairs; pair += 1) {
    const row = pair * batch.tokens;
    batch.types.fill(1n, row + (lengths[pair * 2] ?? 0), row + (whole[pair] ?? 0));
  }
  return batch;
};
