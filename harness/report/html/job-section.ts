/** A job: what it cost, its figures as a table, and each of them drawn over time. */
import type { JobAnalysis } from '../../model/analysis.js';
import { count, dash, plain, seconds } from '../number.js';
import { figureHead, figureNotes, figureRows, fine, jobFacts, jobOf, type JobPair } from '../job-figure.js';
import type { ReportInput } from '../report-input.js';
import { validitySymbol } from '../stage-figure.js';
import type { Text } from '../text/index.js';
import { gpuAbsenceWords } from '../words.js';
import { timeSeriesSpec, type Line } from './chart/time-series.js';
import { html, type Markup } from './escape.js';
import type { Figure } from './figure.js';
import { renderGpus } from './gpu-section.js';
import { facts, table } from './table.js';

/** Figures that are drawn; a page of a hundred pictures is read by nobody. */
const mostDrawn = 12;

type Metric = JobAnalysis['metrics'][number];

/** Points of one figure; a value that was not finite is a gap. */
function lineOf({ name, t, v }: Metric): Line {
  let segment = 0;
  return {
    name,
    points: t.flatMap((tMs, i) => {
      const y = v[i];
      if (y === null || y === undefined) {
        segment += 1;
        return [];
      }
      return [{ xS: tMs / 1000, y, segment }];
    }),
  };
}

function figureOf(metric: Metric, part: number, { result }: JobPair, text: Text): Figure {
  const { name, n, first, last, min, max, t, v } = metric;
  const [fromS, toS] = [result.windowFromMs / 1000, result.windowToMs / 1000];
  const line = lineOf(metric);
  return {
    id: 'job-figure', part, title: name,
    caption: n === 1 ? text.job.captionOne(name, fine(first)) : text.job.caption(name, count(n), fine(first), last === null ? 'NaN' : fine(last), fine(min), fine(max)),
    spec: timeSeriesSpec({
      lines: [line], xTitle: text.chart.time, yTitle: name, free: true, domainS: [Math.min(0, fromS), Math.max(toS, fromS + 1)], firstColour: part,
      bands: [{ fromS, toS, label: '', shortLabel: '', tip: text.job.bandTip(plain(fromS), seconds(toS)) }],
    }),
    head: [text.chart.second, name],
    rows: t.map((tMs, i) => [fine(Number((tMs / 1000).toFixed(3))), v[i] === null ? 'NaN' : fine(v[i] ?? null)]),
  };
}

/** One picture a figure, in the order in which they were first printed. */
export function jobFigures(input: ReportInput, text: Text): Figure[] {
  const pair = jobOf(input);
  return pair === null ? [] : pair.job.metrics.filter(({ n }) => n > 0).slice(0, mostDrawn).map((metric, part) => figureOf(metric, part, pair, text));
}

/** The section in place of the table of stages. */
export function renderJob(input: ReportInput, text: Text): Markup {
  const t = text.job;
  const pair = jobOf(input);
  if (pair === null) return html`<section id="job"><h2>${t.title}</h2><p>${t.notRun}</p></section>`;
  const { status } = pair.pair.stage.validity;
  const why = gpuAbsenceWords(text, input.record);
  const rest = pair.job.metrics.filter(({ n }) => n > 0).length - mostDrawn;
  const notes = [...figureNotes(pair, text), ...(rest > 0 ? [t.notDrawn(count(rest))] : []), t.note, ...(why === null ? [] : [text.caption.vramAbsent(why)])];
  const rows = figureRows(pair, text).map((cells) => cells.map((cell) => (cell === '' ? dash : cell)));
  return html`<section id="job"><h2>${t.title}</h2>${facts([...jobFacts(pair, input, text), [t.valid, html`<span class="tag ${status}">${validitySymbol[status]} ${text.status[status]}</span>`]])}${rows.length === 0 ? null : html`<h3>${t.figures}</h3>${table({ label: t.figures, head: figureHead(text), rows })}`}${notes.map((note) => html`<p class="note">${note}</p>`)}${renderGpus(input, text)}</section>`;
}
