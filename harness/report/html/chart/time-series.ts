import { textWidthPx } from '../text-width.js';
import { legendColumns } from './legend.js';
import { chartFontSize, chartSize, colour, lineLegend, logY, seriesColour } from './theme.js';
import type { ChartSpec } from './draw.js';

/** One line over the run's time. Points of different segments are not joined: a gap is a gap. */
export interface Line {
  name: string;
  points: readonly { xS: number; y: number; segment: number }[];
}

/** One measured window, s since the run started. */
export interface Band {
  fromS: number;
  toS: number;
  label: string;
  /** Drawn where `label` does not fit. */
  shortLabel: string;
  tip: string;
}

/** A level worth comparing with: baseline, loaded, peak, limit. */
export interface Level {
  y: number;
  label: string;
}

export interface TimeSeries {
  lines: readonly Line[];
  bands: readonly Band[];
  levels?: readonly Level[];
  xTitle: string;
  yTitle: string;
  /** Latency spans decades; everything else starts at zero. */
  log?: boolean;
  /** What may be any number: the axis spans its values, not from zero, and each value has a dot. */
  free?: boolean;
  height?: number;
  /** Span of the x axis, s: the same in all charts that are read side by side. */
  domainS?: readonly [number, number];
  /** Index of the first colour: the same thing has the same colour in all charts. */
  firstColour?: number;
}

/** Lines over time above the bands of the stages. */
export function timeSeriesSpec(chart: TimeSeries): ChartSpec {
  const rows = chart.lines.flatMap((line) => line.points.filter(({ y }) => chart.log !== true || y > 0).map(({ xS, y, segment }) => ({ x: xS, y, s: line.name, g: segment })));
  const xs = [...chart.bands.flatMap((band) => [band.fromS, band.toS]), ...rows.map((row) => row.x)];
  const domain = chart.domainS ?? extent(xs);
  const names = chart.lines.map((line) => line.name);
  const first = chart.firstColour ?? 0;
  const x = { field: 'x', type: 'quantitative', title: chart.xTitle, scale: { domain, nice: false }, axis: { grid: false, tickCount: 7 } };
  const y = { field: 'y', type: 'quantitative', title: chart.yTitle, ...yScale(chart, rows.map((row) => row.y)) };
  const colours = { field: 's', type: 'nominal', scale: { domain: names, range: names.map((_, i) => seriesColour(first + i)) }, legend: legendOf(names) };
  const lone = lonePoints(rows);
  const sizedBands = chart.bands.map((band, i) => ({ from: band.fromS, to: band.toS, label: [band.label, band.shortLabel].find((label) => fits(label, band, domain)) ?? '', tip: band.tip, o: i % 2 === 0 ? 0.16 : 0.08 }));
  return {
    ...(chart.height === undefined ? {} : { height: chart.height }),
    layer: [
      {
        data: { values: sizedBands },
        mark: { type: 'rect', fill: colour('band') },
        encoding: { x: { ...x, field: 'from' }, x2: { field: 'to' }, fillOpacity: { field: 'o', type: 'quantitative', scale: null }, description: { field: 'tip' } },
      },
      {
        data: { values: sizedBands },
        mark: { type: 'text', align: 'left', baseline: 'top', dx: 4, dy: 3, aria: false },
        encoding: { x: { ...x, field: 'from' }, y: { value: 0 }, text: { field: 'label' } },
      },
      ...(chart.levels ?? []).map((level) => ({
        data: { values: [{ y: level.y }] },
        mark: { type: 'rule', stroke: colour('muted'), strokeDash: [4, 3], aria: false },
        encoding: { y: { ...y } },
      })),
      {
        data: { values: rows },
        mark: { type: 'line', strokeWidth: 1.8, interpolate: 'linear', strokeJoin: 'round', strokeCap: 'round', aria: false, ...dots(chart, rows.length) },
        encoding: { x, y, color: colours, detail: { field: 'g' } },
      },
      ...(lone.length === 0 ? [] : [{ data: { values: lone }, mark: { type: 'point', filled: true, size: 30, opacity: 1, aria: false }, encoding: { x, y, color: colours } }]),
      ...(chart.levels === undefined || chart.levels.length === 0
        ? []
        : [{
            data: { values: levelLabels(chart.levels, chart.height ?? chartSize.height) },
            mark: { type: 'text', align: 'right', baseline: 'bottom', dy: -2, aria: false },
            encoding: { x: { value: 'width' }, y: { ...y }, text: { field: 'label' } },
          }]),
    ],
    resolve: { scale: { y: 'shared' } },
  };
}

