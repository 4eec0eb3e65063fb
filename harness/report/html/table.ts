import { html, prose as unbroken, type Markup } from './escape.js';

export type Cell = string | Markup;

export interface Table {
  /** What the table holds, for those who cannot see its place in the page. */
  label: string;
  head: readonly string[];
  rows: readonly (readonly Cell[])[];
  /** Columns of words, left-aligned; the others are numbers. Column 0 is always the row's name. */
  words?: readonly number[];
  /** Columns of sentences, which wrap. */
  prose?: readonly number[];
  /** On a phone each row becomes a block of names and values, so that nothing scrolls sideways. */
  stacks?: boolean;
}

/** A table in a box of its own, which scrolls where the page is too narrow. */
export function table({ label, head, rows, words = [], prose = [], stacks = false }: Table): Markup {
  const kind = (column: number): Markup => (prose.includes(column) ? html` class="w p"` : column === 0 || words.includes(column) ? html` class="w"` : html``);
  const name = (column: number): Markup => (stacks ? html` data-name="${head[column] ?? ''}"` : html``);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table${stacks ? html` class="stacks"` : null}><thead><tr>${head.map((name, i) => html`<th scope="col"${kind(i)}>${name}</th>`)}</tr></thead><tbody>${rows.map(
    (row) => html`<tr>${row.map((cell, i) => (i === 0 ? html`<th scope="row"${kind(i)}>${cell}</th>` : html`<td${kind(i)}${name(i)}>${cell}</td>`))}</tr>`,
  )}</tbody></table></div>`;
}

/** Names and values. Numbers stay with their units, also in a name from outside such as that of a CPU: nobody copies these as code. */
export function facts(pairs: readonly (readonly [string, Cell])[]): Markup {
  return html`<dl class="facts">${pairs.map(([name, value]) => html`<div><dt>${unbroken(name)}</dt><dd>${typeof value === 'string' ? unbroken(value) : value}</dd></div>`)}</dl>`;
}
