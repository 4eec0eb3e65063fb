/**
 * The cut of a series into two parts that differ most, by energy distance (Székely & Rizzo 2004) with exponent 1:
 *
 *   Q(τ) = τ(n−τ)/n · [ 2/(τ(n−τ)) ΣΣ |x_i − x_j|  −  C(τ,2)⁻¹ Σ |x_i − x_k|  −  C(n−τ,2)⁻¹ Σ |x_j − x_l| ]
 *
 * i, k ≤ τ < j, l: between the parts, within the first, within the second. The first cut of the greatest Q is taken.
 *
 * With one dimension and exponent 1 all n cuts together cost O(n log n): a value that moves from the second part to the first changes
 * the sums by its distance to each part, which a Fenwick tree over the ranks gives.
 * Refuses (null) a series of fewer than 2 · `least` values, and one whose values are all the same.
 */

export interface Split {
  /** Values in the first part. */
  at: number;
  q: number;
}

/** Ranks of values by size, equal values one rank, and the sum of each value's distances to all others: what no order of the values changes. */
export interface Ranked {
  rank: Uint32Array;
  value: Float64Array;
  distance: Float64Array;
  /** Of all pairs. */
  total: number;
}

/** Of a series in its order. */
export function rankValues(series: readonly number[]): Ranked {
  const value = Float64Array.from(series);
  const n = value.length;
  const sorted = Float64Array.from(value).sort();
  const rank = value.map((x) => firstAtLeast(sorted, x));
  let sum = 0;
  const below = new Float64Array(n + 1);
  sorted.forEach((x, i) => { below[i + 1] = sum += x; });
  const distance = value.map((x, i) => {
    const r = rank[i] as number;
    return x * r - (below[r] as number) + (sum - (below[r] as number)) - x * (n - r);
  });
  return { rank: Uint32Array.from(rank), value, distance, total: distance.reduce((all, one) => all + one, 0) / 2 };
}

function firstAtLeast(sorted: Float64Array, x: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The best cut of the values in the order that `order` gives; each part has at least `least`, two or more. */
export function bestSplit({ rank, value, distance, total }: Ranked, order: Uint32Array, least: number): Split | null {
  const n = order.length;
  if (n < 2 * least || total === 0) return null;
  const counts = new Float64Array(n + 1);
  const sums = new Float64Array(n + 1);
  let leftSum = 0;
  let leftWithin = 0;
  let rightWithin = total;
  let best: Split | null = null;
  for (let moved = 0; moved < n - least; moved += 1) {
    const item = order[moved] as number;
    const x = value[item] as number;
    const r = rank[item] as number;
    let count = 0;
    let sum = 0;
    for (let node = r + 1; node > 0; node -= node & -node) {
      count += counts[node] as number;
      sum += sums[node] as number;
    }
    const toLeft = x * count - sum + (leftSum - sum) - x * (moved - count);
    leftWithin += toLeft;
    rightWithin -= (distance[item] as number) - toLeft;
    leftSum += x;
    for (let node = r + 1; node <= n; node += node & -node) {
      counts[node] = (counts[node] as number) + 1;
      sums[node] = (sums[node] as number) + x;
    }
    const left = moved + 1;
    if (left < least) continue;
    const right = n - left;
    const between = total - leftWithin - rightWithin;
    const q = ((left * right) / n) * ((2 * between) / (left * right) - (2 * leftWithin) / (left * (left - 1)) - (2 * rightWithin) / (right * (right - 1)));
    if (best === null || q > best.q) best = { at: left, q };
  }
  return best;
}
