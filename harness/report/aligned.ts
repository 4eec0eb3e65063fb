import stringWidth from 'string-width';

/** Columns of plain text under each other, two spaces apart, as wide as their widest cell; those of `words` to the left, the rest to the right. No final newline. */
export function aligned(rows: readonly (readonly string[])[], words: readonly number[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => stringWidth(row[column] ?? ''))));
  const pad = (cell: string, column: number): string => {
    const space = ' '.repeat(Math.max(0, (widths[column] ?? 0) - stringWidth(cell)));
    return words.includes(column) ? cell + space : space + cell;
  };
  return rows.map((row) => row.map(pad).join('  ').trimEnd()).join('\n');
}
