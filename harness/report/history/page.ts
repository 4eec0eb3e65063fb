/** A history as one HTML file: no request leaves it, nothing in it needs a script. */
import { leastHistoryLevel, leastHistoryRatio, leastHistoryRuns, leastHistoryShare, type History } from '../../model/history.js';
import { openDrawer } from '../html/chart/draw.js';
import { renderDocument } from '../html/document.js';
import { html, prose, type Markup } from '../html/escape.js';
import { renderFigure } from '../html/figure.js';
import { table } from '../html/table.js';
import { count, percent } from '../number.js';
import type { Language } from '../report-input.js';
import { textOf, type Text } from '../text/index.js';
import { chooseCharts, trendFigure } from './charts.js';
import { breakCells, changeRows, day, groupsOf, seriesRows, summaryText, toldChanges, whereText } from './figure.js';

const mostBreaks = 50;

/** The whole page in one language. There is at least one run. */
export async function renderHistoryPage(history: History, version: string, language: Language): Promise<string> {
  const text = textOf(language);
  const { history: words } = text;
  const { runs, skipped } = history;
  const [only] = runs;
  const head = runs.length === 1 && only !== undefined ? words.oneRun(only.id, count(leastHistoryRuns)) : `${summaryText(history, text)}${text.stop}`;
  const invalid = runs.reduce((sum, run) => sum + run.invalidStages, 0);
  const sections = [
    { id: 'changes', title: words.section.changes, content: changesSection(history, text) },
    { id: 'charts', title: words.section.charts, content: await chartsSection(history, text) },
    { id: 'series', title: words.section.series, content: seriesSection(history, text) },
    { id: 'breaks', title: words.section.breaks, content: breaksSection(history, text) },
    { id: 'skipped', title: words.section.skipped, content: skipped.length === 0 ? null : table({ label: words.section.skipped, head: [words.head.file, words.head.why], rows: skipped.map(({ path, why }) => [path, words.why[why]]), words: [1] }) },
    { id: 'method', title: words.section.method, content: html`<p class="note">${prose(words.method(count(leastHistoryRuns), count(leastHistoryLevel), percent(leastHistoryRatio), percent(leastHistoryShare).replace('%', '')))}</p>` },
  ].flatMap(({ content, ...section }) => (content === null ? [] : [{ ...section, content }]));
  const body = html`<header><p class="brand">${text.brand}</p><h1>${words.title}</h1><p class="question">${prose(head)}</p></header>
<main><nav aria-label="${text.contents}">${sections.map(({ id, title }) => html`<a href="#${id}">${title}</a>`)}</nav>
${invalid === 0 ? null : html`<p class="note">${words.invalidNote(count(invalid), invalid === 1)}</p>`}
${sections.map(({ id, title, content }) => html`<section id="${id}"><h2>${title}</h2>${content}</section>`)}</main>
<footer>${text.brand} ${version}</footer>`;
  return renderDocument(language, words.pageTitle, body);
}

function changesSection(history: History, text: Text): Markup {
  if (toldChanges(history).length === 0) return html`<p class="note">${text.history.noChange}${text.stop}</p>`;
  const { head, rows } = changeRows(history, text);
  return table({ label: text.history.section.changes, head, rows, words: [1, 2, 3, 8, 9], stacks: true });
}

async function chartsSection(history: History, text: Text): Promise<Markup | null> {
  const { drawn, all } = chooseCharts(history);
  if (drawn.length === 0) return null;
  const draw = await openDrawer();
  const figures: Markup[] = [];
  // One after the other: the ids inside the pictures are counted in the order of drawing.
  for (const [part, figure] of drawn.entries()) figures.push(await renderFigure(trendFigure(figure, part, history, text), draw, text));
  return html`${drawn.length === all ? null : html`<p class="note">${text.history.moreCharts(count(drawn.length), count(all))}</p>`}<div class="figures">${figures}</div>`;
}

function seriesSection(history: History, text: Text): Markup {
  return html`${groupsOf(history).map(({ series, ...group }) => {
    const title = `${group.scenario} · ${whereText(history, group, text)}`;
    const { head, rows } = seriesRows(series, text);
    return html`<h3>${title}</h3>${table({ label: title, head, rows, words: [1, 5, 6] })}`;
  })}`;
}

function breaksSection(history: History, text: Text): Markup | null {
  const { breaks, runs } = history;
  if (breaks.length === 0) return null;
  const { head, section, moreBreaks } = text.history;
  const shown = breaks.slice(-mostBreaks).reverse();
  const rows = shown.map((one) => [day(runs[one.run]?.startedAt ?? ''), one.scenario, ...breakCells(history, one, text), runs[one.run]?.id ?? '']);
  return html`${table({ label: section.breaks, head: [head.since, head.scenario, head.what, head.from, head.to, head.run], rows, words: [1, 2, 3, 4, 5] })}${breaks.length > shown.length ? html`<p class="note">${moreBreaks(count(breaks.length - shown.length))}</p>` : null}`;
}
