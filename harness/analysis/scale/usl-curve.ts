/**
 * The Universal Scalability Law as a curve.
 *
 *   X(N)  = λN / (1 + σ(N−1) + κN(N−1))
 *   peak  N* = √((1−σ)/κ), X* = X(N*); none where κ = 0
 *   knee  the load of greatest power X/R = X²/N (Kleinrock 1979, "Power and deterministic rules of thumb"); from d(X²/N)/dN = 0
 *         with D the denominator of X:  D = 2N·D′  ⇒  3κN² + (σ−κ)N − (1−σ) = 0
 *         N_k = (−(σ−κ) + √((σ−κ)² + 12κ(1−σ))) / 6κ, and (1−σ)/σ where κ = 0
 *
 * λ: throughput of one in flight; σ (contention): share of the work that only one can do at a time; κ (coherence): cost of each
 * pair of requests that have to agree. N is the number *in flight*, not of users who think.
 * Reference: Gunther, Guerrilla Capacity Planning (2007), ch. 4–6. Assumes 0 ≤ σ ≤ 1, κ ≥ 0, λ > 0; nothing else is refused here.
 */

export interface UslCurve {
  /** Requests a second with one in flight. */
  lambdaRps: number;
  sigma: number;
  kappa: number;
}

/** The denominator of the law: what a request takes with N in flight, in units of what it takes alone. */
export function stretch({ sigma, kappa }: Pick<UslCurve, 'sigma' | 'kappa'>, n: number): number {
  return 1 + sigma * (n - 1) + kappa * n * (n - 1);
}

/** X(N), requests a second. */
export function throughputAt(curve: UslCurve, n: number): number {
  return (curve.lambdaRps * n) / stretch(curve, n);
}

/** N*, or null where throughput never falls (κ = 0). With σ = 1 and any κ the peak is at one or below. */
export function peakOf({ sigma, kappa }: UslCurve): number | null {
  return kappa > 0 ? Math.max(1, Math.sqrt((1 - sigma) / kappa)) : null;
}

/** N_k; Infinity where the law scales without end (σ = κ = 0). Never below one. */
export function kneeOf({ sigma, kappa }: UslCurve): number {
  if (kappa > 0) return Math.max(1, (kappa - sigma + Math.sqrt((sigma - kappa) ** 2 + 12 * kappa * (1 - sigma))) / (6 * kappa));
  return sigma > 0 ? Math.max(1, (1 - sigma) / sigma) : Infinity;
}
