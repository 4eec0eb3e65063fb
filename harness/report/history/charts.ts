/** Which figures of a history are drawn, and how. */
import { historyMetrics, type History, type HistorySeries } from '../../model/history.js';
import { median } from '../../model/rank.js';
import { trendSpec, type Trend } from '../html/chart/trend.js';
import type { Figure } from '../html/figure.js';
import { count } from '../number.js';
import type { Text } from '../text/index.js';
import { changeText, day, metricText, stageText, valueText, whereText } from './figure.js';

/** More would make the page long and slow, and nobody looks at the fortieth. */
const mostCharts = 12;
/** Points of a chart; of more runs each point stands for several. */
const mostPoints = 300;

/** One figure of one stage, on every machine and with every engine that measured it. */
export interface Drawn {
  series: HistorySeries[];
}

const importance: readonly HistorySeries['metric'][] = ['throughput', 'capacity', 'time', 'p95', 'errors', 'vram', 'rss', 'p50', 'p99'];

function largestChange({ changes }: HistorySeries): number {
  return changes.kind === 'absent' ? 0 : Math.max(0, ...changes.value.map(({ ratio, before, after }) => (ratio === null ? Math.abs(after - before) : Math.abs(Math.log(ratio)))));
}

/** The figures that are drawn, those with a change first, and how many there are in all. */
export function chooseCharts({ series }: History): { drawn: Drawn[]; all: number } {
  const byFigure = new Map<string, HistorySeries[]>();
  for (const one of series) {
    if (one.values.length < 2) continue;
    const key = JSON.stringify([one.scenario, one.stage, one.metric, one.gpu]);
    byFigure.set(key, [...(byFigure.get(key) ?? []), one]);
  }
  const ranked = [...byFigure.values()].map((group, i) => ({ group, i, change: Math.max(...group.map(largestChange)), rank: importance.indexOf(group[0]?.metric ?? 'p99') }))
    .sort((a, b) => Number(b.change > 0) - Number(a.change > 0) || a.rank - b.rank || b.change - a.change || a.i - b.i);
  return { drawn: ranked.slice(0, mostCharts).map(({ group }) => ({ series: group })), all: ranked.length };
}

interface Segment {
  from: number;
  to: number;
}

/** Between the changes, as places in the series. */
function segmentsOf({ values, changes }: HistorySeries): Segment[] {
  const edges = [0, ...(changes.kind === 'found' ? changes.value.map(({ at }) => at) : []), values.length];
  return edges.slice(1).map((to, i) => ({ from: edges[i] ?? 0, to }));
}

/** Shares in percent, as the axis says. */
function shown({ metric }: HistorySeries, value: number): number {
  return historyMetrics[metric].unit === 'share' ? value * 100 : value;
}

function unitOf(metric: HistorySeries['metric']): string {
  const { unit } = historyMetrics[metric];
  return unit === 'share' ? '%' : unit;
}

function lineOf(series: HistorySeries, place: ReadonlyMap<number, number>, history: History, text: Text): Trend['lines'][number] {
  const at = (i: number): number => place.get(series.runs[i] ?? -1) ?? 0;
  const size = Math.ceil(series.values.length / mostPoints);
  const segments = segmentsOf(series);
  return {
    name: whereText(history, series, text),
    points: segments.flatMap(({ from, to }) => Array.from({ length: Math.ceil((to - from) / size) }, (_, bin) => {
      const start = from + bin * size;
      const end = Math.min(to, start + size);
      const middle = (start + end - 1) >> 1;
      const run = history.runs[series.runs[middle] ?? -1];
      const y = median(series.values.slice(start, end));
      return { x: at(middle), y: shown(series, y), tip: text.history.pointTip(run?.id ?? '', day(run?.startedAt ?? ''), valueText(series, y)) };
    })),
    levels: segments.map(({ from, to }) => ({ from: at(from) - 0.4, to: at(to - 1) + 0.4, y: shown(series, median(series.values.slice(from, to))) })),
  };
}

/** The chart of one figure with its levels as a table. */
export function trendFigure({ series }: Drawn, part: number, history: History, text: Text): Figure<'trend'> {
  const { history: words } = text;
  const [head] = series as [HistorySeries, ...HistorySeries[]];
  const ofScenario = history.runs.flatMap((run, i) => (run.scenario === head.scenario ? [i] : []));
  const place = new Map(ofScenario.map((run, i) => [run, i + 1]));
  const runs = series.reduce((sum, one) => sum + one.values.length, 0);
  const changes = series.flatMap((one) => (one.changes.kind === 'found' ? one.changes.value.map((change) => ({ x: (place.get(one.runs[change.at] ?? -1) ?? 0) - 0.5, label: changeText(change, text) })) : [])).sort((a, b) => a.x - b.x);
  const told = changes.length === 0 ? words.noChange : words.changesSentence(count(changes.length), changes.length === 1);
  const size = Math.max(...series.map((one) => Math.ceil(one.values.length / mostPoints)));
  const sentences = [words.caption(count(runs), runs === 1, told), ...(size > 1 ? [words.thinned(count(size))] : []), ...(series.length > 1 ? [words.machinesNote] : [])];
  return {
    id: 'trend', part, title: words.chartTitle(head.scenario, stageText(head, text), metricText(head, text)), caption: sentences.join(text.sentenceSpace),
    spec: trendSpec({ lines: series.map((one) => lineOf(one, place, history, text)), changes, runs: ofScenario.length, xTitle: words.axis, yTitle: `${metricText(head, text)} (${unitOf(head.metric)})` }),
    head: [words.head.firstRun, words.head.lastRun, words.head.runs, words.head.low, words.head.median, words.head.high, words.head.machine],
    rows: series.flatMap((one) => segmentsOf(one).map(({ from, to }) => {
      const values = one.values.slice(from, to);
      const runAt = (i: number): string => history.runs[one.runs[i] ?? -1]?.id ?? '';
      return [runAt(from), runAt(to - 1), count(values.length), valueText(one, values.reduce((a, b) => Math.min(a, b))), valueText(one, median(values)), valueText(one, values.reduce((a, b) => Math.max(a, b))), whereText(history, one, text)];
    })),
    words: [1, 6],
  };
}
