/** Part 3: what stood out, by rule: the sentence, its numbers, what to do. */
import type { Insight, InsightId } from '../../model/analysis.js';
import type { Series } from '../../model/series.js';
import type { ReportInput } from '../report-input.js';
import { plain } from '../number.js';
import type { Text } from '../text/index.js';
import { findingWords, own } from '../words.js';
import { html, prose, type Markup } from './escape.js';
import { figureId, type ChartId } from './figure.js';

/** The chart that shows what a finding says. */
const chartOf: Readonly<Partial<Record<InsightId, ChartId>>> = {
  'no-answers': 'errors', 'errors-by-kind': 'errors', 'past-the-knee': 'throughput-users', 'serial-server': 'latency-users', 'saturated': 'latency-users', 'scales': 'throughput-users', 'unstable': 'in-flight', 'keeps-up': 'throughput-rate', 'generator-limit': 'cpu', 'server-cpu-bound': 'cpu', 'stalls': 'throughput', 'users-hide-waits': 'heat', 'warm-up-too-short': 'throughput', 'long-tail': 'heat', 'vram-rising': 'vram', 'no-gpu': 'vram', 'memory-rising': 'memory', 'leak': 'memory', 'latency-drifts': 'latency', 'not-recovered': 'recovery', 'recovered': 'recovery',
};

const symbols = { good: '✓', info: 'i', warn: '!', bad: '✗' } as const;

function card(insight: Insight, series: readonly Series[], text: Text, present: ReadonlySet<string>): Markup {
  const { sentence, advice } = findingWords(text, insight, series);
  const chart = own<ChartId | undefined>(chartOf, insight.id);
  const anchor = chart === undefined ? '' : figureId({ id: chart });
  const link = chart !== undefined && present.has(anchor) ? html` · <a href="#${anchor}">${text.chart.title[chart]}</a>` : null;
  const numbers = Object.entries(insight.evidence).map(([name, value]) => `${name} = ${plain(value)}`).join(' · ');
  return html`<li class="${insight.severity}"><span class="tag">${symbols[insight.severity]} ${text.status[insight.severity]}</span><p class="sentence">${prose(sentence)}</p><p><strong>${text.findings.whatToDo}${text.colon}</strong>${prose(advice)}</p><p class="note"><code>${insight.id}</code>${numbers === '' ? '' : ' · '}${numbers}${link}</p></li>`;
}

/** `present` holds the anchors the page really has. */
export function renderFindings({ analysis, record }: ReportInput, text: Text, present: ReadonlySet<string>): Markup {
  const { insights } = analysis;
  const body = insights.length === 0 ? html`<p>${text.findings.none}</p>` : html`<ul class="cards">${insights.map((insight) => card(insight, record.series, text, present))}</ul>`;
  return html`<section id="findings"><h2>${text.section.findings}</h2>${body}</section>`;
}
