import type { Language } from '../report/index.js';

/** Where a verb writes: results to stdout, everything else to stderr. Only main.ts makes one. */
export interface Io {
  /** Of what is printed; English where nothing is said. */
  language?: Language;
  /** Colour on stderr; none where nothing is said. */
  errColour?: boolean;
  out(text: string): void;
  err(text: string): void;
  /** Results of any length on stdout: resolves once there is room for more; to false when nobody reads any more. */
  pour(data: string | Uint8Array): Promise<boolean>;
  /** stderr can be redrawn: a terminal, and not a CI log. */
  live: boolean;
  /** Colour on stdout. */
  colour: boolean;
  /** Columns of stderr, where progress is drawn. */
  columns: number;
  /** Columns of stdout; null where it is no terminal, so that lines may have any length. */
  width: number | null;
}
