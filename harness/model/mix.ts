import { pairClasses, type DatasetPlan } from './dataset.js';

/**
 * The proportions of `mix` in counts that add up to exactly `pairs` (largest remainders; of equal ones the class named first).
 * RangeError for a mix of nothing.
 */
export function scaleMix(mix: DatasetPlan['mix'], pairs: number): DatasetPlan['mix'] {
  const total = pairClasses.reduce((sum, name) => sum + mix[name], 0);
  if (total === 0) throw new RangeError('a mix of nothing has no proportions');
  const shares = pairClasses.map((name, rank) => ({ name, rank, exact: (mix[name] / total) * pairs }));
  const scaled = { ...mix };
  for (const { name, exact } of shares) scaled[name] = Math.floor(exact);
  const short = pairs - pairClasses.reduce((sum, name) => sum + scaled[name], 0);
  const byRemainder = shares.sort((x, y) => (y.exact % 1) - (x.exact % 1) || x.rank - y.rank);
  for (const { name } of byRemainder.slice(0, short)) scaled[name] += 1;
  return scaled;
}

/** The classes that have the labels of a log in the same shares: exact as high, partial as boundary, not as low. */
export function labelledMix(labels: { exact: number; partial: number; not: number }, pairs: number): DatasetPlan['mix'] {
  return scaleMix({ high: labels.exact, low: labels.not, boundary: labels.partial, noisy: 0, abnormal: 0 }, pairs);
}