/** A legend as wide as the chart at most: names that do not fit beside each other stand in columns. */
function legendOf(names: readonly string[]): Record<string, unknown> | null {
  if (names.length < 2) return null;
  const columns = legendColumns(names);
  return columns >= names.length ? lineLegend : { ...lineLegend, columns };
}

/** Points that no line reaches: the only ones of their line and segment. */
function lonePoints<T extends { s: string; g: number }>(rows: readonly T[]): T[] {
  const times = new Map<string, number>();
  const key = ({ s, g }: T): string => `${String(g)}:${s}`;
  for (const row of rows) times.set(key(row), (times.get(key(row)) ?? 0) + 1);
  return rows.filter((row) => times.get(key(row)) === 1);
}

function extent(values: readonly number[]): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (!Number.isFinite(low)) return [0, 1];
  return low === high ? [low, low + 1] : [low, high];
}

function yScale(chart: TimeSeries, values: readonly number[]): Record<string, unknown> {
  const all = [...values, ...(chart.levels ?? []).map((level) => level.y)];
  const [low, high] = extent(all);
  // A stage without one answer has no latency; a log axis needs positive ends nevertheless.
  if (chart.log === true && values.length === 0) return logY([1, 1000]);
  // Room for the names of the bands above the highest point, and above levels for theirs.
  if (chart.log === true) return logY([low * 0.85, high * 1.1 * (high / low) ** 0.16]);
  if (chart.free === true) {
    return { scale: { domain: freeDomain(values), nice: false, zero: false }, axis: { tickCount: 5 } };
  }
  return { scale: { domain: [0, high > 0 ? high * headroom(chart) : 1], nice: false }, axis: { tickCount: 5 } };
}

/** Around all values, and never below zero for one that never is. */
function freeDomain(values: readonly number[]): [number, number] {
  const [low, high] = [values.reduce((least, value) => Math.min(least, value), Infinity), values.reduce((most, value) => Math.max(most, value), -Infinity)];
  if (values.length === 0) return [0, 1];
  const room = high > low ? (high - low) * 0.12 : Math.abs(high) * 0.1 || 1;
  return [low >= 0 ? Math.max(0, low - room) : low - room, high + room];
}

/** Dots that overlap would be a thick line. */
const mostDots = 80;

function dots(chart: TimeSeries, points: number): Record<string, unknown> {
  return chart.free === true && points <= mostDots ? { point: { filled: true, size: 26, opacity: 1 } } : {};
}

function headroom(chart: TimeSeries): number {
  return chart.levels === undefined ? 1.15 : 1.34;
}

/** Levels closer than a line of text share one label, so that they stay readable. */
function levelLabels(levels: readonly Level[], height: number): Level[] {
  const top = Math.max(...levels.map((level) => level.y), 0);
  const lineOfText = top === 0 ? Infinity : (top * 1.34 * (chartFontSize + 4)) / (height * 0.7);
  const labels: Level[] = [];
  for (const level of [...levels].sort((x, y) => x.y - y.y)) {
    const last = labels.at(-1);
    if (last && level.y - last.y < lineOfText) labels[labels.length - 1] = { y: level.y, label: `${last.label} · ${level.label}` };
    else labels.push({ ...level });
  }
  return labels;
}

/** A band's name is drawn only where it fits between the band's edges. */
function fits(label: string, band: Band, [from, to]: readonly [number, number]): boolean {
  const plotPx = chartSize.width - 60;
  return textWidthPx(label, chartFontSize) + 6 <= (plotPx * (band.toS - band.fromS)) / (to - from);
}
