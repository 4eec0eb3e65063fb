/** How soon a reader sees a page: the first contentful paint of Chromium, counted from the start of its loading. */
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { openBrowser, withoutBrowser } from '../../tests/browser/chromium.js';
import { nearestRank } from './figure.js';

/** Median, fastest and slowest of several loads, s; or why there is none. */
export type FirstPaint = { kind: 'found'; medianS: number; fastestS: number; slowestS: number; loads: number } | { kind: 'absent'; why: string };

const viewport = { width: 1280, height: 900 };

/** The browser names the moment itself; the observer is told of a paint that came before it as well. */
const paint = `new Promise((resolve) => new PerformanceObserver((list) => {
  const entry = list.getEntriesByName('first-contentful-paint')[0];
  if (entry) resolve(entry.startTime);
}).observe({ type: 'paint', buffered: true }))`;

/** Loads a file so many times, each in a context of its own so that nothing is cached, and once more before, which is not counted: the browser is still starting. */
export async function firstPaint(file: string, loads: number): Promise<FirstPaint> {
  if (withoutBrowser !== false) return { kind: 'absent', why: withoutBrowser };
  let browser: Browser;
  try {
    browser = await openBrowser();
  } catch (error) {
    return { kind: 'absent', why: `Chromium did not start: ${(error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''}` };
  }
  try {
    const seconds: number[] = [];
    for (let load = 0; load <= loads; load += 1) {
      const context = await browser.newContext({ viewport });
      const page = await context.newPage();
      await page.goto(pathToFileURL(file).href);
      seconds.push((await page.evaluate<number>(paint)) / 1000);
      await context.close();
    }
    const counted = seconds.slice(1);
    return { kind: 'found', medianS: nearestRank(counted, 0.5), fastestS: Math.min(...counted), slowestS: Math.max(...counted), loads };
  } finally {
    await browser.close();
  }
}

/** `0.21 (0.19 – 0.25)`, or a dash where it is not known. */
export function firstPaintText(found: FirstPaint): string {
  const two = (seconds: number): string => seconds.toFixed(2);
  return found.kind === 'absent' ? '–' : `${two(found.medianS)} (${two(found.fastestS)} – ${two(found.slowestS)})`;
}
