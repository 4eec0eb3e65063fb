import { shortenText } from '../text-width.js';
import { chartFontSize, chartSize, colour, seriesColour } from './theme.js';
import type { ChartSpec } from './draw.js';

export interface Slopes {
  /** Names of the two sides. */
  sides: readonly [string, string];
  /** One line each: [first, second]. */
  pairs: readonly { values: readonly [number, number]; tip: string }[];
  /** The thick line. */
  mean: readonly [number, number];
  yTitle: string;
}

/** Every pair as a line from one side to the other, and their mean: whether all go the same way is what is looked for, so y need not begin at zero. */
export function slopesSpec({ sides, pairs, mean, yTitle }: Slopes): ChartSpec {
  const rows = pairs.flatMap(({ values, tip }, pair) => values.map((y, side) => ({ x: side, y, pair, tip })));
  const means = mean.map((y, side) => ({ x: side, y }));
  let [low, high] = [Infinity, -Infinity];
  for (const { y } of rows) [low, high] = [Math.min(low, y), Math.max(high, y)];
  // What differs by the last digits of a float alone is drawn as equal.
  const spread = high - low > 1e-9 * Math.abs(high) ? high - low : 0;
  const room = spread * 0.12 || Math.abs(high) * 0.1 || 1;
  const x = { field: 'x', type: 'quantitative', title: null, scale: { domain: [-0.3, 1.3], nice: false }, axis: null };
  const y = { field: 'y', type: 'quantitative', title: shortenText(yTitle, chartFontSize, chartSize.height - 40), scale: { domain: [low >= 0 ? Math.max(0, low - room) : low - room, high + room], nice: false, zero: false }, axis: { tickCount: 5 } };
  return {
    layer: [
      // Two sides under their ends, as text: an axis would shorten long names to nothing.
      { data: { values: sides.map((name, side) => ({ x: side, name: shortenText(name, chartFontSize, 170) })) }, mark: { type: 'text', baseline: 'top', dy: 8, aria: false, fontSize: chartFontSize, fill: colour('ink') }, encoding: { x, y: { value: 'height' }, text: { field: 'name' } } },
      { data: { values: rows }, mark: { type: 'line', strokeWidth: 1.2, opacity: 0.55, color: seriesColour(0), aria: false }, encoding: { x, y, detail: { field: 'pair' } } },
      { data: { values: means }, mark: { type: 'line', strokeWidth: 3.5, color: seriesColour(1), aria: false }, encoding: { x, y } },
      { data: { values: rows }, mark: { type: 'point', filled: true, size: 46, opacity: 1, color: seriesColour(0), stroke: colour('ink'), strokeWidth: 0.5 }, encoding: { x, y, description: { field: 'tip' } } },
    ],
  };
}
