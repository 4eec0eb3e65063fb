import { shortenText } from '../text-width.js';
import { chartFontSize, chartSize, colour, seriesColour } from './theme.js';
import type { ChartSpec } from './draw.js';

/** One ratio with its interval; bounds null where there is none. */
export interface ForestRow {
  name: string;
  ratio: number;
  low: number | null;
  high: number | null;
  tip: string;
}

const mostTicks = 11;
const rowHeight = 2 * chartFontSize + 18;
const nameAbove = chartFontSize - 4;
const lineBelow = chartFontSize - 3;
const namesPx = chartSize.width - 40;

/**
 * Ticks from 1/reach to reach, 1 always among them: hundredths, twentieths or tenths near it, round ratios farther out. Vega's own
 * choice leaves out labels on a logarithmic axis that spans less than a decade.
 */
export function ratioTicks(reach: number): number[] {
  const inside = (ticks: readonly number[]): number[] => ticks.filter((tick) => tick >= 1 / reach && tick <= reach);
  if (reach > 5) return inside([0.125, 0.2, 0.35, 0.5, 0.7, 1, 1.5, 2, 3, 5, 8]);
  if (reach > 3) return inside([0.25, 0.35, 0.5, 0.7, 1, 1.5, 2, 3, 4, 5]);
  if (reach > 2) return inside([0.4, 0.5, 0.6, 0.8, 1, 1.25, 1.5, 2, 2.5, 3]);
  if (reach > 1.5) return inside([0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.2, 1.4, 1.6, 1.8, 2]);
  for (const step of [0.01, 0.02, 0.05]) {
    const ticks = multiples(step, reach);
    if (ticks.length <= mostTicks) return ticks;
  }
  return multiples(0.1, reach);
}

function multiples(step: number, reach: number): number[] {
  const from = Math.ceil(1 / reach / step - 1e-9);
  const to = Math.floor(reach / step + 1e-9);
  return Array.from({ length: to - from + 1 }, (_, i) => Number(((from + i) * step).toFixed(2)));
}

/** Ratios on a logarithmic axis around one, with the band in which a difference counts as none. */
export function forestSpec(rows: readonly ForestRow[], { xTitle, equivalence }: { xTitle: string; equivalence: number }): ChartSpec {
  const values = rows.map((row, i) => ({ ...row, name: shortenText(row.name, chartFontSize, namesPx), row: i, lo: row.low ?? row.ratio, hi: row.high ?? row.ratio }));
  const band = [1 / (1 + equivalence), 1 + equivalence] as const;
  // A far bound would press everything else together: it is cut, and the table has it.
  const reach = Math.min(8, Math.max(1.1, band[1] ** 2, ...values.map((row) => Math.max(row.ratio, 1 / row.ratio) * 1.05), ...values.map((row) => Math.min(4, Math.max(row.hi, 1 / row.lo)))));
  const domain = [1 / reach, reach];
  const y = { field: 'row', type: 'ordinal', axis: null };
  const x = { field: 'ratio', type: 'quantitative', title: shortenText(xTitle, chartFontSize, namesPx), scale: { type: 'log', nice: false, domain, clamp: true }, axis: { format: '.3~r', labelOverlap: 'greedy', values: ratioTicks(reach), grid: false } };
  // Names stand above their lines, not beside them: on a phone both keep a size that can be read. A halo of the paper parts them from the line at 1.
  const name = { type: 'text', align: 'left', baseline: 'middle', dx: 2, dy: -nameAbove, aria: false };
  const named = { x: { value: 0 }, y, text: { field: 'name' } };
  return {
    height: 56 + values.length * rowHeight,
    padding: { left: 2, top: 2, bottom: 2, right: 16 },
    layer: [
      { data: { values: [{ lo: band[0], hi: band[1] }] }, mark: { type: 'rect', fill: colour('band'), opacity: 0.25, aria: false }, encoding: { x: { ...x, field: 'lo' }, x2: { field: 'hi' } } },
      { data: { values: [{ ratio: 1 }] }, mark: { type: 'rule', color: colour('muted'), aria: false }, encoding: { x } },
      { data: { values }, mark: { ...name, stroke: 'var(--paper,#ffffff)', strokeWidth: 4, fill: 'var(--paper,#ffffff)' }, encoding: named },
      { data: { values }, mark: { ...name, fill: colour('ink') }, encoding: named },
      { data: { values }, mark: { type: 'rule', strokeWidth: 2, color: seriesColour(0), aria: false, yOffset: lineBelow }, encoding: { x: { ...x, field: 'lo' }, x2: { field: 'hi' }, y } },
      { data: { values }, mark: { type: 'point', filled: true, size: 70, opacity: 1, color: seriesColour(0), stroke: colour('ink'), strokeWidth: 0.5, yOffset: lineBelow }, encoding: { x, y, description: { field: 'tip' } } },
    ],
  };
}
