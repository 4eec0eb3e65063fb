import { nearestWord } from '../../model/nearest.js';
import { plainName, timeNames } from '../own/column.js';
import { unusable } from '../own/fail.js';

/** Where the moment stands in a record, from 0, and whether the first record of a table names the columns. */
export interface MomentColumn {
  at: number;
  header: boolean;
}

/**
 * Finds the column of the moments in the first record: by number, by name, by a well-known name, as the only column, or as the only one whose cell
 * is a moment. `names` are the keys of a JSON object; of a table its first record, which may be no header. Throws dataset-unusable, and shows no cell.
 */
export function findMomentColumn(file: string, line: number, names: readonly string[], cells: readonly string[], asked: string | number | undefined, isMoment: (cell: string) => boolean): MomentColumn {
  const stop = (sentence: string, hint: string): never => { throw unusable(file, line, sentence, hint); };
  const columns = cells.length === 1 ? 'one column' : `${String(cells.length)} columns`;
  const withHeader = (at: number): MomentColumn => ({ at, header: !isMoment(cells[at] ?? '') });
  if (typeof asked === 'number') return asked <= cells.length ? withHeader(asked - 1) : stop(`has ${columns}, so there is no column ${String(asked)}`, 'Columns are counted from 1.');
  if (asked !== undefined) {
    const exact = names.findIndex((name) => name.trim() === asked);
    const at = exact >= 0 ? exact : names.map(plainName).indexOf(plainName(asked));
    const near = nearestWord(asked, names);
    if (at < 0) return stop(`has ${columns}, and none is called "${asked}"`, near === undefined ? 'The first line must name the columns; or give a number, counted from 1.' : `Did you mean "${near}"?`);
    return { at, header: true };
  }
  const named = names.map(plainName).findIndex((name) => timeNames.includes(name));
  if (named >= 0) return { at: named, header: true };
  if (cells.length === 1) return withHeader(0);
  const readable = cells.flatMap((cell, at) => (isMoment(cell) ? [at] : []));
  const [only] = readable;
  if (readable.length === 1 && only !== undefined) return { at: only, header: false };
  return stop(`has ${columns}, and nothing says which holds the moments`, 'Say load.replay.column: its name in the first line, or its number from 1.');
}
