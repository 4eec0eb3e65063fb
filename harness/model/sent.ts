/** What was really sent in a window, as two distributions. */
import { z } from 'zod';
import { nearestRank } from './rank.js';

/** [value, how many], ascending by value. */
const countsSchema = z.array(z.tuple([z.number().int(), z.number().int()]));

export const sentSchema = z.object({
  /** Requests of the window that ended. */
  requests: z.number().int(),
  /** WordPiece tokens an address, over both sides of all pairs that were sent; empty where no pairs were. */
  tokens: countsSchema,
  /** How often a text was sent: so many different texts once, twice, … */
  times: countsSchema,
});
export type Sent = z.infer<typeof sentSchema>;
export type Counts = Sent['tokens'];

/** How many different texts were sent. */
export function textsSent({ times }: Sent): number {
  return totalOf(times);
}

/** Share of the requests whose text had been sent before in the window; 0 of none. */
export function repeatShare(sent: Sent): number {
  return sent.requests === 0 ? 0 : 1 - textsSent(sent) / sent.requests;
}

export function totalOf(counts: Counts): number {
  return counts.reduce((sum, [, n]) => sum + n, 0);
}

/** Mean, percentiles by nearest rank, and largest value; null of none. */
export function figuresOf(counts: Counts): { mean: number; p50: number; p90: number; max: number } | null {
  const n = totalOf(counts);
  if (n === 0) return null;
  const at = (p: number): number => {
    const rank = nearestRank(p, n);
    let upTo = 0;
    return counts.find(([, here]) => (upTo += here) >= rank)?.[0] ?? 0;
  };
  return { mean: counts.reduce((sum, [value, here]) => sum + value * here, 0) / n, p50: at(0.5), p90: at(0.9), max: counts.at(-1)?.[0] ?? 0 };
}
