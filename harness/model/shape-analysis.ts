/** What is said of a spike and of a soak: time to recover, drift and leaks. */
import type { Estimate, Finding } from './estimate.js';

/** How a spike was survived: harness/analysis/recovery.ts. Times in s. */
export interface Recovery {
  /** What must hold again: the `p`-th percentile of each window is at most `limitMs`. */
  p: number;
  limitMs: number;
  windowS: number;
  /** The steps, since the measured window opened, and how long the base rate was watched after the second. */
  stepUpS: number;
  stepDownS: number;
  watchedS: number;
  /** Whether the limit was broken at all from the step up on. */
  broken: boolean;
  recovered: boolean;
  /** From the step down; not recovered: `value` is what was watched, `high` is null. */
  time: Estimate;
  /** The worst percentile of a window from the step up on, ms; null where failures made it infinite. */
  worstMs: number | null;
}

export const driftWords = ['drifts', 'steady', 'too-short'] as const;
export type DriftWord = (typeof driftWords)[number];

/** How one quantity moved through a soak: harness/analysis/drift.ts. */
export interface Drift {
  of: 'latency-p50' | 'latency-p95' | 'memory' | 'vram';
  /** GPU by uuid for `vram`, else ''. */
  source: string;
  unit: 'ms' | 'MiB';
  /** drifts; steady: no drift shown, and none that matters can hide; too-short: neither can be said. */
  word: DriftWord;
  /** Unit per hour. */
  slope: Finding<Estimate>;
  /** Median of the blocks, and the change through the window by the slope, in `unit`; null where there is no slope. */
  median: number | null;
  change: number | null;
  /** A change that matters, in `unit`. */
  limit: number | null;
  /** Mann–Kendall statistic of the blocks; null where there is no slope. */
  z: number | null;
  blocks: number;
}
