import { z } from 'zod';

/** The batch endpoint of a wire format. */
export const batchPlanSchema = z.object({
  /** Path below the server's URL. */
  path: z.string(),
  /** JSON text in which {{pairs}} stands for the pairs, with commas between them. */
  body: z.string(),
  /** JSON text of one of them, with {{a}} and {{b}} as in the body of a single request. */
  pair: z.string(),
  /** Path to the list with one entry a pair, in the order of the pairs. */
  scoresPath: z.array(z.union([z.string(), z.number()])),
  /** Path to the score in an entry; empty where the entry is the score. */
  scorePath: z.array(z.union([z.string(), z.number()])),
});
export type BatchPlan = z.infer<typeof batchPlanSchema>;

/**
 * How a pair becomes an HTTP request and an answer becomes a score, as data: any engine, in any process, can follow it.
 */
export const requestPlanSchema = z.object({
  /** Name of the wire format: `similarity` or `template`. */
  format: z.string(),
  method: z.literal('POST'),
  /** Path below the server's URL. */
  path: z.string(),
  headers: z.record(z.string(), z.string()),
  /** JSON text in which {{a}} and {{b}} stand for the two addresses as JSON strings. */
  body: z.string(),
  /** Names of the two fields, for abnormal requests that leave one out. */
  keys: z.object({ left: z.string(), right: z.string() }),
  /** How several pairs become one request; absent where the format has no such endpoint: then a pair is a request. */
  batch: batchPlanSchema.optional(),
  /** Path to the score in the JSON answer, e.g. ['similarity'] or ['data', 0, 'score']. */
  scorePath: z.array(z.union([z.string(), z.number()])),
  /** Path to the label in the answer; absent where the format has none. */
  labelPath: z.array(z.union([z.string(), z.number()])).optional(),
  /** Scores outside [least, most] are wrong answers. */
  scoreRange: z.tuple([z.number(), z.number()]),
  /** A score at or above it says "the same place"; a flip is a change of side. */
  threshold: z.number(),
  /** Who chose the threshold: to one that the scenario wrote the server's own is not preferred. Absent in older records: the scenario. */
  thresholdFrom: z.enum(['scenario', 'default']).optional(),
});
export type RequestPlan = z.infer<typeof requestPlanSchema>;

/** What one body is expected to bring, by body index: the engine knows bodies only by number. */
export interface BodyExpectation {
  class: string;
  expect: 'answer' | 'reject' | 'either';
  kind?: string;
}

/** The bodies of a run as the engines read them: a file of lines, plus what each line should bring. */
export interface BodySet {
  /** One body a line; a line that starts with `b64:` holds bytes in base64. */
  file: string;
  count: number;
  /** Pairs in each body, the last may have fewer; absent where a body is one pair. Then expectations and texts are by pair. */
  pairsEach?: number;
  expectations: readonly BodyExpectation[];
  /** What the bodies are like, so that what was really sent can be told; absent where nobody asks. */
  texts?: BodyTexts;
}

/** Pairs in the body with this index. */
export function pairsIn({ count, pairsEach = 1, expectations }: Pick<BodySet, 'count' | 'pairsEach' | 'expectations'>, body: number): number {
  return body < count - 1 ? pairsEach : expectations.length - pairsEach * (count - 1);
}

/** Of each body, or where a body is several pairs of each pair, by its index. */
export interface BodyTexts {
  /** WordPiece tokens of its two addresses, at 2·index and 2·index + 1; `noTokens` of one that is no pair. */
  tokens: Uint16Array;
  /** Index of the first body with the same text; its own where it is the first. */
  first: Uint32Array;
}

/** Stands for the tokens of what is no address; longer texts have one fewer. */
export const noTokens = 0xffff;
