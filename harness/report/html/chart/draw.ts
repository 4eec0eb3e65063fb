/**
 * Vega-Lite specification to SVG text, at render time: no canvas, no browser, nothing left for the reader's machine to run.
 *
 * The same specification gives the same bytes on every machine: text is measured by our own table, ids are counted per page,
 * coordinates are rounded.
 */
import type { compile } from 'vega-lite';
import { printable } from '../../printable.js';
import { textWidthPx } from '../text-width.js';
import { escapeText, trusted, type Markup } from '../escape.js';
import { chartConfig, chartSize } from './theme.js';

/** A Vega-Lite specification without size and config. Field names are fixed; everything from outside is data. */
export type ChartSpec = Readonly<Record<string, unknown>> & { height?: number };

type VegaLiteLogger = NonNullable<NonNullable<Parameters<typeof compile>[1]>['logger']>;

/** What a chart is called by those who cannot see it. */
export interface ChartName {
  /** Unique in the page. */
  id: string;
  title: string;
  description: string;
}

export type Draw = (spec: ChartSpec, name: ChartName) => Promise<Markup>;

/** A drawer for one page; ids start anew, so the same page twice gives the same bytes. */
export async function openDrawer(): Promise<Draw> {
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')]);
  // Vega measures by canvas where one is installed and by guess where not: never let the machine decide.
  const { textMetrics } = vega as unknown as { textMetrics: { width: (item: { fontSize?: number }, text: unknown) => number } };
  textMetrics.width = (item, text) => textWidthPx(String(text), item.fontSize ?? 11);
  vega.resetSVGDefIds();
  return async (spec, name) => {
    const { height = chartSize.height, ...rest } = spec;
    const full = { width: chartSize.width, height, autosize: { type: 'fit', contains: 'padding' }, padding: 2, ...rest, config: chartConfig };
    const compiled = vegaLite.compile(full as unknown as Parameters<typeof compile>[0], { logger: silent }).spec;
    const view = new vega.View(vega.parse(compiled), { renderer: 'none', logLevel: vega.Error });
    const svg = await view.toSVG();
    view.finalize();
    // Vega escapes markup but lets control characters through, which no document may hold.
    return trusted(named(slim(printable(svg)), name));
  };
}

/** Vega-Lite's advice on specifications is for their author, not for the reader of a report: nothing is printed. */
const silent: VegaLiteLogger = { level: () => silent, error: () => silent, warn: () => silent, info: () => silent, debug: () => silent } as unknown as VegaLiteLogger;

/** Rounds coordinates to two decimals and drops what every mark repeats. */
function slim(svg: string): string {
  return svg
    .replace(/ font-family="[^"]*"/g, '')
    .replace(/ aria-roledescription="[^"]*"/g, '')
    .replace(/<(?![^>]* aria-label=)[^>]*? role="graphics-(?:object|symbol)"[^>]*>/g, (tag) => tag.replace(/ role="[^"]*"/, ''))
    .replace(/ (d|transform|x|y|x1|x2|y1|y2|width|height|points)="([^"]*)"/g, (_, attribute: string, value: string) => ` ${attribute}="${value.replace(/-?\d+\.\d{3,}/g, roundText)}"`)
    .replace(/\n\s*/g, '');
}

function roundText(number: string): string {
  return String(Math.round(Number(number) * 100) / 100);
}

/** The root gets a name and scales with its column; without a style sheet it still fills the width it is given. */
function named(svg: string, { id, title, description }: ChartName): string {
  const size = /viewBox="([^"]*)"/.exec(svg)?.[1] ?? `0 0 ${String(chartSize.width)} ${String(chartSize.height)}`;
  const root = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${size}" role="img" aria-labelledby="${id}-t ${id}-d" font-family="sans-serif">` +
    `<title id="${id}-t">${escapeText(title)}</title><desc id="${id}-d">${escapeText(description)}</desc>`;
  return root + svg.replace(/^[\s\S]*?<svg[^>]*>/, '');
}
