import { textWidthPx } from '../text-width.js';
import { chartFontSize, chartSize, colour, seriesColour } from './theme.js';
import type { ChartSpec } from './draw.js';

/** A figure from run to run. x counts the runs of the scenario from 1. */
export interface Trend {
  /** One a machine, in a colour of its own; `levels` are the medians between change points. */
  lines: readonly { name: string; points: readonly { x: number; y: number; tip: string }[]; levels: readonly { from: number; to: number; y: number }[] }[];
  /** Between two runs; `label` says by how much. */
  changes: readonly { x: number; label: string }[];
  runs: number;
  xTitle: string;
  yTitle: string;
}

/** Points that can be told apart get a tooltip and a place in the tab order. */
const mostTips = 120;

/** Points, the levels they scatter around, and a mark at each change. The axis need not begin at zero: changes are what is looked for. */
export function trendSpec({ lines, changes, runs, xTitle, yTitle }: Trend): ChartSpec {
  const points = lines.flatMap(({ name, points: all }) => all.map((point) => ({ ...point, s: name })));
  const levels = lines.flatMap(({ name, levels: all }) => all.map((level) => ({ ...level, s: name })));
  const names = lines.map(({ name }) => name);
  let [low, high] = [Infinity, -Infinity];
  for (const { y } of points) [low, high] = [Math.min(low, y), Math.max(high, y)];
  const room = high > low ? high - low : Math.abs(high) || 1;
  const domain = [low >= 0 ? Math.max(0, low - room * 0.1) : low - room * 0.1, high + room * 0.22];
  const x = { field: 'x', type: 'quantitative', title: xTitle, scale: { domain: [0, runs + 1], nice: false }, axis: { grid: false, tickCount: 6, tickMinStep: 1, format: 'd' } };
  const y = { field: 'y', type: 'quantitative', title: yTitle, scale: { domain, nice: false, zero: false }, axis: { tickCount: 5 } };
  const color = { field: 's', type: 'nominal', scale: { domain: names, range: names.map((_, i) => seriesColour(i)) }, legend: null };
  const seen = points.length <= mostTips;
  return {
    layer: [
      { data: { values: changes.map((change) => ({ x: change.x })) }, mark: { type: 'rule', stroke: colour('muted'), strokeDash: [4, 3], aria: false }, encoding: { x } },
      { data: { values: points }, mark: { type: 'point', filled: true, size: seen ? 34 : 12, opacity: seen ? 0.75 : 0.5, aria: seen }, encoding: { x, y, color, ...(seen ? { description: { field: 'tip' } } : {}) } },
      { data: { values: levels }, mark: { type: 'rule', strokeWidth: 2.4, aria: false }, encoding: { x: { ...x, field: 'from' }, x2: { field: 'to' }, y, color } },
      { data: { values: spaced(changes, runs) }, mark: { type: 'text', align: 'left', baseline: 'top', dx: 4, dy: 2, aria: false }, encoding: { x, y: { value: 0 }, text: { field: 'label' } } },
    ],
  };
}

/** Labels that do not run into each other or beyond the plot; one that would is left out, for its mark stands and the table says it. */
function spaced(changes: Trend['changes'], runs: number): Trend['changes'] {
  const perRun = (chartSize.width - 60) / (runs + 1);
  let end = 0;
  return changes.filter(({ x, label }) => {
    const from = x * perRun + 4;
    const to = from + textWidthPx(label, chartFontSize);
    const fits = from > end && to < chartSize.width - 60;
    if (fits) end = to + 6;
    return fits;
  });
}
