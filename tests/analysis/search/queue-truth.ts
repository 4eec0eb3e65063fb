/** Capacity of one server with exponential service of rate μ under a limit T of p95, in closed form; rates a second, T in s. */

/** Poisson arrivals, M/M/1: P(latency > x) = exp(−(μ − λ)x), so p95 is T at λ = μ − ln 20 / T (Kleinrock 1975, §3.2). */
export const poissonTruth = (mu: number, limitS: number): number => mu - Math.log(20) / limitS;

/** Constant gaps, D/M/1: P(latency > x) = exp(−μ(1 − σ)x) with σ = exp(−μ(1 − σ)/λ), so 1 − σ = ln 20 / (μT) and λ = −μ(1 − σ)/ln σ (Kleinrock 1975, §6.4). */
export const constantTruth = (mu: number, limitS: number): number => {
  const rest = Math.log(20) / (mu * limitS);
  return (-mu * rest) / Math.log1p(-rest);
};
