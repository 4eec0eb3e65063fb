/** Part 3: what stood out, by rule: the sentence, its numbers, what to do. */
import type { Insight, InsightId } from '../../model/insight.js';
import type { Series } from '../../model/series.js';
import type { ReportInput } from '../report-input.js';
import { plain } from '../number.js';
import type { Text } from '../text/index.js';
import { findingWords, own } from '../words.js';
import { html, prose, type Markup } from './escape.js';
import { figureId, type ChartId } from './figure.js';

/** Parts of the page without a chart that show what a finding says. */
const sectionTitles = {
  answers: (text: Text) => text.section.answers, health: (text: Text) => text.section.health, stages: (text: Text) => text.section.stages, job: (text: Text) => text.job.title, appendix: (text: Text) => text.section.appendix, drift: (text: Text) => text.shapes.driftTitle,
} as const;
type Place = ChartId | `#${keyof typeof sectionTitles}`;

/** Where the page shows what a finding says, best first: each is there in some reports only. */
const shownBy: Readonly<Record<InsightId, readonly Place[]>> = {
  'no-answers': ['errors'], 'stage-incomplete': ['#stages', '#job'], 'errors-by-kind': ['errors'],
  'oracle-failed': ['scores', '#answers'], 'wrong-answers': ['#answers'], 'flips-under-load': ['#answers'], 'answers-move': ['#answers'], 'fallback-answered': ['#answers', '#stages'], 'answers-hold': ['#answers'], 'abnormal-mishandled': ['#answers'], 'labels-disagree': ['scores', '#answers'], 'family-worse': ['#answers'], 'field-not-named': ['#answers'], 'probes-failed': ['#answers'], 'scores-meaningless': ['scores', '#answers'],
  'past-the-knee': ['throughput-users', 'scale'], 'serial-server': ['latency-users', 'latency'], 'saturated': ['latency-users', 'latency'], 'scales': ['throughput-users', 'scale'],
  'unstable': ['in-flight', 'throughput-rate'], 'keeps-up': ['throughput-rate', 'throughput'], 'capacity': ['search'], 'capacity-machine': ['search'], 'capacity-cliff': ['search', 'latency-rate'],
  'server-throttled': ['cpu'], 'queueing': ['queue', 'in-flight'], 'compute-bound': ['gpu-use', 'cpu'], 'tokenising': ['cpu'], 'server-cpu-bound': ['cpu'], 'padding-tax': ['batch-size', 'cpu'], 'cache-carries': ['heat', 'latency'], 'cold-start': ['memory', 'cpu'],
  'generator-limit': ['cpu', '#health'], 'censored': ['in-flight', '#health'], 'warm-up-too-short': ['throughput', 'latency'], 'too-few-samples': ['latency-users', 'latency-rate', 'heat'], 'busy-machine': ['cpu', '#health'],
  'stalls': ['throughput'], 'users-hide-waits': ['heat'], 'long-tail': ['heat'],
  'vram-rising': ['vram'], 'vram-near-limit': ['vram'], 'no-gpu': ['vram'], 'memory-rising': ['memory'], 'leak': ['memory', '#drift'], 'latency-drifts': ['latency', '#drift'], 'no-drift': ['latency', '#drift'],
  'not-recovered': ['recovery'], 'recovered': ['recovery'],
  'figure-not-finite': ['job-figure', '#job'], 'lines-malformed': ['#job'], 'job-silent': ['#job'],
};

/** A link to the best of them that this page has. */
function linkTo(places: readonly Place[] | undefined, text: Text, present: ReadonlySet<string>): Markup | null {
  for (const place of places ?? []) {
    const anchor = isSection(place) ? place.slice(1) : figureId({ id: place });
    if (present.has(anchor)) return html` · <a href="#${anchor}">${isSection(place) ? sectionTitles[place.slice(1) as keyof typeof sectionTitles](text) : text.chart.title[place]}</a>`;
  }
  return null;
}

const isSection = (place: Place): place is `#${keyof typeof sectionTitles}` => place.startsWith('#');

const symbols = { good: '✓', info: 'i', warn: '!', bad: '✗' } as const;

function card(insight: Insight, series: readonly Series[], text: Text, present: ReadonlySet<string>): Markup {
  const { sentence, advice } = findingWords(text, insight, series);
  const link = linkTo(own<readonly Place[] | undefined>(shownBy, insight.id), text, present);
  // By their names in result.json. Words of the evidence are in the sentence, in the reader's language.
  const numbers = Object.entries(insight.evidence).flatMap(([name, value]) => (typeof value === 'number' ? [`${name} = ${plain(value)}`] : []));
  return html`<li class="${insight.severity}"><span class="tag">${symbols[insight.severity]} ${text.status[insight.severity]}</span><p class="sentence">${prose(sentence)}</p><p><strong>${text.findings.whatToDo}${text.colon}</strong>${prose(advice)}</p><p class="note"><code>${[insight.id, ...numbers].join(' · ')}</code>${link}</p></li>`;
}

/** `present` holds the anchors the page really has. */
export function renderFindings({ analysis, record }: ReportInput, text: Text, present: ReadonlySet<string>): Markup {
  const { insights } = analysis;
  const body = insights.length === 0 ? html`<p>${text.findings.none}</p>` : html`<ul class="cards">${insights.map((insight) => card(insight, record.series, text, present))}</ul>`;
  return html`<section id="findings"><h2>${text.section.findings}</h2>${body}</section>`;
}
