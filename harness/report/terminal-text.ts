/** Text in the cells of a terminal. */
import stringWidth from 'string-width';
import { printable } from './printable.js';

/** One line, without control characters: names come from outside, and a terminal obeys what it is sent. */
export function line(text: string): string {
  return printable(text).replace(/\s+/g, ' ');
}

/** At most so many cells, with an ellipsis where something is left out. */
export function cut(text: string, cells: number): string {
  if (stringWidth(text) <= cells) return text;
  let kept = '';
  for (const character of text) {
    if (stringWidth(kept + character) > cells - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Filled with blanks to so many cells. */
export function pad(text: string, cells: number, left: boolean): string {
  const space = ' '.repeat(Math.max(0, cells - stringWidth(text)));
  return left ? text + space : space + text;
}
