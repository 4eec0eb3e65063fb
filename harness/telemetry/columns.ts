import type { Series } from '../model/series.js';

/** Measured columns while they grow. */
export interface Columns {
  /** Adds a point; null is a gap. Times of one column must not go back. */
  push(source: string, metric: string, unit: string, tMs: number, value: number | null): void;
  /** A null in every column of a source: what follows is not connected with what was before. */
  gap(source: string, tMs: number): void;
  /** Columns in which there is at least one number: one that never had any is absent, not empty. */
  finish(): Series[];
}

/** Collects points into `Series`. Times are rounded to whole milliseconds and values to nine digits: a sample is no more exact than that. */
export function createColumns(): Columns {
  const columns = new Map<string, Series>();
  return {
    push: (source, metric, unit, tMs, value) => {
      const key = `${source}\n${metric}`;
      let column = columns.get(key);
      if (column === undefined) {
        column = { source, metric, unit, t: [], v: [] };
        columns.set(key, column);
      }
      column.t.push(Math.round(tMs));
      column.v.push(value === null || !Number.isFinite(value) ? null : Number(value.toPrecision(9)));
    },
    gap: (source, tMs) => {
      for (const column of columns.values()) {
        if (column.source !== source || column.v.at(-1) === null) continue;
        column.t.push(Math.round(tMs));
        column.v.push(null);
      }
    },
    finish: () => [...columns.values()].filter((column) => column.v.some((value) => value !== null)),
  };
}
