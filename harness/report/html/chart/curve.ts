import type { ChartSpec } from './draw.js';
import { colour, seriesColour } from './theme.js';

export interface Curve {
  /** What was measured. */
  points: readonly { x: number; y: number; tip: string }[];
  /** The fitted curve with its interval, by rising x. */
  band: readonly { x: number; y: number; low: number; high: number }[];
  /** Places on the curve to name, e.g. the knee. */
  marks: readonly { x: number; label: string }[];
  xTitle: string;
  yTitle: string;
}

/** A fitted curve with its band, over the points it was fitted to; x is logarithmic, y begins at zero. */
export function curveSpec({ points, band, marks, xTitle, yTitle }: Curve): ChartSpec {
  const xs = [...points, ...band].map((point) => point.x);
  const most = Math.max(...points.map((point) => point.y), ...band.map((at) => at.high));
  const x = {
    field: 'x', type: 'quantitative', title: xTitle,
    scale: { type: 'log', base: 2, nice: false, domain: [Math.min(...xs) * 0.85, Math.max(...xs) * 1.18] },
    axis: { grid: false, values: points.map((point) => point.x), format: '.3~r', labelOverlap: 'greedy' },
  };
  const y = { field: 'y', type: 'quantitative', title: yTitle, scale: { domain: [0, most * 1.12], nice: false }, axis: { tickCount: 5 } };
  const named = marks.map((mark) => ({ ...mark, y: most * 1.12 }));
  return {
    layer: [
      { data: { values: band.map((at) => ({ x: at.x, y: at.low, y2: at.high })) }, mark: { type: 'area', opacity: 0.18, color: seriesColour(0), aria: false }, encoding: { x, y, y2: { field: 'y2' } } },
      { data: { values: band.map((at) => ({ x: at.x, y: at.y })) }, mark: { type: 'line', strokeWidth: 1.8, color: seriesColour(0), aria: false }, encoding: { x, y } },
      { data: { values: named }, mark: { type: 'rule', strokeDash: [4, 3], color: colour('muted'), aria: false }, encoding: { x } },
      { data: { values: named }, mark: { type: 'text', align: 'right', baseline: 'top', dx: -4, dy: 2 }, encoding: { x, y, text: { field: 'label' } } },
      { data: { values: points.map((point) => ({ ...point })) }, mark: { type: 'point', filled: true, size: 60, opacity: 1, color: seriesColour(1), stroke: colour('ink'), strokeWidth: 0.5 }, encoding: { x, y, description: { field: 'tip' } } },
    ],
  };
}
