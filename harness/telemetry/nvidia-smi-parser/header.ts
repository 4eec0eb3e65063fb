import { canonicalName, isKnownField, kindOf, type FieldKind } from './field.js';

/** One column of a listing. */
export interface Column {
  /** Canonical name, e.g. `clocks.current.sm`. */
  name: string;
  /** Unit named in the header (`MiB`, `%`, `W`, `MHz`), or null. */
  unit: string | null;
  kind: FieldKind;
}

/** A header line, understood. */
export interface Header {
  columns: readonly Column[];
  /** Position of the column that may hold commas itself (a name), or -1. */
  commaColumn: number;
}

const cellPattern = /^([a-z][a-z0-9_.]*)(?: \[([^\]]+)\])?$/i;
/** The names that people and programs choose; everything else in a row is the driver's own words. */
const mayHoldCommas = ['process_name', 'name'];

/**
 * Reads a header line such as `uuid, memory.used [MiB]`; null for a line that is not one.
 * A header consists of field names only, and at least one of them is known.
 */
export function parseHeader(line: string): Header | null {
  const columns: Column[] = [];
  for (const cell of line.split(',')) {
    const match = cellPattern.exec(cell.trim());
    if (match === null) return null;
    const name = canonicalName(match[1] ?? '');
    const unit = match[2] ?? null;
    columns.push({ name, unit, kind: kindOf(name, unit) });
  }
  if (!columns.some((column) => isKnownField(column.name))) return null;
  const commaColumn = mayHoldCommas.map((name) => columns.findIndex((column) => column.name === name)).find((at) => at >= 0) ?? -1;
  return { columns, commaColumn };
}
