/**
 * CSV (RFC 4180) and TSV, line by line. A quoted cell may hold delimiters, doubled quotes and line breaks; a quote inside an unquoted cell is
 * a character like any other. A quote that is never closed costs its own line, not the rest of the file: the lines behind it are read again.
 * In TSV a cell that only looks quoted is taken as it stands, and `\t \n \r \\` are read as `dataset make` writes them.
 */
import type { BadCode } from './row.js';
import { longestRecord } from './line.js';

/** So many lines may one quoted record go over. */
const mostLines = 50;

export interface DelimitedReader {
  /** One line, without its line break. */
  take(text: string, line: number): void;
  end(): void;
}

/**
 * A reader of lines that hands each record to `give`, with the line on which it begins, and to `bad` what is none: text behind a closing quote, or
 * a quote that is not closed within 50 lines and `longest` UTF-16 units. TSV has no such mistakes.
 */
export function createDelimited(delimiter: ',' | '\t', give: (cells: string[], line: number) => void, bad: (line: number, code: BadCode) => void, longest = longestRecord): DelimitedReader {
  const lenient = delimiter === '\t';
  let waiting: string[] = [];
  let firstLine = 0;

  const plain = (text: string, line: number): void => {
    give(lenient ? text.split('\t').map(unescapeTsv) : text.split(delimiter), line);
  };
  const fail = (text: string, line: number, code: BadCode): void => {
    if (lenient) plain(withoutReturn(text), line);
    else bad(line, code);
  };
  /** The lines that wait for a quote to be closed, without the first: its quote is not to be believed. */
  const giveUp = (code: BadCode): void => {
    const [first = '', ...others] = waiting;
    const line = firstLine;
    waiting = [];
    fail(first, line, code);
    for (const [i, text] of others.entries()) take(text, line + 1 + i);
  };
  const take = (text: string, line: number): void => {
    if (waiting.length === 0) {
      const bare = withoutReturn(text);
      if (!text.includes('"')) return plain(bare, line);
      const cells = cellsOf(bare, delimiter);
      if (typeof cells !== 'string') return give(lenient ? cells.map(({ text: cell, quoted }) => (quoted ? cell : unescapeTsv(cell))) : cells.map(({ text: cell }) => cell), line);
      if (cells === 'junk') return fail(text, line, 'after-quote');
      waiting = [text];
      firstLine = line;
      return;
    }
    waiting.push(text);
    if (text.includes('"')) {
      const cells = cellsOf(withoutReturn(waiting.join('\n')), delimiter);
      if (cells === 'junk') return giveUp('quote-open');
      if (cells !== 'open') {
        waiting = [];
        return give(cells.map(({ text: cell }) => cell), firstLine);
      }
    }
    if (waiting.length >= mostLines || waiting.reduce((sum, each) => sum + each.length, 0) > longest) giveUp('quote-open');
  };
  return {
    take,
    end: () => {
      while (waiting.length > 0) giveUp('quote-open');
    },
  };
}

const withoutReturn = (text: string): string => (text.endsWith('\r') ? text.slice(0, -1) : text);

interface Cell { text: string; quoted: boolean }

/** The cells of one record; `open` where a quote is not closed, `junk` where text follows a closing quote. */
function cellsOf(text: string, delimiter: string): Cell[] | 'open' | 'junk' {
  const cells: Cell[] = [];
  for (let from = 0; from <= text.length; ) {
    if (text.charAt(from) !== '"') {
      const end = text.indexOf(delimiter, from);
      cells.push({ text: end < 0 ? text.slice(from) : text.slice(from, end), quoted: false });
      if (end < 0) return cells;
      from = end + 1;
      continue;
    }
    const end = closingQuote(text, from + 1);
    if (end < 0) return 'open';
    cells.push({ text: text.slice(from + 1, end).replaceAll('""', '"'), quoted: true });
    if (end + 1 === text.length) return cells;
    if (text.charAt(end + 1) !== delimiter) return 'junk';
    from = end + 2;
  }
  return cells;
}

/** Place of the quote that is not one of two. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) if (text.charAt(at + 1) !== '"') return at;
  return -1;
}

const tsvCharacters: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', '\\': '\\' };
const unescapeTsv = (cell: string): string => (cell.includes('\\') ? cell.replaceAll(/\\([tnr\\])/g, (_, letter: string) => tsvCharacters[letter] ?? letter) : cell);
