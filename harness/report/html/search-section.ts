/** The search for the highest rate: how it ended, its log drawn and listed. */
import { plain } from '../number.js';
import type { ReportInput } from '../report-input.js';
import { probeHead, probeRows, searchSentence } from '../search-figure.js';
import type { Text } from '../text/index.js';
import { searchLogSpec } from './chart/search-log.js';
import { html, type Markup } from './escape.js';
import type { Figure } from './figure.js';

/** The drawn log; null where nothing was searched or no probe was made. */
export function searchFigure(input: ReportInput, text: Text): Figure | null {
  const { search } = input.record;
  if (search === undefined || search.probes.length === 0) return null;
  const { states, purposes } = text.search;
  const points = search.probes.map(({ rateRps, state, purpose }, i) => ({ number: i + 1, rateRps, state: states[state], tip: text.search.tip(String(i + 1), plain(rateRps), states[state], purposes[purpose]) }));
  const marks = ([[search.end?.lowRps ?? null, states.pass], [search.end?.highRps ?? null, states.fail]] as const).flatMap(([rateRps, state]) => (rateRps === null ? [] : [{ rateRps, state }]));
  return {
    id: 'search', title: text.chart.title.search, caption: searchSentence(input, text),
    spec: searchLogSpec(points, states, marks, { x: text.search.chartX, y: text.search.chartY }),
    head: probeHead(text), rows: probeRows(input.record, text), words: [2, 3, 6], prose: [6],
  };
}

/** The section, with the figure as it was drawn. */
export function renderSearch(drawn: Markup | null, text: Text): Markup | null {
  return drawn === null ? null : html`<section id="search"><h2>${text.search.title}</h2><div class="figures">${drawn}<div><p class="note">${text.search.note}</p></div></div></section>`;
}
