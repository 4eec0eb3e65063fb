/** One text that waits, as a policy sees it. The queue is in order of arrival, oldest first. */
export interface Waiting {
  /** Length in tokens, [CLS] and [SEP] included. */
  tokens: number;
  /** Texts of one pair share a group. */
  group: number;
}

export interface BatchLimits {
  /** Most texts in one batch. */
  maxBatch: number;
  /** Most padded tokens in one batch: longest × texts. The oldest text is admitted however long it is. */
  tokenBudget: number;
  /** Texts share a batch only when their lengths fall into the same span of at most this many tokens; null = any lengths. */
  bucketWidth: number | null;
  /** What a batch costs before its first token, in tokens: the more, the less its padding counts. */
  overheadTokens: number;
}

/**
 * Chooses the next batch from a non-empty queue: indices in ascending order, index 0 always among them.
 * Because the oldest text is always taken, every text becomes the oldest after finitely many batches: none starves.
 */
export type Policy = (waiting: readonly Waiting[], limits: BatchLimits) => number[];

export const batchingNames = ['none', 'window', 'greedy', 'token-budget'] as const;
export type BatchingName = (typeof batchingNames)[number];

/** One pair per run, in order of arrival. */
const none: Policy = (waiting) => {
  const group = waiting[0]?.group;
  const chosen: number[] = [];
  waiting.forEach((text, index) => {
    if (text.group === group) chosen.push(index);
  });
  return chosen;
};

/** The texts, oldest first, whose lengths fall into the head's span of `width` tokens, as many as the limits allow. */
const take = (waiting: readonly Waiting[], { maxBatch, overheadTokens }: BatchLimits, tokenBudget: number, width: number): { chosen: number[]; costPerToken: number } => {
  const spanOf = (text: Waiting | undefined): number => Math.ceil((text?.tokens ?? 0) / width);
  const span = spanOf(waiting[0]);
  const chosen: number[] = [];
  let longest = 0;
  let tokens = 0;
  for (let index = 0; index < waiting.length && chosen.length < maxBatch; index += 1) {
    const text = waiting[index];
    if (text === undefined || spanOf(text) !== span) continue;
    const longer = Math.max(longest, text.tokens);
    // Stopping, not skipping: a shorter text behind would overtake this one within their span.
    if (index > 0 && longer * (chosen.length + 1) > tokenBudget) break;
    longest = longer;
    tokens += text.tokens;
    chosen.push(index);
  }
  return { chosen, costPerToken: (overheadTokens + longest * chosen.length) / tokens };
};

/**
 * Padding is what batching costs on a CPU: a batch is as expensive as its longest text times its size. Hence the
 * buckets, and hence the budget on padded tokens rather than on texts (as in Text Embeddings Inference, whose queue
 * however stops for ever at a text longer than the budget: here the oldest is admitted regardless).
 * Of the spans of 1, 2 … `bucketWidth` tokens that hold the oldest text it takes the one whose batch costs least a token: a wide one where
 * little waits, a narrow one in a crowd.
 */
const fill = (waiting: readonly Waiting[], limits: BatchLimits, tokenBudget: number): number[] => {
  let best = take(waiting, limits, tokenBudget, limits.bucketWidth ?? Infinity);
  for (let width = (limits.bucketWidth ?? 1) - 1; width >= 1; width -= 1) {
    const narrower = take(waiting, limits, tokenBudget, width);
    if (narrower.costPerToken < best.costPerToken) best = narrower;
  }
  return best.chosen;
};

/** When a batch may leave is the scheduler's: for `window` it waits for a full batch or the end of a delay, for the others for a worker alone. */
export const policies: Record<BatchingName, Policy> = {
  none,
  window: (waiting, limits) => fill(waiting, limits, Infinity),
  greedy: (waiting, limits) => fill(waiting, limits, Infinity),
  'token-budget': (waiting, limits) => fill(waiting, limits, limits.tokenBudget),
};
