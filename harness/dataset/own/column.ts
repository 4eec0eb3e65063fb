import { nearestWord } from '../../model/nearest.js';
import type { OwnColumns } from '../../model/dataset.js';
import { isLabel } from './label.js';
import { unusable } from './fail.js';

/** Names that data sets give their two addresses, as `plainName` makes them. */
const sides: readonly (readonly [string, string])[] = [
  ['a', 'b'], ['addr1', 'addr2'], ['address1', 'address2'], ['addra', 'addrb'], ['addressa', 'addressb'], ['text1', 'text2'], ['texta', 'textb'], ['sentence1', 'sentence2'],
  ['sentencea', 'sentenceb'], ['s1', 's2'], ['q1', 'q2'], ['question1', 'question2'], ['query', 'candidate'], ['query', 'title'], ['query', 'poi'], ['query', 'doc'], ['query', 'document'],
  ['query', 'target'], ['query', 'address'], ['source', 'target'], ['sourcetext', 'targettext'], ['src', 'dst'], ['left', 'right'],
  ['地址1', '地址2'], ['地址一', '地址二'], ['地址a', '地址b'], ['源地址', '目标地址'], ['原地址', '标准地址'], ['原始地址', '标准地址'], ['查询', '候选'], ['查询地址', '候选地址'],
];
const labels = ['label', 'labels', 'gold', 'expected', 'same', 'issame', 'match', 'ismatch', 'isduplicate', '标签', '标注', '是否相同', '是否同一', '是否匹配'];
/** Names that logs give to the moment of a request, as `plainName` makes them. */
export const timeNames = ['time', 'ts', 'timestamp', 'datetime', 'date', 'createdat', 'requesttime', '时间', '时间戳', '请求时间'];

/** A name as it is compared: small letters, without spaces, dashes and underscores. */
export const plainName = (name: string): string => name.trim().toLowerCase().replaceAll(/[\s_-]/g, '');

/** Where in a record each part stands, from 0. */
export interface Columns {
  a: number;
  b: number;
  label: number | null;
  time: number | null;
  /** The time was asked for by name or number: then one that cannot be read makes a bad line. */
  timeAsked: boolean;
  /** Whether the first record names the columns. */
  header: boolean;
}

export interface ColumnOptions {
  columns?: OwnColumns | undefined;
  /** undefined: found by itself. */
  header?: boolean | undefined;
}

/**
 * Which column is which, from the first record. Named columns need a header; without `columns` the well-known names count, else the first two of
 * two (or of three whose third is a label). Throws dataset-unusable, and never shows a cell: without a header it is an address.
 */
export function findColumns(name: string, line: number, cells: readonly string[], { columns = {}, header: asked }: ColumnOptions): Columns {
  const names = cells.map(plainName);
  const known = sides.find(([a, b]) => names.includes(a) && names.includes(b));
  const wanted = [columns.a, columns.b, columns.label, columns.time].filter((each) => each !== undefined && each !== false);
  const header = asked ?? (wanted.some((each) => typeof each === 'string') || known !== undefined || cells.every(isIdentifier));
  const stop = (sentence: string, hint: string): never => { throw unusable(name, line, sentence, hint); };
  const place = (each: string | number): number => {
    if (typeof each === 'number') return each <= cells.length ? each - 1 : stop(`has ${countOf(cells.length)}, so there is no column ${String(each)}`, 'Columns are counted from 1.');
    if (!header) return stop(`no column can be called "${each}" in a file without a header`, 'Give its number, counted from 1.');
    const exact = cells.findIndex((cell) => cell.trim() === each);
    const at = exact >= 0 ? exact : names.indexOf(plainName(each));
    const near = nearestWord(each, cells);
    return at >= 0 ? at : stop(`has no column "${each}"`, near === undefined ? 'The first line must name the columns; or give numbers, counted from 1.' : `Did you mean "${near}"?`);
  };
  const byName = (words: readonly string[]): number | null => {
    const at = header ? names.findIndex((cell) => words.includes(cell)) : -1;
    return at < 0 ? null : at;
  };
  const optional = (each: string | number | false | undefined, words: readonly string[]): number | null => (each === false ? null : each === undefined ? byName(words) : place(each));

  if (cells.length < 2) return stop('has one column, but a pair needs two addresses', otherDelimiter(cells[0] ?? ''));
  const label = optional(columns.label, labels);
  const time = optional(columns.time, timeNames);
  const rest = { time, timeAsked: columns.time !== undefined, header };
  if (columns.a !== undefined && columns.b !== undefined) return { a: place(columns.a), b: place(columns.b), label, ...rest };
  if (header && known !== undefined) return { a: names.indexOf(known[0]), b: names.indexOf(known[1]), label, ...rest };
  const free = cells.map((_, i) => i).filter((i) => i !== label && i !== time);
  const [a = 0, b = 1, third] = free;
  if (free.length === 2) return { a, b, label, ...rest };
  if (!header && free.length === 3 && third === 2 && columns.label === undefined && isLabel(cells[third] ?? '')) return { a, b, label: third, ...rest };
  return stop(`has ${countOf(cells.length)}, and nothing says which two hold the addresses`, 'Say it: dataset: {columns: {a: 2, b: 3, label: 4}}, by number or by the name in the first line.');
}

const countOf = (n: number): string => (n === 1 ? 'one column' : `${String(n)} columns`);

/** A word a program would use for a column; no Chinese address looks like it. */
const isIdentifier = (cell: string): boolean => /^[A-Za-z_][\w .-]*$/.test(cell.trim());

function otherDelimiter(text: string): string {
  if (text.includes('\t')) return 'The line has tabs: say format: tsv.';
  if (text.startsWith('{')) return 'The line looks like JSON: say format: jsonl.';
  if (text.includes(',')) return 'The line has commas: say format: csv.';
  const semicolon = /[;|，；]/.exec(text)?.[0];
  return semicolon === undefined ? 'Put the two addresses of a pair into two columns.' : `Columns are parted by a comma or a tab, not by ${semicolon}.`;
}
