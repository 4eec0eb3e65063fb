import type { Baseline } from './baseline.js';
import type { LikenessFact } from './likeness.js';
import type { RunRecord } from './record.js';

/** What one side has of a fact, in no language: its parts by their names, '' where it has none or nobody knows. */
export type FactParts = Readonly<Record<string, string | number>>;

/** A fact in which the baseline and the run are not alike, as either has it. */
export interface Unlike {
  fact: LikenessFact;
  there: string;
  here: string;
  /** The same, for the report, which has words of its own. */
  parts: { there: FactParts; here: FactParts };
  /** Of the plan, where the baseline says what it asked: the settings that differ, null where a side has none. */
  settings?: DifferentSetting[];
}

export interface DifferentSetting {
  /** Path in the plan, such as `load.stages[0].arrival.users`. */
  path: string;
  there: string | null;
  here: string | null;
}

/** What a run is held against. */
export interface Against {
  baseline: Baseline;
  unlike: readonly Unlike[];
  /** Further runs of the same thing: they pool with the run that is judged, for the run is the unit. */
  others: readonly RunRecord[];
}
