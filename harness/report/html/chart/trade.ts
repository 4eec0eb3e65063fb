import { shortenTexts, textWidthPx } from '../text-width.js';
import { chartFontSize, chartSize, colour, logY, seriesColour } from './theme.js';
import type { ChartSpec } from './draw.js';

/** One level of load of one side. */
export interface TradePoint {
  x: number;
  y: number;
  low: number | null;
  high: number | null;
  tip: string;
}

/** Told apart also without colours. */
const shapes = ['circle', 'square', 'triangle-up', 'diamond', 'cross', 'triangle-down', 'triangle-right', 'triangle-left'];
const mostColumns = 4;

/** Few runs leave an interval wide open: drawn to its end it would press all points into a line. */
const farthest = 4;

/** What is got against what it costs, one line a side, in the order of the load: what bends back is drawn bending back. */
export function tradeSpec(lines: readonly { name: string; points: readonly TradePoint[] }[], { xTitle, yTitle }: { xTitle: string; yTitle: string }): ChartSpec {
  const names = shortenTexts(lines.map(({ name }) => name), chartFontSize, 170);
  const ys = lines.flatMap(({ points }) => points.map(({ y }) => y));
  const [lowest, highest] = [Math.min(...ys) / farthest, Math.max(...ys) * farthest];
  const rows = lines.flatMap(({ points }, line) => points.map((point, i) => ({
    ...point, lo: Math.max(lowest, point.low !== null && point.low > 0 ? point.low : point.y), hi: Math.min(highest, point.high ?? point.y), s: names[line], i,
  })));
  const widest = Math.max(...names.map((name) => textWidthPx(name, chartFontSize))) + 30;
  const legend = { symbolType: 'circle', columns: Math.max(1, Math.min(mostColumns, Math.floor(chartSize.width / widest))) };
  const most = Math.max(...rows.map((row) => row.x));
  const x = { field: 'x', type: 'quantitative', title: xTitle, scale: { domain: [0, most * 1.08], nice: false }, axis: { grid: false, tickCount: 6 } };
  const y = { field: 'y', type: 'quantitative', title: yTitle, ...logY([Math.min(...rows.map((row) => row.lo)) * 0.8, Math.max(...rows.map((row) => row.hi)) * 1.25]) };
  const color = { field: 's', type: 'nominal', scale: { domain: names, range: names.map((_, i) => seriesColour(i)) }, legend };
  const shape = { field: 's', type: 'nominal', scale: { domain: names, range: names.map((_, i) => shapes[i % shapes.length]) }, legend };
  return {
    data: { values: rows },
    layer: [
      { mark: { type: 'rule', strokeWidth: 1.5, opacity: 0.6, aria: false }, encoding: { x, y: { ...y, field: 'lo' }, y2: { field: 'hi' }, color } },
      { mark: { type: 'line', strokeWidth: 1.8, aria: false }, encoding: { x, y, color, order: { field: 'i' } } },
      { mark: { type: 'point', filled: true, size: 64, opacity: 1, stroke: colour('ink'), strokeWidth: 0.5 }, encoding: { x, y, color, shape, description: { field: 'tip' } } },
    ],
  };
}
