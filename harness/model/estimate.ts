/** A number that was measured, or the reason why there is none. */

/** A number with its uncertainty. `low`/`high` are null where the data cannot bound that side. */
export interface Estimate {
  value: number;
  low: number | null;
  high: number | null;
  confidence: number;
  /** e.g. `order-statistics` (sampling only), `wilson`, `count`. */
  method: string;
  n: number;
}

/** A value that may not be there, with its reason. `needed`: how many requests in all a finite interval needs (`too-few`). */
export type Finding<T> = { kind: 'found'; value: T } | { kind: 'absent'; why: string; needed?: number };
