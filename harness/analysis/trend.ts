/**
 * Is there a trend, and how steep?
 *
 *   Theil–Sen     slope b = median of (y_j − y_i)/(t_j − t_i) over all pairs i < j (Theil 1950; Sen 1968)
 *   Kendall       S = Σ_{i<j} sign(y_j − y_i);  Var S = [n(n−1)(2n+5) − Σ u(u−1)(2u+5)]/18 over groups of u equal values (Kendall 1970, §4.9)
 *   Mann–Kendall  z = (S − sign S)/√(f·Var S), standard normal where there is no trend (Mann 1945)
 *   interval      with N slopes and C = z_{1−α/2}·√(f·Var S), from the ((N − C)/2)-th slope to the ((N + C)/2 + 1)-th, ascending (Sen 1968;
 *                 Hollander & Wolfe 1999, §9.3)
 *   f             neighbouring values may depend on each other, which makes S vary more: f = (1 + ρ)/(1 − ρ), as in a first-order autoregression
 *                 (Bayley & Hammersley 1946; Yue & Wang 2004), with ρ = r + (2 + 4r)/n of the lag-1 correlation r of the ranks of what the line leaves
 *                 over (a fitted line takes so much of it away; Kendall 1954); 1 where ρ ≤ 1.28/√n, which noise alone reaches once in ten
 *
 * Assumes one straight trend and noise alike all along; no distribution. Outliers up to 29 % of the values do not move the slope far.
 * Refuses fewer than 30 values (`too-short`): below that f is badly known, and a 95 % interval holds more than 97 or less than 92 of 100 slopes; and
 * values that are all at one moment.
 */
import type { Estimate, Finding } from '../model/estimate.js';
import { middleOf, type Block } from './blocks.js';
import { normalQuantile } from './distribution.js';

export const leastForTrend = 30;
/** Beyond it a series is one step, not noise: what is left of n values would be fewer than n/19. */
const mostDependence = 0.9;

export interface Trend {
  /** Slope a ms, with its interval. */
  slope: Estimate;
  /** Mann–Kendall statistic. */
  z: number;
}

/** The trend of a series of at most a few hundred values (work grows with their square). */
export function fitTrend(blocks: readonly Block[], confidence: number): Finding<Trend> {
  const n = blocks.length;
  if (n < leastForTrend) return { kind: 'absent', why: 'too-short', needed: leastForTrend };
  const values = blocks.map(({ value }) => value);
  const slopes = pairSlopes(blocks);
  if (slopes.length === 0) return { kind: 'absent', why: 'too-short', needed: leastForTrend };
  const slope = middleOf(Array.from(slopes));
  const left = blocks.map(({ tMs, value }) => value - slope * tMs);
  const deviation = Math.sqrt(kendallVariance(values) * dependence(ranksOf(left)));
  const s = kendallS(values);
  const reach = normalQuantile(1 - (1 - confidence) / 2) * deviation;
  const at = (rank: number): number => slopes[Math.min(slopes.length, Math.max(1, rank)) - 1] as number;
  return {
    kind: 'found',
    value: {
      slope: {
        value: slope, low: at(Math.floor((slopes.length - reach) / 2)), high: at(Math.ceil((slopes.length + reach) / 2) + 1), confidence, method: 'theil-sen', n,
      },
      z: deviation === 0 ? 0 : (s - Math.sign(s)) / deviation,
    },
  };
}

/** All (y_j − y_i)/(t_j − t_i), ascending; pairs of one moment have none. */
function pairSlopes(blocks: readonly Block[]): Float64Array {
  const slopes = new Float64Array((blocks.length * (blocks.length - 1)) / 2);
  let count = 0;
  for (const [i, from] of blocks.entries()) {
    for (let j = i + 1; j < blocks.length; j += 1) {
      const to = blocks[j] as Block;
      if (to.tMs === from.tMs) continue;
      slopes[count] = (to.value - from.value) / (to.tMs - from.tMs);
      count += 1;
    }
  }
  return slopes.subarray(0, count).sort();
}

/** Kendall's S. */
export function kendallS(values: readonly number[]): number {
  let sum = 0;
  for (const [i, from] of values.entries()) for (let j = i + 1; j < values.length; j += 1) sum += Math.sign((values[j] as number) - from);
  return sum;
}

/** Var S under no trend and no dependence, ties corrected. */
export function kendallVariance(values: readonly number[]): number {
  const groups = new Map<number, number>();
  for (const value of values) groups.set(value, (groups.get(value) ?? 0) + 1);
  const weight = (u: number): number => u * (u - 1) * (2 * u + 5);
  return [...groups.values()].reduce((sum, u) => sum - weight(u), weight(values.length)) / 18;
}

/** How much more S varies because neighbours are alike: f above. `values` are what a fitted line left over. */
export function dependence(values: readonly number[]): number {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  let square = 0;
  let product = 0;
  for (const [i, value] of values.entries()) {
    square += (value - mean) ** 2;
    product += i === 0 ? 0 : (value - mean) * ((values[i - 1] as number) - mean);
  }
  if (square === 0) return 1;
  const seen = product / square;
  const rho = Math.min(mostDependence, seen + (2 + 4 * seen) / n);
  return rho <= 1.28 / Math.sqrt(n) ? 1 : (1 + rho) / (1 - rho);
}

/** Ranks from 1; equal values share their mean rank. */
function ranksOf(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((x, y) => (values[x] as number) - (values[y] as number));
  const ranks = new Array<number>(values.length).fill(0);
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && values[order[to] as number] === values[order[from] as number]) to += 1;
    for (let k = from; k < to; k += 1) ranks[order[k] as number] = (from + to + 1) / 2;
    from = to;
  }
  return ranks;
}
