import type { Baseline } from './baseline.js';
import type { LikenessFact } from './likeness.js';
import type { RunRecord } from './record.js';

/** A fact in which the baseline and the run are not alike, as either has it. */
export interface Unlike {
  fact: LikenessFact;
  there: string;
  here: string;
}

/** What a run is held against. */
export interface Against {
  baseline: Baseline;
  unlike: readonly Unlike[];
  /** Further runs of the same thing: they pool with the run that is judged, for the run is the unit. */
  others: readonly RunRecord[];
}
