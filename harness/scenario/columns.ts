/** Plain text in columns, as wide as a terminal shows it: a Chinese character takes two cells. */
import stringWidth from 'string-width';

const labelCells = 10;

const padded = (text: string, cells: number): string => text + ' '.repeat(Math.max(0, cells - stringWidth(text)));

/** A line with its label before it. */
export function labelled(label: string, text: string): string {
  return `${padded(label, labelCells)}${text}`;
}

/** Rows under each other, two spaces apart. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => stringWidth(row[column] ?? ''))));
  return rows.map((row) => row.map((cell, column) => padded(cell, widths[column] ?? 0)).join('  ').trimEnd());
}
