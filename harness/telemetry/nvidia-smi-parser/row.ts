import { parseCell, type Cell } from './cell.js';
import type { Header } from './header.js';

/** One line of a listing: one GPU at one moment, or one process. */
export interface Row {
  /** `GPU-…` or `MIG-…`; null where it was not asked for or not told. */
  uuid: string | null;
  /** By canonical field name. */
  cells: ReadonlyMap<string, Cell>;
  /** MIG mode: true when the card is split (its figures are those of the whole card), null where the driver does not say. */
  mig: boolean | null;
}

/** Reads a line by the columns of its header; null when it does not have as many values as the header has columns. */
export function parseRow(line: string, header: Header): Row | null {
  const values = splitLine(line, header);
  if (values === null) return null;
  const cells = new Map<string, Cell>();
  header.columns.forEach((column, at) => {
    // A field that was asked for twice is told twice: the first one counts.
    if (!cells.has(column.name)) cells.set(column.name, parseCell(values[at] ?? '', column.kind, column.unit));
  });
  const uuid = cells.get('uuid');
  if (uuid?.kind === 'text' && !/^(GPU|MIG)-/.test(uuid.text)) return null;
  return { uuid: uuid?.kind === 'text' ? uuid.text : null, cells, mig: migOf(cells.get('mig.mode.current')) };
}

/**
 * The number in a field, or null when it is absent, unasked or in another unit than the one expected.
 * Without a unit in the listing (`nounits,noheader` listings) the field's usual unit is taken for granted.
 */
export function numberOf(row: Row, field: string, unit: string | null = null): number | null {
  const cell = row.cells.get(field);
  if (cell?.kind !== 'number') return null;
  return unit === null || cell.unit === null || cell.unit === unit ? cell.value : null;
}

/** The words in a field, or null. */
export function textOf(row: Row, field: string): string | null {
  const cell = row.cells.get(field);
  return cell?.kind === 'text' ? cell.text : null;
}

/** Commas are not escaped: what a line has too many belongs to the one column that may hold them. */
function splitLine(line: string, header: Header): string[] | null {
  const parts = line.split(',');
  const surplus = parts.length - header.columns.length;
  if (surplus === 0) return parts;
  if (surplus < 0 || header.commaColumn < 0) return null;
  const name = parts.slice(header.commaColumn, header.commaColumn + surplus + 1).join(',');
  return [...parts.slice(0, header.commaColumn), name, ...parts.slice(header.commaColumn + surplus + 1)];
}

function migOf(cell: Cell | undefined): boolean | null {
  return cell?.kind === 'text' ? cell.text.toLowerCase() === 'enabled' : null;
}
