import { textWidthPx } from '../text-width.js';
import { chartFontSize, chartSize } from './theme.js';

/** Stroke and gaps of one entry, px. */
const entryPx = 36;

/** How many names of a legend fit beside each other in the width of a chart, at least one: as many as there are, or equal columns of the widest. */
export function legendColumns(names: readonly string[]): number {
  const widths = names.map((name) => textWidthPx(name, chartFontSize) + entryPx);
  if (widths.reduce((sum, width) => sum + width, 0) <= chartSize.width - 40) return names.length;
  return Math.max(1, Math.floor((chartSize.width - 40) / Math.max(...widths)));
}
