import { printable } from '../printable.js';

/** A name from outside on one line, for programs that put it into Markdown or into a URL: no backtick, bar, tag or mention in it. */
export function label(text: string, most = 200): string {
  const plain = printable(text).replace(/\s+/g, ' ').replace(/[`|<>@[\]]/g, '_').trim();
  return plain.length <= most ? plain : `${plain.slice(0, most - 1).replace(/\p{Surrogate}$/u, '')}…`;
}

/** The same as words with hyphens: what trackers take for the name of a measure. */
export function slug(text: string, most = 64): string {
  const words = text.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, most).replace(/^-+|-+$/g, '');
  return words === '' ? 'unnamed' : words;
}

/** Six significant digits: more than any of these figures holds, and no rounding error of the machine's numbers. */
export function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
