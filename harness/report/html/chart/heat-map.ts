import { colour, logY } from './theme.js';
import type { ChartSpec } from './draw.js';

/** One cell: requests that ended in this span of time with a latency in this span. */
export interface HeatCell {
  fromS: number;
  toS: number;
  lowMs: number;
  highMs: number;
  count: number;
  tip: string;
}

/** Latency by time, darker where more requests fall. The log axis keeps the tail in sight. */
export function heatMapSpec(cells: readonly HeatCell[], titles: { x: string; y: string }, domainS: readonly [number, number]): ChartSpec {
  const most = Math.max(...cells.map((cell) => cell.count), 1);
  const rows = cells.map((cell) => ({
    x: cell.fromS,
    x2: cell.toS,
    y: cell.lowMs,
    y2: cell.highMs,
    // Opacity instead of a colour scheme: one picture is right on light and on dark paper. The root keeps single slow requests visible.
    o: Math.round((0.12 + 0.88 * Math.sqrt(cell.count / most)) * 100) / 100,
    tip: cell.tip,
  }));
  const least = Math.min(...cells.map((cell) => cell.lowMs));
  const top = Math.max(...cells.map((cell) => cell.highMs));
  return {
    data: { values: rows },
    mark: { type: 'rect', fill: colour('c1') },
    encoding: {
      x: { field: 'x', type: 'quantitative', title: titles.x, scale: { domain: domainS, nice: false }, axis: { grid: false, tickCount: 7 } },
      x2: { field: 'x2' },
      y: { field: 'y', type: 'quantitative', title: titles.y, ...logY([least, top]) },
      y2: { field: 'y2' },
      fillOpacity: { field: 'o', type: 'quantitative', scale: null, legend: null },
      description: { field: 'tip' },
    },
  };
}
