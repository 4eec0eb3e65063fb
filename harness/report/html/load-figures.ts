/** Figures of the load: every latency, what more users do, and what failed. */
import type { RunRecord } from '../../model/record.js';
import type { ReportInput } from '../report-input.js';
import { count, ms, percent, plain, rps } from '../number.js';
import { interval, stagePairs, valueOf, type StagePair } from '../stage-figure.js';
import type { Text } from '../text/index.js';
import { errorWords } from '../words.js';
import { barsSpec } from './chart/bars.js';
import { byUsersSpec, type UserPoint } from './chart/by-users.js';
import { heatMapSpec } from './chart/heat-map.js';
import type { Figure } from './figure.js';
import { heatBins } from './over-time.js';
import type { FigureOrWhy } from './time-figures.js';

function heatFigure(pairs: readonly StagePair[], text: Text): FigureOrWhy {
  const bins = heatBins(pairs);
  const title = text.chart.title.heat;
  if (bins.length === 0) return { id: 'heat', title, why: text.noData };
  const cells = bins.map((bin) => ({ ...bin, tip: `${plain(bin.fromS)}–${plain(bin.toS)} s, ${plain(bin.lowMs)}–${plain(bin.highMs)} ms${text.colon}${count(bin.count)}` }));
  const answers = pairs.reduce((sum, { stage }) => sum + stage.latencyMs.n, 0);
  const slowest = Math.max(...pairs.map(({ stage }) => stage.latencyMs.max ?? 0));
  const last = Math.max(...bins.map((bin) => bin.toS));
  return {
    id: 'heat', title, caption: text.caption.heat(count(answers), ms(slowest)),
    spec: heatMapSpec(cells, { x: text.chart.time, y: text.chart.latency }, [Math.min(...bins.map((bin) => bin.fromS)), last]),
    head: [text.chart.from, text.chart.to, `${text.chart.low} (ms)`, `${text.chart.high} (ms)`, text.chart.count],
    rows: bins.map((bin) => [plain(bin.fromS), plain(bin.toS), plain(bin.lowMs), plain(bin.highMs), count(bin.count)]),
  };
}

const percentiles = ['p50', 'p95', 'p99'] as const;

function userFigures(pairs: readonly StagePair[], text: Text): FigureOrWhy[] {
  const levels = new Set(pairs.map(({ stage }) => stage.users));
  const absent = (id: Figure['id']): FigureOrWhy => ({ id, title: text.chart.title[id], why: text.caption.oneLevel });
  if (levels.size < 2) return [absent('throughput-users'), absent('latency-users')];
  const first = pairs[0];
  const last = pairs.at(-1);
  const best = [...pairs].sort((x, y) => y.stage.achievedRps - x.stage.achievedRps)[0];
  if (!first || !last || !best) return [];
  const rate = pairs.map(({ stage }): UserPoint => ({ users: stage.users, y: stage.achievedRps, low: null, high: null, tip: `${stage.name}${text.colon}${rps(stage.achievedRps)}` }));
  const lines = percentiles.map((name) => ({
    name,
    points: pairs.flatMap(({ stage }): UserPoint[] => {
      const finding = stage.latencyMs[name];
      if (finding.kind === 'absent') return [];
      const { value, low, high } = finding.value;
      return value > 0 ? [{ users: stage.users, y: value, low, high, tip: `${stage.name}${text.colon}${name} ${ms(value)} ${interval(low, high)}` }] : [];
    }),
  }));
  const [from, to] = [valueOf(first.stage.latencyMs.p95), valueOf(last.stage.latencyMs.p95)];
  const throughput: Figure = {
    id: 'throughput-users', title: text.chart.title['throughput-users'],
    caption: best === last ? text.caption.throughputUsersRising(rps(best.stage.achievedRps), count(best.stage.users)) : text.caption.throughputUsers(rps(best.stage.achievedRps), count(best.stage.users), rps(last.stage.achievedRps), count(last.stage.users)),
    spec: byUsersSpec({ lines: [{ name: text.chart.answered, points: rate }], xTitle: text.chart.users, yTitle: text.chart.requestsPerSecond }),
    head: [text.table.stage, text.table.users, `${text.table.rps} (req/s)`],
    rows: pairs.map(({ stage }) => [stage.name, count(stage.users), plain(stage.achievedRps)]),
  };
  const drawn = lines.filter((line) => line.points.length > 0);
  if (drawn.length === 0) return [throughput, { id: 'latency-users', title: text.chart.title['latency-users'], why: text.noData }];
  return [throughput, {
    id: 'latency-users', title: text.chart.title['latency-users'],
    caption: from !== null && to !== null ? text.caption.latencyUsers(ms(from), count(first.stage.users), ms(to), count(last.stage.users)) : text.caption.latencyUsersShort(count(pairs.length)),
    spec: byUsersSpec({ lines: drawn, xTitle: text.chart.users, yTitle: text.chart.latency, log: true }),
    head: [text.table.stage, text.table.users, 'n', ...percentiles.map((name) => `${name} (ms)`)],
    rows: pairs.map(({ stage }) => [stage.name, count(stage.users), count(stage.latencyMs.n), ...percentiles.map((name) => plain(valueOf(stage.latencyMs[name])))]),
  }];
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
export function loadFigures({ record, analysis }: ReportInput, text: Text): FigureOrWhy[] {
  const pairs = stagePairs(record, analysis, text);
  return [...userFigures(pairs, text), heatFigure(pairs, text), errorFigure(record, pairs, text)];
}
