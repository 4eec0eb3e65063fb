/** Figures of the load: every latency, what more load does, and what failed. */
import type { RunRecord } from '../../model/record.js';
import type { LoadLevel } from '../../model/stage.js';
import type { ReportInput } from '../report-input.js';
import { count, ms, percent, plain, rps } from '../number.js';
import { interval, levelFigure, levelText, stagePairs, valueOf, type StagePair } from '../stage-figure.js';
import type { LoadWords, Text } from '../text/index.js';
import { errorWords } from '../words.js';
import { barsSpec } from './chart/bars.js';
import { byLoadSpec, type LoadPoint } from './chart/by-load.js';
import { heatMapSpec } from './chart/heat-map.js';
import type { Figure } from './figure.js';
import { heatBins } from './over-time.js';
import { scaleFigure } from './scale-figure.js';
import type { FigureOrWhy } from './time-drawing.js';

/** One figure; of a mix one for each part, for their requests go on at the same time and would hide each other. */
function heatFigures(pairs: readonly StagePair[], text: Text): FigureOrWhy[] {
  const title = text.chart.title.heat;
  if (!pairs.some(({ result }) => result.stage.mixed === true)) return [heatFigure(pairs, 0, title, text)];
  return pairs.map((pair, part) => heatFigure([pair], part, `${title}${text.colon}${pair.stage.name}`, text));
}

function heatFigure(pairs: readonly StagePair[], part: number, title: string, text: Text): FigureOrWhy {
  const bins = heatBins(pairs);
  if (bins.length === 0) return { id: 'heat', part, title, why: text.noData };
  const cells = bins.map((bin) => ({ ...bin, tip: `${plain(bin.fromS)}–${plain(bin.toS)} s, ${plain(bin.lowMs)}–${plain(bin.highMs)} ms${text.colon}${count(bin.count)}` }));
  const answers = pairs.reduce((sum, { stage }) => sum + stage.latencyMs.n, 0);
  const slowest = Math.max(...pairs.map(({ stage }) => stage.latencyMs.max ?? 0));
  const last = Math.max(...bins.map((bin) => bin.toS));
  return {
    id: 'heat', part, title, caption: text.caption.heat(count(answers), ms(slowest)),
    spec: heatMapSpec(cells, { x: text.chart.time, y: text.chart.latency }, [Math.min(...bins.map((bin) => bin.fromS)), last]),
    head: [text.chart.from, text.chart.to, `${text.chart.low} (ms)`, `${text.chart.high} (ms)`, text.chart.count],
    rows: bins.map((bin) => [plain(bin.fromS), plain(bin.toS), plain(bin.lowMs), plain(bin.highMs), count(bin.count)]),
  };
}

const percentiles = ['p50', 'p95', 'p99'] as const;

/** What is drawn against one kind of load. */
const against = {
  users: { throughput: 'throughput-users', latency: 'latency-users', one: 'oneLevel', title: 'users', column: 'users' },
  rate: { throughput: 'throughput-rate', latency: 'latency-rate', one: 'oneRate', title: 'askedRate', column: 'asked' },
  // What bursts bring a second is how often they were released: nothing to draw.
  burst: { throughput: null, latency: 'latency-burst', one: 'oneBurst', title: 'burstSize', column: 'atOnce' },
} as const;

/** A spike has one peak, a job is no load: nothing to draw them against. */
type Drawn = keyof typeof against;
const isDrawn = (of: LoadLevel['of']): of is Drawn => Object.hasOwn(against, of);

function throughputCaption(of: Drawn, pairs: readonly StagePair[], words: (pair: StagePair) => LoadWords, text: Text): string {
  const last = pairs.at(-1) as StagePair;
  if (of === 'rate') {
    const behind = pairs.find(({ stage }) => stage.offered?.unstable === true);
    const told = behind ?? [...pairs].sort((x, y) => y.stage.level.value - x.stage.level.value)[0] ?? last;
    return (behind === undefined ? text.caption.throughputRateKept : text.caption.throughputRateLost)(words(told).long, rps(told.stage.achievedRps));
  }
  const best = [...pairs].sort((x, y) => y.stage.achievedRps - x.stage.achievedRps)[0] ?? last;
  const peak = rps(best.stage.achievedRps);
  return best === last ? text.caption.throughputLoadRising(peak, words(best)) : text.caption.throughputLoad(peak, words(best), rps(last.stage.achievedRps), words(last));
}

/** What gates ask of a percentile of the latency, as lines; one a limit. */
function latencyLimits(gates: RunRecord['plan']['gates']): { y: number; label: string }[] {
  const asked = gates.flatMap(({ metric, aggregation, limit, expression }) => (metric === 'latency' && aggregation.kind === 'percentile' && limit !== null && limit > 0 ? [{ y: limit, label: expression }] : []));
  return [...new Set(asked.map(({ y }) => y))].map((y) => ({ y, label: [...new Set(asked.filter((one) => one.y === y).map(({ label }) => label))].join(', ') }));
}

