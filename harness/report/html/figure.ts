import type { Text } from '../text/index.js';
import { count } from '../number.js';
import type { ChartSpec, Draw } from './chart/draw.js';
import { html, prose, type Markup } from './escape.js';
import { table, type Cell } from './table.js';

export type ChartId = keyof Text['chart']['title'];

/** One picture with what it says and the numbers it was drawn from. */
export interface Figure<Id extends string = ChartId> {
  id: Id;
  /** Tells apart several figures of one kind, e.g. one a GPU. */
  part?: number;
  title: string;
  /** One sentence: the conclusion, with units. */
  caption: string;
  spec: ChartSpec;
  head: readonly string[];
  rows: readonly (readonly Cell[])[];
  /** Columns of words in the data table, besides the first. */
  words?: readonly number[];
  /** Columns of sentences in it. */
  prose?: readonly number[];
}

/** Anchor of a figure, for links from findings. */
export function figureId({ id, part = 0 }: Pick<Figure<string>, 'id' | 'part'>): string {
  return part === 0 ? `chart-${id}` : `chart-${id}-${String(part)}`;
}

/** The drawn figure with its caption and its data table. */
export async function renderFigure(figure: Figure<string>, draw: Draw, text: Text): Promise<Markup> {
  const id = figureId(figure);
  const svg = await draw(figure.spec, { id, title: figure.title, description: figure.caption });
  return html`<figure id="${id}"><h3>${figure.title}</h3><div class="plot">${svg}</div><figcaption>${prose(figure.caption)}</figcaption><details><summary>${text.chart.showTable(count(figure.rows.length))}</summary>${table({ label: figure.title, head: figure.head, rows: figure.rows, words: figure.words ?? (figure.id === 'errors' ? [0] : []), prose: figure.prose ?? [] })}</details></figure>`;
}

/** What stands where a figure cannot be: the reason, never an empty chart. */
export function missingFigure({ id, part, title, why }: Pick<Figure, 'id' | 'part' | 'title'> & { why: string }): Markup {
  return html`<figure id="${figureId({ id, part })}" class="absent"><h3>${title}</h3><p>${why}</p></figure>`;
}
