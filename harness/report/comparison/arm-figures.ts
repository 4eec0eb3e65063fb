/** Pictures of all arms beside each other: what they do at what latency, and how they do it. */
import type { ArmSummary, ComparedMetric, ComparisonRecord, Work } from '../../model/comparison.js';
import { armBarsSpec, type ArmBar } from '../html/chart/arm-bars.js';
import { tradeSpec } from '../html/chart/trade.js';
import { count, mib, ms, plain, rps } from '../number.js';
import { intervalAround } from '../stage-figure.js';
import type { Text } from '../text/index.js';
import type { ComparisonFigure } from './pair-figures.js';
import { confidenceText, stageOf } from './rows.js';

const percentiles = ['p95', 'p99', 'p50'] as const;
const memories = ['rss', 'vram', 'simulatedMemory'] as const;

/** All that the arms tell; empty where nothing of it was measured. */
export function armFigures(record: ComparisonRecord, text: Text): ComparisonFigure[] {
  return [tradeFigure(record, text), batchFigure(record, text), timeFigure(record, text), memoryFigure(record, text)].flatMap((figure) => figure ?? []);
}

const runsText = ({ summaries }: ComparisonRecord, text: Text): string => text.compare.figures.runs(count(Math.max(...summaries.map(({ rounds }) => rounds))));
const rowOf = ({ rows }: ArmSummary, stage: string | null, metric: ComparedMetric): ArmSummary['rows'][number] | undefined => rows.find((row) => row.stage === stage && row.metric === metric);

/** The work is told of the last stage. */
function lastStage({ summaries }: ComparisonRecord, text: Text): string {
  const stage = summaries.flatMap(({ rows }) => rows.flatMap((row) => row.stage ?? [])).at(-1);
  return stage === undefined ? text.compare.figures.lastStage : stageOf({ stage }, text);
}

function tradeFigure(record: ComparisonRecord, text: Text): ComparisonFigure | null {
  const { compare, compare: { figures: { trade } } } = text;
  const percentile = percentiles.find((metric) => record.summaries.some(({ rows }) => rows.some((row) => row.metric === metric)));
  if (percentile === undefined) return null;
  const lines = record.summaries.map((summary) => ({
    name: summary.arm,
    points: summary.rows.filter(({ stage, metric }) => metric === 'rps' && stage !== null).flatMap((done) => {
      const late = rowOf(summary, done.stage, percentile);
      return late === undefined ? [] : [{ stage: stageOf(done, text), x: done.mean, y: late.mean, low: late.low, high: late.high, tip: `${summary.arm}, ${stageOf(done, text)}${text.colon}${rps(done.mean)}, ${percentile} ${ms(late.mean)} ${intervalAround(late.mean, late.low, late.high)}`.trimEnd() }];
    }),
  })).filter(({ points }) => points.length > 0);
  if (lines.length === 0) return null;
  return {
    id: 'trade', title: trade.title(percentile), caption: trade.caption(runsText(record, text), confidenceText(record)),
    spec: tradeSpec(lines, { xTitle: trade.x, yTitle: trade.y(percentile) }),
    head: [compare.head.arm, compare.head.stage, trade.x, trade.y(percentile), compare.head.interval],
    rows: lines.flatMap(({ name, points }) => points.map((point) => [name, point.stage, plain(point.x), plain(point.y), intervalAround(point.y, point.low, point.high)])),
    words: [1],
  };
}

/** Bars of what each arm's server told of its work. */
function workBars({ summaries }: ComparisonRecord, parts: readonly (readonly [key: keyof Work, name: string])[], show: (value: number) => string, text: Text): ArmBar[] {
  return summaries.flatMap(({ arm, work }) => parts.flatMap(([key, part]) => {
    const value = work?.[key] ?? null;
    return value === null ? [] : [{ arm, part, value, label: show(value), tip: `${arm}, ${part}${text.colon}${show(value)}` }];
  }));
}

const tableOf = (bars: readonly ArmBar[], head: readonly string[]): Pick<ComparisonFigure, 'head' | 'rows' | 'words'> => ({ head, rows: bars.map(({ arm, part, label }) => [arm, part, label]), words: [1] });

function batchFigure(record: ComparisonRecord, text: Text): ComparisonFigure | null {
  const { compare, compare: { figures: { batch } } } = text;
  const bars = workBars(record, [['batchTexts', batch.part]], plain, text);
  const most = bars.toSorted((a, b) => b.value - a.value)[0];
  if (most === undefined) return null;
  return { id: 'batch', title: batch.title, caption: batch.caption(lastStage(record, text), most.label, most.arm), spec: armBarsSpec(bars, { xTitle: batch.x }), ...tableOf(bars, [compare.head.arm, compare.head.metric, compare.head.mean]) };
}

function timeFigure(record: ComparisonRecord, text: Text): ComparisonFigure | null {
  const { compare, compare: { figures: { time } } } = text;
  const bars = workBars(record, [['queueMs', time.queue], ['inferMs', time.infer]], ms, text);
  if (bars.length === 0) return null;
  return { id: 'time', title: time.title, caption: time.caption(lastStage(record, text)), spec: armBarsSpec(bars, { xTitle: time.x }), ...tableOf(bars, [compare.head.arm, compare.head.metric, compare.head.mean]) };
}

function memoryFigure(record: ComparisonRecord, text: Text): ComparisonFigure | null {
  const { compare, compare: { figures: { memory } } } = text;
  const bars = record.summaries.flatMap((summary) => memories.flatMap((metric): ArmBar[] => {
    const row = rowOf(summary, null, metric);
    const part = compare.metric[metric];
    return row === undefined ? [] : [{ arm: summary.arm, part, value: row.mean, label: mib(row.mean), tip: `${summary.arm}, ${part}${text.colon}${mib(row.mean)}` }];
  }));
  if (bars.length === 0) return null;
  return { id: 'memory', title: memory.title, caption: memory.caption(runsText(record, text)), spec: armBarsSpec(bars, { xTitle: memory.x('MiB') }), ...tableOf(bars, [compare.head.arm, compare.head.metric, compare.head.mean]) };
}
