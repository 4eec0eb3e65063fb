/** Drills as two tables: what became of the promise, and what became of the requests. One of both would not fit a page. */
import type { Finding } from '../../model/estimate.js';
import type { Outage } from '../../model/outage.js';
import { promiseCells, promiseHead, requestCells, requestHead } from '../drill-figure.js';
import type { Text } from '../text/index.js';
import { html, type Markup } from './escape.js';
import { table } from './table.js';

/** `first`: what the rows are. */
export function drillTables(drills: readonly { name: string; outage: Finding<Outage> }[], first: string, text: Text): Markup {
  const { promiseTitle, requestTitle, note } = text.drill;
  const promise = table({ label: promiseTitle, head: [first, ...promiseHead(text)], rows: drills.map(({ name, outage }) => [name, ...promiseCells(outage, text)]), words: [5], stacks: true });
  const requests = table({ label: requestTitle, head: [first, ...requestHead(text)], rows: drills.map(({ name, outage }) => [name, ...requestCells(outage, text)]), prose: [4], stacks: true });
  return html`<h3>${promiseTitle}</h3>${promise}<h3>${requestTitle}</h3>${requests}<p class="note">${note}</p>`;
}
