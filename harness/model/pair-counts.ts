import { z } from 'zod';

/** What became of the pairs of an offline load. Those that are in none of the counts were not sent, or their request never ended. */
export const pairCountsSchema = z.object({
  /** In requests that ended, each pair once: answered + refused + failed + late. */
  sent: z.number().int(),
  /** In requests that were answered as they should be, before the time was over. */
  answered: z.number().int(),
  /** In requests that were rightly refused (4xx, for a pair that a server may refuse). */
  refused: z.number().int(),
  failed: z.number().int(),
  /** In requests that ended only after the time was over, however they ended. */
  late: z.number().int(),
  /** Sent a second time, which must not be. */
  again: z.number().int(),
  /** Answered in each second of the window. */
  bySecond: z.array(z.number()),
});
export type PairCounts = z.infer<typeof pairCountsSchema>;
