/**
 * One figure over several runs, the run being the unit.
 *
 *   several runs   m ± t_{1−α/2, n−1} · s / √n, on logarithms where every value is positive and has a unit (then m is the geometric mean)
 *   one run        its own interval, which speaks of sampling alone
 *   within         half-widths of the interval of sampling of the mean: √(Σ hᵢ²) / n, each brought to the asked confidence by the ratio of normal quantiles
 *
 * Reference: Student (1908), as in compare/summary.ts. Assumes independent runs. A run whose own interval is open on a side leaves that side of `within` open.
 */
import type { BaselineFigure } from '../../model/baseline.js';
import type { Estimate } from '../../model/estimate.js';
import { normalQuantile, studentQuantile } from '../distribution.js';

const z = (confidence: number): number => normalQuantile((1 + confidence) / 2);

/** Null of no run. A figure without a unit (a share, a count, a score) may be 0 and is never taken as a logarithm. */
export function poolRuns(runs: readonly Estimate[], unit: string, confidence: number): BaselineFigure | null {
  const values = runs.map(({ value }) => value);
  const n = values.length;
  const [only] = runs;
  if (only === undefined) return null;
  const logarithmic = isLogarithmic(values, unit);
  const xs = logarithmic ? values.map(Math.log) : values;
  const mean = xs.reduce((sum, x) => sum + x, 0) / n;
  const back = (x: number): number => (logarithmic ? Math.exp(x) : x);
  const value = n === 1 ? only.value : back(mean);
  const halfOf = (side: 'low' | 'high'): number | null => {
    const halves = runs.map((run) => (run[side] === null ? null : (Math.abs(run[side] - run.value) * z(confidence)) / z(run.confidence)));
    return halves.some((half) => half === null) ? null : Math.sqrt(halves.reduce<number>((sum, half) => sum + (half ?? 0) ** 2, 0)) / n;
  };
  const within = { below: halfOf('low'), above: halfOf('high') };
  if (n === 1) return { unit, value, low: within.below === null ? null : value - within.below, high: within.above === null ? null : value + within.above, within, values };
  const half = studentQuantile((1 + confidence) / 2, n - 1) * Math.sqrt(squaresOf(xs) / (n - 1) / n);
  return { unit, value, low: back(mean - half), high: back(mean + half), within, values };
}

/** Whether a figure is compared by its ratio: it has a unit, and every value is above 0. */
export function isLogarithmic(values: readonly number[], unit: string): boolean {
  return unit !== '' && values.every((value) => value > 0);
}

/** Sum of the squared distances from the mean. */
export function squaresOf(xs: readonly number[]): number {
  const mean = xs.reduce((sum, x) => sum + x, 0) / xs.length;
  return xs.reduce((sum, x) => sum + (x - mean) ** 2, 0);
}
