/** Recovery from a spike, drawn with its limit; what users saw of a drill, and drift and leaks of a soak, as a table. */
import type { DueWindows } from '../../model/record.js';
import type { Recovery } from '../../model/shape-analysis.js';
import { count, ms, percent, plain, seconds } from '../number.js';
import type { ReportInput } from '../report-input.js';
import { outageSentence } from '../drill-figure.js';
import { driftCells, driftHead, driftLimits, recoverySentence, worstText } from '../shape-figure.js';
import { stagePairs, type StagePair } from '../stage-figure.js';
import type { Text } from '../text/index.js';
import { timeSeriesSpec, type Band } from './chart/time-series.js';
import { drillTables } from './drill-tables.js';
import { html, type Markup } from './escape.js';
import type { Figure } from './figure.js';
import { table } from './table.js';

/** Windows a line may have: more are drawn as the worst of their neighbours. */
const mostPoints = 240;

/** One figure for each spike whose recovery was judged. */
export function recoveryFigures({ record, analysis }: ReportInput, text: Text): Figure[] {
  return stagePairs(record, analysis, text).flatMap(({ result, stage }, part): Figure[] => {
    const { recovery } = stage;
    if (recovery?.kind !== 'found' || result.dueWindows === undefined) return [];
    return [{ ...spikeFigure(recovery.value, result.dueWindows, recoverySentence(stage, text) ?? '', text), part }];
  });
}

function spikeFigure(recovery: Recovery, windows: DueWindows, sentence: string, text: Text): Figure {
  const t = text.shapes;
  const { stepUpS, stepDownS, watchedS, time, limitMs, windowS } = recovery;
  const fold = Math.max(1, Math.ceil(windows.fromS.length / mostPoints));
  const points: { xS: number; y: number; segment: number }[] = [];
  let segment = 0;
  for (let at = 0; at < windows.fromS.length; at += fold) {
    const values = windows.quantileMs.slice(at, at + fold).filter((value) => value !== null);
    // A window without a percentile is a gap, not a zero.
    if (values.length === 0) segment += 1;
    else points.push({ xS: (windows.fromS[at] ?? 0) - stepDownS + (windowS * fold) / 2, y: values.reduce((most, value) => Math.max(most, value), 0), segment });
  }
  const band = (fromS: number, toS: number, label: string): Band[] => (toS > fromS ? [{ fromS, toS, label, shortLabel: '', tip: `${label}${text.colon}${plain(fromS)}–${plain(toS)} s` }] : []);
  const backS = recovery.recovered ? time.value : watchedS;
  const name = t.line(`p${plain(recovery.p)}`);
  return {
    id: 'recovery', title: text.chart.title.recovery, caption: t.caption(sentence, worstText(recovery, text), seconds(windowS * fold)),
    spec: timeSeriesSpec({
      lines: [{ name, points }], log: true, xTitle: t.axis, yTitle: text.chart.latency, domainS: [-stepDownS, watchedS],
      bands: [...band(-stepDownS, stepUpS - stepDownS, t.bands.before), ...band(stepUpS - stepDownS, 0, t.bands.peak), ...band(0, backS, t.bands.recovering), ...band(backS, watchedS, t.bands.within)],
      levels: [{ y: limitMs, label: t.limit(ms(limitMs)) }],
    }),
    head: [t.from, t.due, t.beyond, `${name} (ms)`],
    rows: windows.fromS.map((fromS, i) => [plain(fromS - stepDownS), count(windows.due[i]), count(windows.beyond[i]), plain(windows.quantileMs[i])]),
  };
}

/** Anchors and names of the sections that this run has. */
export function shapeSections({ record, analysis }: ReportInput, text: Text): (readonly [string, string])[] {
  const pairs = stagePairs(record, analysis, text);
  return [
    ...(pairs.some(({ stage }) => stage.recovery !== null) ? [['recovery', text.shapes.recoveryTitle] as const] : []),
    ...(pairs.some(({ stage }) => stage.outage !== undefined) ? [['drill', text.drill.title] as const] : []),
    ...(pairs.some(({ stage }) => stage.drift.length > 0) ? [['drift', text.shapes.driftTitle] as const] : []),
  ];
}

/** Both sections; nothing where the run has neither. `drawn` are the figures of recoveryFigures. */
export function renderShapes(input: ReportInput, drawn: readonly Markup[], text: Text): Markup {
  const pairs = stagePairs(input.record, input.analysis, text);
  return html`${renderRecovery(pairs, drawn, text)}${renderDrills(pairs, text)}${renderDrift(input, pairs, text)}`;
}

function renderRecovery(pairs: readonly StagePair[], drawn: readonly Markup[], text: Text): Markup | null {
  const sentences = pairs.flatMap(({ stage }) => {
    const sentence = recoverySentence(stage, text);
    return sentence === null ? [] : [html`<p>${stage.name}${text.colon}${sentence}${text.stop}</p>`];
  });
  if (sentences.length === 0) return null;
  return html`<section id="recovery"><h2>${text.shapes.recoveryTitle}</h2>${sentences}${drawn.length === 0 ? null : html`<div class="figures">${drawn}</div>`}</section>`;
}

function renderDrills(pairs: readonly StagePair[], text: Text): Markup | null {
  const drills = pairs.flatMap(({ stage }) => (stage.outage === undefined ? [] : [{ name: stage.name, outage: stage.outage }]));
  if (drills.length === 0) return null;
  return html`<section id="drill"><h2>${text.drill.title}</h2>${drills.map(({ name, outage }) => html`<p>${name}${text.colon}${outageSentence(outage, text)}${text.stop}</p>`)}${drillTables(drills, text.table.stage, text)}</section>`;
}

function renderDrift({ record }: ReportInput, pairs: readonly StagePair[], text: Text): Markup | null {
  const rows = pairs.flatMap(({ stage }) => stage.drift.map((drift) => [stage.name, ...driftCells(drift, text)]));
  if (rows.length === 0) return null;
  const head = [text.table.stage, ...driftHead(percent(record.plan.policy.confidence), text)];
  return html`<section id="drift"><h2>${text.shapes.driftTitle}</h2>${table({ label: text.shapes.driftTitle, head, rows, words: [1, head.length - 1] })}<p class="note">${text.shapes.driftNote(...driftLimits)}</p></section>`;
}
