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
  /** Texts share a batch only when their lengths fall into the same span of this many tokens, a quarter of it in a crowd; null = any lengths. */
  bucketWidth: number | null;
}

/**
 * Chooses the next batch from a non-empty queue: indices in ascending order, index 0 always among them.
 * Because the oldest text is always taken, every text becomes the oldest after finitely many batches: none starves.
 */
export type Policy = (waiting: readonly Waiting[], limits: BatchLimits) => number[];

export type BatchingName = 'none' | 'greedy' | 'token-budget';

/** One pair per run, in order of arrival. */
const none: Policy = (waiting) => {
  const group = waiting[0]?.group;
  const chosen: number[] = [];
  waiting.forEach((text, index) => {
    if (text.group === group) chosen.push(index);
  });
  return chosen;
};

/** Batches that must wait before lengths are told apart more finely. */
const crowd = 2;
/** By how much: of what 100 users send, a span of 8 tokens pads 13 %, of 2 only 2 %, and a batch still has 13 texts. */
const crowdShare = 1 / 4;

/**
 * Padding is what batching costs on a CPU: a batch is as expensive as its longest text times its size. Hence the
 * buckets, and hence the budget on padded tokens rather than on texts (as in Text Embeddings Inference, whose queue
 * however stops for ever at a text longer than the budget: here the oldest is admitted regardless).
 */
const fill = (waiting: readonly Waiting[], limits: BatchLimits, tokenBudget: number): number[] => {
  const head = waiting[0];
  if (head === undefined) return [];
  const { bucketWidth, maxBatch } = limits;
  const width = bucketWidth !== null && waiting.length >= crowd * maxBatch ? Math.max(1, bucketWidth * crowdShare) : bucketWidth;
  const bucketOf = (tokens: number): number => (width === null ? 0 : Math.ceil(tokens / width));
  const bucket = bucketOf(head.tokens);
  const chosen = [0];
  let longest = head.tokens;
  for (let index = 1; index < waiting.length && chosen.length < maxBatch; index += 1) {
    const text = waiting[index];
    if (text === undefined || bucketOf(text.tokens) !== bucket) continue;
    longest = Math.max(longest, text.tokens);
    // Stopping, not skipping: a shorter text behind would overtake this one within their bucket.
    if (longest * (chosen.length + 1) > tokenBudget) break;
    chosen.push(index);
  }
  return chosen;
};

export const policies: Record<BatchingName, Policy> = {
  none,
  greedy: (waiting, limits) => fill(waiting, limits, Infinity),
  'token-budget': (waiting, limits) => fill(waiting, limits, limits.tokenBudget),
};
