/** Zipf's law: rank k of 1..n has probability k^-s / H(n, s), H the generalised harmonic number. */

/** Beyond so many ranks, neighbours are so alike that one stands for a stretch of them. */
const exactRanks = 4096;
const stretchGrowth = 0.002;

/**
 * How many different ranks `draws` independent draws are expected to bring: the sum over k of 1 - (1 - p_k)^draws.
 * The first 4,096 ranks one by one; behind them by stretches that grow by 0.2 %, each at its middle.
 */
export function expectedDistinct(n: number, s: number, draws: number): number {
  const stretches: { weight: number; size: number }[] = [];
  for (let from = 1; from <= n; ) {
    const size = from <= exactRanks ? 1 : Math.min(n - from + 1, Math.floor(from * stretchGrowth));
    stretches.push({ weight: (from + (size - 1) / 2) ** -s, size });
    from += size;
  }
  const total = stretches.reduce((sum, { weight, size }) => sum + size * weight, 0);
  if (stretches.length === 1) return Math.min(draws, n);
  return stretches.reduce((sum, { weight, size }) => sum - size * Math.expm1(draws * Math.log1p(-weight / total)), 0);
}

/** `distinct` ranks shared out to parts in proportion to their counts: at least one to each that has any, in all `distinct` where that can be. */
export function rankPools(distinct: number, counts: readonly number[]): number[] {
  const all = counts.reduce((sum, count) => sum + count, 0);
  let before = 0;
  let given = 0;
  return counts.map((count) => {
    before += count;
    const pool = count === 0 ? 0 : Math.max(1, Math.round((distinct * before) / all) - given);
    given += pool;
    return pool;
  });
}
