/** Where a verb writes: results to stdout, everything else to stderr. Only main.ts makes one. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  /** stderr can be redrawn: a terminal, and not a CI log. */
  live: boolean;
  /** Colour on stdout. */
  colour: boolean;
  columns: number;
}
