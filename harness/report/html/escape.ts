/**
 * The only way text gets into the page.
 *
 * `html` escapes every value put into it, except pieces that were themselves made by `html` (or by the chart drawer):
 * names, error texts and server answers come from outside and stay text whatever they hold.
 */

import { printable } from '../printable.js';

/** A piece of finished HTML. */
export interface Markup {
  readonly markup: string;
}

type Piece = string | number | Markup | readonly Markup[] | null;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for an element or a quoted attribute. */
export function escapeText(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

/** JSON for a `<script type="application/json">`: cannot end the element, reads back the same. */
export function escapeJson(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function render(piece: Piece): string {
  if (piece === null) return '';
  if (typeof piece === 'string') return escapeText(piece);
  if (typeof piece === 'number') return escapeText(String(piece));
  if ('markup' in piece) return piece.markup;
  return piece.map((part) => part.markup).join('');
}

/** Tagged template: `html\`<p>${text}</p>\``. */
export function html(strings: TemplateStringsArray, ...pieces: Piece[]): Markup {
  return { markup: strings.map((text, i) => (i === 0 ? '' : render(pieces[i - 1] ?? null)) + text).join('') };
}

/** The blank between a number, or its interval, and the unit. */
const beforeUnit = /(?<=[\d\]]) (?=(?:ms|s|min|h|req\/s|\/s|pairs\/s|[KMG]i?B|cores?|km|°C|W)(?![\p{L}\p{N}/]))/gu;

/** A sentence of ours, in which no line parts a number from its unit: "2,000" here and "ms" there. Not for what comes from outside, nor for code. */
export function prose(sentence: string): Markup {
  // What stands between backticks is code.
  const pieces = sentence.replace(beforeUnit, '\u00a0').split(/`([^`]+)`/);
  return html`${pieces.map((piece, i) => (i % 2 === 1 ? html`<code>${piece}</code>` : html`${piece}`))}`;
}

/** HTML that is known to be sound: drawn charts, the style sheet. */
export function trusted(markup: string): Markup {
  return { markup };
}
