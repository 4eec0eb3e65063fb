import { chartFontSize, colour, seriesColour } from './theme.js';
import type { ChartSpec } from './draw.js';

/** One ratio with its interval; bounds null where there is none. */
export interface ForestRow {
  name: string;
  ratio: number;
  low: number | null;
  high: number | null;
  tip: string;
}

/** Ratios on a logarithmic axis around one, with the band in which a difference counts as none. */
export function forestSpec(rows: readonly ForestRow[], { xTitle, equivalence }: { xTitle: string; equivalence: number }): ChartSpec {
  const values = rows.map((row) => ({ ...row, lo: row.low ?? row.ratio, hi: row.high ?? row.ratio }));
  const band = [1 / (1 + equivalence), 1 + equivalence] as const;
  // A far bound would press everything else together: it is cut, and the table has it.
  const reach = Math.min(8, Math.max(1.1, band[1] ** 2, ...values.map((row) => Math.max(row.ratio, 1 / row.ratio) * 1.05), ...values.map((row) => Math.min(4, Math.max(row.hi, 1 / row.lo)))));
  const domain = [1 / reach, reach];
  const y = { field: 'name', type: 'nominal', title: null, sort: null, axis: { domain: false, ticks: false, labelLimit: 240, labelColor: colour('ink') } };
  const x = { field: 'ratio', type: 'quantitative', title: xTitle, scale: { type: 'log', nice: false, domain, clamp: true }, axis: { format: '.3~r', labelOverlap: 'greedy', tickCount: 7 } };
  return {
    // The only figure of its row.
    width: 760,
    height: 60 + rows.length * (chartFontSize + 12),
    padding: { left: 2, top: 2, bottom: 2, right: 16 },
    layer: [
      { data: { values: [{ lo: band[0], hi: band[1] }] }, mark: { type: 'rect', fill: colour('band'), opacity: 0.25, aria: false }, encoding: { x: { ...x, field: 'lo' }, x2: { field: 'hi' } } },
      { data: { values: [{ ratio: 1 }] }, mark: { type: 'rule', color: colour('muted'), aria: false }, encoding: { x } },
      { data: { values }, mark: { type: 'rule', strokeWidth: 2, color: seriesColour(0), aria: false }, encoding: { x: { ...x, field: 'lo' }, x2: { field: 'hi' }, y } },
      { data: { values }, mark: { type: 'point', filled: true, size: 70, opacity: 1, color: seriesColour(0), stroke: colour('ink'), strokeWidth: 0.5 }, encoding: { x, y, description: { field: 'tip' } } },
    ],
  };
}
