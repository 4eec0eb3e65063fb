/**
 * Colours and fonts of the charts: Okabe–Ito, told apart also with colour-vision deficiencies.
 *
 * Every colour is a CSS variable with a hex fallback: the page's style sheet swaps them for the dark and for print, and where a
 * viewer drops style sheets (Jenkins) the fallback keeps every mark visible.
 */

const series = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#8a6d00', '#3b4a9b', '#5c5c5c', '#a5422b'] as const;
const seriesDark = ['#56b4e9', '#e69f00', '#2dd4a7', '#e39bc6', '#f0e442', '#9fa8ff', '#c4c4c4', '#ff9d85'] as const;

/** Name and value of every colour variable, for light and dark. */
export const palette: Readonly<Record<'light' | 'dark', Readonly<Record<string, string>>>> = {
  light: { ...numbered(series), ink: '#24292f', muted: '#57606a', grid: '#e3e7ec', band: '#8c959f' },
  dark: { ...numbered(seriesDark), ink: '#e6edf3', muted: '#a2acb8', grid: '#30363d', band: '#6e7681' },
};

function numbered(colours: readonly string[]): Record<string, string> {
  return Object.fromEntries(colours.map((colour, i) => [`c${String(i + 1)}`, colour]));
}

/** A colour variable with its fallback: `var(--c1,#0072b2)`. */
export function colour(name: string): string {
  return `var(--${name},${palette.light[name] ?? '#5c5c5c'})`;
}

/** The n-th series colour, counted from 0; starts again after eight. */
export function seriesColour(index: number): string {
  return colour(`c${String((index % series.length) + 1)}`);
}

/** Size of every chart in its own coordinates; the page scales it to the column. The narrower it is, the larger its labels are on a phone. */
export const chartSize = { width: 420, height: 222 } as const;

/** What Vega measures text with; the page's own font is hoisted onto the svg element. */
export const chartFontSize = 12.5;

/** Vega-Lite config of every chart. */
export const chartConfig = {
  background: null,
  font: 'sans-serif',
  view: { stroke: null },
  axis: {
    // Vega describes axes and legends in English whatever the page's language, and a label is a tooltip here.
    aria: false,
    labelColor: colour('muted'),
    titleColor: colour('muted'),
    gridColor: colour('grid'),
    domainColor: colour('band'),
    tickColor: colour('band'),
    labelFontSize: chartFontSize,
    titleFontSize: chartFontSize,
    titleFontWeight: 'normal',
    labelFontWeight: 'normal',
    titlePadding: 6,
    labelOverlap: 'greedy',
  },
  legend: {
    aria: false,
    orient: 'top',
    direction: 'horizontal',
    title: null,
    labelColor: colour('ink'),
    labelFontSize: chartFontSize,
    symbolOpacity: 1,
    symbolSize: 80,
    labelLimit: 200,
    offset: 4,
    padding: 0,
  },
  text: { fontSize: chartFontSize, fill: colour('muted') },
} as const;

/** Legend of a chart of lines: short strokes, as thick as can be told apart. */
export const lineLegend = { symbolType: 'stroke', symbolSize: 220, symbolStrokeWidth: 3 } as const;

/**
 * Ticks of a logarithmic axis: 1, 2, 5 of each decade, or every digit where that would leave fewer than three. Vega's own choice
 * hides most labels of a span of less than two decades.
 */
export function logTicks([low, high]: readonly [number, number]): number[] {
  if (!(low > 0 && high < Infinity)) throw new RangeError(`no logarithmic axis from ${String(low)} to ${String(high)}`);
  const ticks = (digits: readonly number[]): number[] => {
    const found: number[] = [];
    for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power += 1) {
      // Written out and read back: 3 · 10^-1 must be 0.3, not 0.30000000000000004.
      for (const digit of digits) found.push(Number(`${String(digit)}e${String(power)}`));
    }
    return found.filter((tick) => tick >= low && tick <= high);
  };
  const few = ticks([1, 2, 5]);
  return few.length >= 3 ? few : ticks([1, 2, 3, 4, 5, 6, 7, 8, 9]);
}

/** Scale and axis of a logarithmic y; the domain is as given, since Vega's rounding would waste a decade above and below. */
export function logY(domain: readonly [number, number]): { scale: Record<string, unknown>; axis: Record<string, unknown> } {
  return { scale: { type: 'log', nice: false, domain }, axis: { values: logTicks(domain), format: '~r', labelOverlap: 'parity' } };
}
