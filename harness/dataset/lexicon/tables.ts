/** Small readers for the tables of datasets/lexicon. */

/** Cells of a tab-separated table with a header line, by column name. */
export function readTsv(text: string): Record<string, string>[] {
  const [header = '', ...lines] = text.trimEnd().split('\n');
  const columns = header.split('\t');
  return lines.map((line) => {
    const cells = line.split('\t');
    return Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? '']));
  });
}

/** Rows of a table without a header, with two cells each. */
export const readPairs = (text: string): [string, string][] => text.trimEnd().split('\n').map((line) => line.split('\t') as [string, string]);

/** `[[code, names], …]` as a map. */
export function readNamesByCode(json: string): Map<string, readonly string[]> {
  return new Map(JSON.parse(json) as [string, string[]][]);
}

/** `[[province, city, [[code, area, towns], …]], …]` */
export type DivisionTable = readonly (readonly [string, string, readonly (readonly [string, string, readonly string[]])[]])[];

/** The table of divisions out of its JSON; what it holds is checked by loadLexicon. */
export const readDivisions = (json: string): DivisionTable => JSON.parse(json) as DivisionTable;
