/** An offline load: what came of the lot, and how fast it went through time. */
import type { ReportInput } from '../report-input.js';
import { howSentence, lotCells, lotHead, lotSentence, lotsOf, pairsOverTime } from '../offline-figure.js';
import { plain, seconds } from '../number.js';
import { stagePairs, windowS } from '../stage-figure.js';
import type { Text } from '../text/index.js';
import { timeSeriesSpec } from './chart/time-series.js';
import { html, type Markup } from './escape.js';
import type { Figure } from './figure.js';
import { table } from './table.js';

/** Points a line may have: more are drawn as the mean of their neighbours. */
const mostPoints = 240;

/** One figure for each lot of which at least a second was seen. */
export function lotFigures({ record, analysis }: ReportInput, text: Text): Figure[] {
  return lotsOf(stagePairs(record, analysis, text)).flatMap((pair, part): Figure[] => {
    const { result, stage } = pair;
    const all = pairsOverTime(result, windowS(result));
    const fold = Math.max(1, Math.ceil(all.length / mostPoints));
    const points = Array.from({ length: Math.ceil(all.length / fold) }, (_, i) => all.slice(i * fold, (i + 1) * fold))
      .map((some) => ({ xS: (some[0]?.xS ?? 0) + (some.length - 1) / 2, y: some.reduce((sum, { y }) => sum + y, 0) / some.length, segment: stage.index }));
    if (points.length === 0) return [];
    const [fromS, toS] = [result.windowFromMs / 1000, result.windowToMs / 1000];
    const t = text.offline;
    return [{
      id: 'pairs', part, title: text.chart.title.pairs, caption: t.caption(lotSentence(pair, text)),
      spec: timeSeriesSpec({
        lines: [{ name: t.axis, points }], xTitle: text.chart.time, yTitle: t.axis, domainS: [0, Math.max(toS, fromS + 1)],
        bands: [{ fromS, toS, label: stage.name, shortLabel: '', tip: `${stage.name}${text.colon}${plain(fromS)}–${plain(toS)} s (${seconds(toS - fromS)})` }],
      }),
      head: [text.chart.second, t.axis],
      rows: all.map(({ xS, y }) => [plain(Number(xS.toFixed(1))), plain(y)]),
    }];
  });
}

/** Anchor and name of the section, where the run has one. */
export function lotSections({ record, analysis }: ReportInput, text: Text): (readonly [string, string])[] {
  return lotsOf(stagePairs(record, analysis, text)).length === 0 ? [] : [['offline', text.offline.title]];
}

/** The section; nothing where no lot was sent. `drawn` are the figures of lotFigures. */
export function renderLots({ record, analysis }: ReportInput, drawn: readonly Markup[], text: Text): Markup | null {
  const lots = lotsOf(stagePairs(record, analysis, text));
  if (lots.length === 0) return null;
  const { offline: t } = text;
  const sentences = lots.map((lot) => html`<p>${lot.stage.name}${text.colon}${lotSentence(lot, text)}${text.stop} ${howSentence(lot, text)}${text.stop}</p>`);
  return html`<section id="offline"><h2>${t.title}</h2>${sentences}${table({ label: t.title, head: [text.table.stage, ...lotHead(text)], rows: lots.map((lot) => [lot.stage.name, ...lotCells(lot)]) })}<p class="note">${t.note}</p>${drawn.length === 0 ? null : html`<div class="figures">${drawn}</div>`}</section>`;
}
