import type { ChartSpec } from './draw.js';
import { colour, logY, seriesColour } from './theme.js';

/** One measured point with its interval; `low`/`high` null where the data cannot bound that side. */
export interface LoadPoint {
  /** Users, or requests a second asked. */
  load: number;
  y: number;
  low: number | null;
  high: number | null;
  tip: string;
}

export interface ByLoad {
  lines: readonly { name: string; points: readonly LoadPoint[] }[];
  xTitle: string;
  yTitle: string;
  log?: boolean;
  /** Limits to be seen against the lines, such as a gate's. */
  levels?: readonly { y: number; label: string }[];
}

/** A value against the load, users or a rate: lines in order of the stages, points with their intervals. */
export function byLoadSpec(chart: ByLoad): ChartSpec {
  const rows = chart.lines.flatMap((line) => line.points.map((point, i) => ({ x: point.load, y: point.y, lo: point.low === null || (chart.log === true && point.low <= 0) ? point.y : point.low, hi: point.high ?? point.y, s: line.name, i, tip: point.tip })));
  const tested = [...new Set(rows.map((row) => row.x))].sort((x, y) => x - y);
  const names = chart.lines.map((line) => line.name);
  const levels = near(chart.levels ?? [], rows);
  const least = Math.min(...rows.map((row) => row.lo), ...levels.map((level) => level.y));
  // Room above a limit for its name.
  const most = Math.max(...rows.map((row) => row.hi), ...levels.map((level) => level.y * 1.6));
  const x = {
    field: 'x',
    type: 'quantitative',
    title: chart.xTitle,
    // Loads are tried in multiples; on a linear axis the small ones would stand on each other.
    scale: { type: 'log', base: 2, nice: false, domain: [(tested[0] ?? 1) * 0.85, (tested.at(-1) ?? 1) * 1.18] },
    axis: { grid: false, values: tested, format: '~r' },
  };
  const linear = { scale: { domain: [0, most > 0 ? most * 1.12 : 1], nice: false }, axis: { tickCount: 5 } };
  const y = { field: 'y', type: 'quantitative', title: chart.yTitle, ...(chart.log === true ? logY([least * 0.8, most * 1.25]) : linear) };
  const color = { field: 's', type: 'nominal', scale: { domain: names, range: names.map((_, i) => seriesColour(i)) }, legend: names.length > 1 ? { symbolType: 'circle' } : null };
  return {
    data: { values: rows },
    layer: [
      { mark: { type: 'rule', strokeWidth: 1.5, opacity: 0.6, aria: false }, encoding: { x, y: { ...y, field: 'lo' }, y2: { field: 'hi' }, color } },
      { mark: { type: 'line', strokeWidth: 1.8, aria: false }, encoding: { x, y, color, order: { field: 'i' } } },
      { mark: { type: 'point', filled: true, size: 60, opacity: 1, stroke: colour('ink'), strokeWidth: 0.5 }, encoding: { x, y, color, description: { field: 'tip' } } },
      { data: { values: levels }, mark: { type: 'rule', strokeDash: [5, 4], strokeWidth: 1.5, color: colour('ink'), aria: false }, encoding: { y } },
      { data: { values: levels }, mark: { type: 'text', align: 'left', baseline: 'bottom', dx: 4, dy: -3, aria: false, fill: colour('ink') }, encoding: { x: { value: 0 }, y, text: { field: 'label' } } },
    ],
  };
}

/** A limit decades away would press the lines flat: it is left out. */
const farthest = 30;

function near(levels: NonNullable<ByLoad['levels']>, rows: readonly { lo: number; hi: number }[]): { y: number; label: string }[] {
  const [low, high] = [Math.min(...rows.map((row) => row.lo)), Math.max(...rows.map((row) => row.hi))];
  return levels.filter(({ y }) => y >= low / farthest && y <= high * farthest).map((level) => ({ ...level }));
}
