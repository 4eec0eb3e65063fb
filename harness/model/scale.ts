/** What throughput does as load grows, as a fitted curve. Formulas: harness/analysis/scale/. */
import type { Estimate, Finding } from './estimate.js';

/** One level of load that the curve was fitted to. */
export interface ScaleLevel {
  /** Index of its stage. */
  stage: number;
  /** Mean number of requests in flight in the window: users less those who think. */
  inFlight: number;
  /** Successful answers a second. */
  rps: number;
}

export interface ScaleAnalysis {
  levels: ScaleLevel[];
  /** Universal Scalability Law X(N) = λN / (1 + σ(N−1) + κN(N−1)): λ in requests a second, σ contention 0..1, κ coherence. */
  curve: { lambdaRps: number; sigma: number; kappa: number };
  /** The largest |measured / fitted − 1| of the levels. */
  worstMiss: number;
  /** The curve with its interval, from the smallest to the largest measured load; nothing is said beyond. */
  band: { inFlight: number; rps: number; low: number; high: number }[];
  /** Load of greatest throughput by latency (X²/N), in flight: more load from here on brings more waiting than answers. */
  knee: Finding<Estimate>;
  /** Load of greatest throughput; found only where a larger load was tried and brought less. */
  peak: Finding<{ inFlight: Estimate; rps: Estimate }>;
}
