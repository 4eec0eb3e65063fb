import type { StageResult } from '../model/record.js';

/** The time in which all parts of a mix were measured: from the last opening to the first close, as long as 0 where there is none. Of a stage alone its window. ms since the run started. */
export function commonWindow(parts: readonly StageResult[]): { fromMs: number; toMs: number } {
  const fromMs = Math.max(...parts.map(({ windowFromMs }) => windowFromMs));
  return { fromMs, toMs: Math.max(fromMs, Math.min(...parts.map(({ windowToMs }) => windowToMs))) };
}
