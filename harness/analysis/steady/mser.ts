/**
 * Where does the warm-up of a series end? MSER-5 (White 1997; White, Cobb & Spratt 2000):
 *
 *   y_1 … y_k   means of five values in a row; what is left over at the end is dropped
 *   d* = argmin over 0 ≤ d ≤ k/2 of  Σ_{i>d} (y_i − ȳ_d)² / (k − d)²,   ȳ_d the mean of y_{d+1} … y_k
 *
 * i.e. the cut that leaves the smallest standard error of the mean. The smallest of equal cuts is taken. d* = ⌊k/2⌋ says that
 * the series has no steady part that long.
 *
 * Assumes that the series ends in a steady part. Alone it is a means of estimating a mean, no test: of steady series of a minute it
 * cuts two in five somewhere and one in ten at half, for a first value a little off is enough; unlike.ts asks whether what was cut is
 * unlike the rest. It is blind to a step in the last three sevenths of the series, and sees slow drift badly.
 * Refuses (null) fewer than ten means, i.e. 50 values.
 */

/** Values in a mean. */
export const batchSize = 5;
/** Fewest values of a series. */
export const leastValues = 50;

export interface Cut {
  /** Values before the steady part; a multiple of five. */
  values: number;
  /** True where the cut lies at half: no steady part was found. */
  atHalf: boolean;
}

/** Means of five values in a row; a null stands for no value, and five of them in a row make the whole null. */
export function batchMeans(series: readonly (number | null)[]): number[] | null {
  const means: number[] = [];
  for (let from = 0; from + batchSize <= series.length; from += batchSize) {
    const values = series.slice(from, from + batchSize).filter((value) => value !== null);
    if (values.length === 0) return null;
    means.push(values.reduce((sum, value) => sum + value, 0) / values.length);
  }
  return means;
}

/** The cut of a series of which `means` are the means of five; O(k). */
export function mserCut(means: readonly number[]): Cut | null {
  const k = means.length;
  if (k * batchSize < leastValues) return null;
  const half = Math.floor(k / 2);
  // Around the overall mean, so that the difference of two large sums is not taken.
  const centre = means.reduce((sum, mean) => sum + mean, 0) / k;
  const rounding = 1e-12 * means.reduce((all, mean) => all + (mean - centre) ** 2, 0);
  let sum = 0;
  let squares = 0;
  let least = Infinity;
  let at = 0;
  for (let d = k - 1; d >= 0; d -= 1) {
    const y = (means[d] as number) - centre;
    sum += y;
    squares += y * y;
    const kept = k - d;
    const spread = squares - (sum * sum) / kept;
    const statistic = spread <= rounding ? 0 : spread / (kept * kept);
    if (d <= half && statistic <= least) {
      least = statistic;
      at = d;
    }
  }
  return { values: at * batchSize, atHalf: at === half };
}
