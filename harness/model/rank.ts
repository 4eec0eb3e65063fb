/** Median (mean of the two middle values for even n). NaN-free input, at least one value. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((x, y) => x - y);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
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
