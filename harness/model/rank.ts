/** Median (mean of the two middle values for even n). NaN-free input, at least one value. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((x, y) => x - y);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/**
 * The rank, from 1, of the p-quantile of n values by nearest rank (Hyndman & Fan 1996, definition 1): ⌈p·n⌉, at least 1, for p in (0, 1]. Products
 * such as 0.07·100 that come out a rounding error too large are not pushed up a rank.
 */
export function nearestRank(p: number, n: number): number {
  return Math.max(1, Math.ceil(p * n * (1 - 1e-12)));
}

/** The p-quantile, by nearest rank, of whole numbers told as counts by value from 0; 0 where there are none. */
export function quantileOfCounts(counts: readonly (number | undefined)[], p: number): number {
  const rank = nearestRank(p, counts.reduce<number>((sum, count) => sum + (count ?? 0), 0));
  let upTo = 0;
  for (const [value, count] of counts.entries()) {
    upTo += count ?? 0;
    if (upTo >= rank) return value;
  }
  return 0;
}

/**
 * Area under the ROC curve: P(score of a positive > score of a negative) + ½ P(equal), by the Mann–Whitney rank sum with
 * mid-ranks (Hanley & McNeil 1982). null when one side is empty.
 */
export function auc(positives: readonly number[], negatives: readonly number[]): number | null {
  if (positives.length === 0 || negatives.length === 0) return null;
  const all = [...positives.map((score) => ({ score, positive: true })), ...negatives.map((score) => ({ score, positive: false }))].sort((x, y) => x.score - y.score);
  let rankSum = 0;
  for (let from = 0; from < all.length; ) {
    let to = from;
    while (to < all.length && all[to]?.score === all[from]?.score) to += 1;
    const midRank = (from + 1 + to) / 2;
    for (let i = from; i < to; i += 1) if (all[i]?.positive) rankSum += midRank;
    from = to;
  }
  const m = positives.length;
  return (rankSum - (m * (m + 1)) / 2) / (m * negatives.length);
}