/** Throughput and latency against users, or against the rates that were asked. */
function levelFigures(of: Drawn, pairs: readonly StagePair[], gates: RunRecord['plan']['gates'], text: Text): FigureOrWhy[] {
  const kind = against[of];
  const levels = new Set(pairs.map(({ stage }) => stage.level.value));
  const absent = (id: Figure['id']): FigureOrWhy => ({ id, title: text.chart.title[id], why: text.caption[kind.one] });
  const first = pairs[0];
  const last = pairs.at(-1);
  if (levels.size < 2 || !first || !last) return [...(kind.throughput === null ? [] : [absent(kind.throughput)]), absent(kind.latency)];
  const words = ({ stage }: StagePair): LoadWords => ({ long: levelText(text, stage.level), short: levelFigure(stage) });
  const rate = pairs.map(({ stage }): LoadPoint => ({ load: stage.level.value, y: stage.achievedRps, low: null, high: null, tip: `${stage.name}${text.colon}${rps(stage.achievedRps)}` }));
  const asked = of === 'rate' ? [{ name: text.chart.asked, points: pairs.map(({ stage }): LoadPoint => ({ load: stage.level.value, y: stage.level.value, low: null, high: null, tip: `${text.chart.asked}${text.colon}${rps(stage.level.value)}` })) }] : [];
  const lines = percentiles.map((name) => ({
    name,
    points: pairs.flatMap(({ stage }): LoadPoint[] => {
      const finding = stage.latencyMs[name];
      if (finding.kind === 'absent') return [];
      const { value, low, high } = finding.value;
      return value > 0 ? [{ load: stage.level.value, y: value, low, high, tip: `${stage.name}${text.colon}${name} ${ms(value)} ${interval(low, high)}` }] : [];
    }),
  }));
  const [from, to] = [valueOf(first.stage.latencyMs.p95), valueOf(last.stage.latencyMs.p95)];
  const throughput: Figure[] = kind.throughput === null ? [] : [{
    id: kind.throughput, title: text.chart.title[kind.throughput],
    caption: throughputCaption(of, pairs, words, text),
    spec: byLoadSpec({ lines: [{ name: text.chart.answered, points: rate }, ...asked], xTitle: text.chart[kind.title], yTitle: text.chart.requestsPerSecond }),
    head: [text.table.stage, text.table[kind.column], `${text.table.rps} (req/s)`],
    rows: pairs.map(({ stage }) => [stage.name, levelFigure(stage), plain(stage.achievedRps)]),
  }];
  const drawn = lines.filter((line) => line.points.length > 0);
  const limits = latencyLimits(gates);
  const caption = from !== null && to !== null ? text.caption.latencyLoad(ms(from), words(first), ms(to), words(last)) : text.caption.latencyLoadShort(count(pairs.length));
  if (drawn.length === 0) return [...throughput, { id: kind.latency, title: text.chart.title[kind.latency], why: text.noData }];
  return [...throughput, {
    id: kind.latency, title: text.chart.title[kind.latency],
    caption: limits.length === 0 ? caption : `${caption}${text.sentenceSpace}${text.caption.gateLimits}`,
    spec: byLoadSpec({ lines: drawn, xTitle: text.chart[kind.title], yTitle: text.chart.latency, log: true, levels: limits }),
    head: [text.table.stage, text.table[kind.column], 'n', ...percentiles.map((name) => `${name} (ms)`)],
    rows: pairs.map(({ stage }) => [stage.name, levelFigure(stage), count(stage.latencyMs.n), ...percentiles.map((name) => plain(valueOf(stage.latencyMs[name])))]),
  }];
}

/** One pair of figures for each kind of load that was driven. */
function byLoadFigures(pairs: readonly StagePair[], gates: RunRecord['plan']['gates'], text: Text): FigureOrWhy[] {
  const kinds = [...new Set(pairs.map(({ stage }) => stage.level.of).filter(isDrawn))];
  return kinds.flatMap((of) => levelFigures(of, pairs.filter(({ stage }) => stage.level.of === of), gates, text));
}

/** Failed requests of all measured stages by kind, most frequent first. */
export function errorsByKind(record: RunRecord): [string, number][] {
  const kinds = new Map<string, number>();
  for (const { errors, stage } of record.stages) if (stage.role === 'measure') for (const [kind, n] of Object.entries(errors)) kinds.set(kind, (kinds.get(kind) ?? 0) + n);
  return [...kinds].filter(([, n]) => n > 0).sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1));
}

/** Kinds drawn; the table has all of them. */
const mostBars = 10;

function errorFigure(record: RunRecord, pairs: readonly StagePair[], text: Text): FigureOrWhy {
  const kinds = errorsByKind(record);
  const started = pairs.reduce((sum, { result }) => sum + result.requests.started, 0);
  const [first] = kinds;
  if (!first) return { id: 'errors', title: text.chart.title.errors, why: text.caption.noErrors(count(started)) };
  const failed = kinds.reduce((sum, [, n]) => sum + n, 0);
  const share = (n: number): string => percent(started > 0 ? n / started : null);
  return {
    id: 'errors', title: text.chart.title.errors, caption: text.caption.errors(count(failed), count(started), share(failed), errorWords(text, first[0]), count(first[1])),
    spec: barsSpec(kinds.slice(0, mostBars).map(([kind, n]) => ({ name: errorWords(text, kind), value: n, label: `${count(n)} (${share(n)})` })), { x: text.chart.requests }),
    head: [text.chart.kind, ...pairs.map(({ stage }) => stage.name), text.chart.count, text.chart.share],
    rows: kinds.map(([kind, n]) => [errorWords(text, kind), ...pairs.map(({ result }) => count(result.errors[kind] ?? 0)), count(n), share(n)]),
  };
}

/** All figures of the load, in the order of reading. */
export function loadFigures(input: ReportInput, text: Text): FigureOrWhy[] {
  const { record, analysis } = input;
  const pairs = stagePairs(record, analysis, text);
  // A search tries rates up and down: what is drawn against them goes upwards.
  const ordered = record.search === undefined ? pairs : pairs.toSorted((x, y) => x.stage.level.value - y.stage.level.value);
  return [...byLoadFigures(ordered, record.plan.gates, text), ...scaleFigure(input, text), ...heatFigures(pairs, text), errorFigure(record, pairs, text)];
}
