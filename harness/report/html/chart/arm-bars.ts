import { shortenTexts } from '../text-width.js';
import { legendColumns } from './legend.js';
import { chartFontSize, colour, seriesColour } from './theme.js';
import type { ChartSpec } from './draw.js';

/** One bar of one side. */
export interface ArmBar {
  arm: string;
  /** What is measured; of several, each has a bar beside the others. */
  part: string;
  value: number;
  label: string;
  tip: string;
}

/** Half of the picture is left for the bars. */
const mostNamePx = 165;

/** Horizontal bars side by side for each arm, with their numbers at the end. Bars begin at zero. */
export function armBarsSpec(bars: readonly ArmBar[], { xTitle }: { xTitle: string }): ChartSpec {
  const parts = [...new Set(bars.map(({ part }) => part))];
  const arms = [...new Set(bars.map(({ arm }) => arm))];
  const short = shortenTexts(arms, chartFontSize, mostNamePx);
  const most = Math.max(...bars.map((row) => row.value)) || 1;
  const y = { field: 'arm', type: 'nominal', title: null, sort: null, scale: { paddingInner: 0.25, paddingOuter: 0.1 }, axis: { domain: false, ticks: false, labelColor: colour('ink') } };
  const yOffset = parts.length > 1 ? { yOffset: { field: 'part', type: 'nominal', sort: null, scale: { domain: parts } } } : {};
  const x = { field: 'value', type: 'quantitative', title: xTitle, scale: { domain: [0, most * 1.32], nice: false }, axis: { tickCount: 4 } };
  const columns = legendColumns(parts);
  const fill = { field: 'part', type: 'nominal', scale: { domain: parts, range: parts.map((_, i) => seriesColour(i)) }, legend: parts.length > 1 ? { columns, labelLimit: 340 } : null };
  return {
    height: 66 + arms.length * (parts.length * (chartFontSize + 9) + 12) + (parts.length > 1 ? 2 + Math.ceil(parts.length / columns) * 18 : 0),
    padding: { left: 2, top: 2, bottom: 2, right: 16 },
    data: { values: bars.map((bar) => ({ ...bar, arm: short[arms.indexOf(bar.arm)] })) },
    layer: [
      { mark: { type: 'bar' }, encoding: { x, y, ...yOffset, fill, description: { field: 'tip' } } },
      { mark: { type: 'text', align: 'left', dx: 5, aria: false, fill: colour('ink') }, encoding: { x, y, ...yOffset, text: { field: 'label' } } },
    ],
  };
}
