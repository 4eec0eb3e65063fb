import { chartFontSize, colour, seriesColour } from './theme.js';
import type { ChartSpec } from './draw.js';

/** One bar: its name, its length, and what stands at its end. */
export interface Bar {
  name: string;
  value: number;
  label: string;
}

/** Horizontal bars, longest first, each with its number at the end. */
export function barsSpec(bars: readonly Bar[], titles: { x: string }): ChartSpec {
  const rows = bars.map((bar) => ({ ...bar, tip: `${bar.name}: ${bar.label}` }));
  const most = Math.max(...rows.map((row) => row.value), 1);
  const y = { field: 'name', type: 'nominal', title: null, sort: null, axis: { domain: false, ticks: false, labelLimit: 200, labelColor: colour('ink') } };
  const x = { field: 'value', type: 'quantitative', title: titles.x, scale: { domain: [0, most * 1.3], nice: false }, axis: { tickCount: 5, tickMinStep: 1 } };
  return {
    height: 60 + rows.length * (chartFontSize + 16),
    // The last number of the axis may stand half beyond its end.
    padding: { left: 2, top: 2, bottom: 2, right: 16 },
    data: { values: rows },
    layer: [
      { mark: { type: 'bar', fill: seriesColour(1), height: { band: 0.65 } }, encoding: { x, y, description: { field: 'tip' } } },
      { mark: { type: 'text', align: 'left', dx: 5, aria: false, fill: colour('ink') }, encoding: { x, y, text: { field: 'label' } } },
    ],
  };
}
