import type { Buckets } from './bucket.js';
import type { RequestRow } from './row.js';
import type { Window } from './window.js';

/** What became of an open load's schedule. */
export interface ScheduleBook {
  /** Due in the window. */
  due: number;
  /** Of them, those that were not even sent when the stage was stopped: at least so many. */
  unsent: number;
  /** Of those that ended: sent late because every worker was busy when their moment came; the longest such wait, ms. */
  waited: number;
  longestWaitMs: number;
  /** Due and not ended when the window opened. */
  openAtStart: number;
  /** Sum over those that ended of end − due, from their moments, ms. */
  heldMs: number;
}

/**
 * What a row means under one kind of arrival: from when its latency counts, how late the generator was, whether requests of the
 * window are still open.
 */
export interface Ledger {
  window: Pick<Window, 'fromMs' | 'toMs' | 'closeAt' | 'settled' | 'openStartsMs'>;
  /** Sets when the request was due, and its latency from there. */
  place(row: RequestRow): void;
  /** Books a placed row, and says whether it was due before, in or after the window. */
  book(row: Readonly<RequestRow>): 'before' | 'in' | 'after';
  /** Lateness of the generator itself, µs, of requests of the window. */
  lag: Buckets;
  /** Mean think time really taken in the window, ms; null where no user thought. */
  thinkMeanMs(): number | null;
  /** null for closed load. */
  schedule(): ScheduleBook | null;
}
