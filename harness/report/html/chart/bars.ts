import { textWidthPx } from '../text-width.js';
import { chartFontSize, chartSize, colour, seriesColour } from './theme.js';
import type { ChartSpec } from './draw.js';

/** One bar: its name, its length, and what stands at its end. */
export interface Bar {
  name: string;
  value: number;
  label: string;
}

const mostNamePx = 200;
const marginPx = { left: 2, right: 16 };
const labelGapPx = 5;

/** Where the axis ends, so that the number behind each bar stands inside the picture. */
function axisEnd(bars: readonly Bar[]): number {
  const namePx = Math.min(mostNamePx, Math.max(0, ...bars.map(({ name }) => textWidthPx(name, chartFontSize))));
  const plotPx = chartSize.width - marginPx.left - marginPx.right - namePx - 5;
  const most = Math.max(...bars.map(({ value }) => value), 1);
  // A bar and the number behind it may have the plot and the margin; half of the plot is the bars' in any case.
  return Math.max(most * 1.3, ...bars.map(({ value, label }) => (value * plotPx) / Math.max(plotPx / 2, plotPx + marginPx.right - labelGapPx - textWidthPx(label, chartFontSize) - 2)));
}

/** Horizontal bars, longest first, each with its number at the end. */
export function barsSpec(bars: readonly Bar[], titles: { x: string }): ChartSpec {
  const rows = bars.map((bar) => ({ ...bar, tip: `${bar.name}: ${bar.label}` }));
  const y = { field: 'name', type: 'nominal', title: null, sort: null, axis: { domain: false, ticks: false, labelLimit: mostNamePx, labelColor: colour('ink') } };
  const x = { field: 'value', type: 'quantitative', title: titles.x, scale: { domain: [0, axisEnd(bars)], nice: false }, axis: { tickCount: 5, tickMinStep: 1 } };
  return {
    height: 60 + rows.length * (chartFontSize + 16),
    // The last number of the axis may stand half beyond its end.
    padding: { ...marginPx, top: 2, bottom: 2 },
    data: { values: rows },
    layer: [
      { mark: { type: 'bar', fill: seriesColour(1), height: { band: 0.65 } }, encoding: { x, y, description: { field: 'tip' } } },
      { mark: { type: 'text', align: 'left', dx: labelGapPx, aria: false, fill: colour('ink') }, encoding: { x, y, text: { field: 'label' } } },
    ],
  };
}
