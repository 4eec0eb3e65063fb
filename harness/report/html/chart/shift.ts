import { shortenText } from '../text-width.js';
import { chartFontSize, chartSize, colour, seriesColour } from './theme.js';
import type { ChartSpec } from './draw.js';

/** The difference at one place of the first side's distribution; bounds null where there are none. */
export interface ShiftPoint {
  at: number;
  shift: number;
  low: number | null;
  high: number | null;
  label: string;
  tip: string;
}

/** Share of the axis that a label takes. */
const nearest = 0.1;

/** How far each part of a distribution moved: below the line at zero it is lower than before. */
export function shiftSpec(points: readonly ShiftPoint[], { xTitle, yTitle }: { xTitle: string; yTitle: string }): ChartSpec {
  const rows = points.map((point) => ({ ...point, lo: point.low ?? point.shift, hi: point.high ?? point.shift }));
  const [low, high] = [Math.min(0, ...rows.map((row) => row.lo)), Math.max(0, ...rows.map((row) => row.hi))];
  const room = (high - low) * 0.12 || 1;
  const ats = rows.map((row) => row.at);
  const [from, to] = [Math.min(...ats), Math.max(...ats)];
  const side = (to - from) * 0.06 || Math.abs(to) * 0.1 || 1;
  const x = { field: 'at', type: 'quantitative', title: shortenText(xTitle, chartFontSize, chartSize.width - 100), scale: { domain: [from - side, to + side], nice: false, zero: false }, axis: { grid: false, tickCount: 6 } };
  const y = { field: 'shift', type: 'quantitative', title: yTitle, scale: { domain: [low - room, high + room], nice: false }, axis: { tickCount: 5 } };
  // The first, the middle and the last are named, where they do not stand on each other.
  const named = rows.filter((_, i) => i === 0 || i === rows.length - 1 || i === Math.floor(rows.length / 2));
  const ends = named.filter((row, i) => i === 0 || named.slice(0, i).every((before) => Math.abs(row.at - before.at) > (to - from + 2 * side) * nearest));
  return {
    data: { values: rows },
    layer: [
      { data: { values: [{ shift: 0 }] }, mark: { type: 'rule', color: colour('muted'), strokeWidth: 1.4, aria: false }, encoding: { y } },
      { mark: { type: 'area', opacity: 0.18, color: seriesColour(0), aria: false }, encoding: { x, y: { ...y, field: 'lo' }, y2: { field: 'hi' } } },
      { mark: { type: 'line', strokeWidth: 1.8, color: seriesColour(0), aria: false }, encoding: { x, y } },
      { mark: { type: 'point', filled: true, size: 60, opacity: 1, color: seriesColour(0), stroke: colour('ink'), strokeWidth: 0.5 }, encoding: { x, y, description: { field: 'tip' } } },
      { data: { values: ends }, mark: { type: 'text', baseline: 'bottom', dy: -7, aria: false, fill: colour('ink') }, encoding: { x, y, text: { field: 'label' } } },
    ],
  };
}
