/** The page of `dataset stats` in a real browser: both languages, wide and narrow, light and dark. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { collectFigures, createDataset } from '../../harness/dataset/index.js';
import { datasetPage } from '../../harness/report/index.js';
import { lexicon } from '../dataset/world.js';
import { packageRoot } from '../report/golden.js';
import { openBrowser, withoutBrowser } from './chromium.js';

const options = { skip: withoutBrowser };
const hostile = `quick<img src=x onerror="window.pwned=1">${'长'.repeat(40)}`;
const languages = ['en', 'zh-CN'] as const;
const pages = new Map<string, string>();
let browser: Browser;

before(async () => {
  if (withoutBrowser !== false) return;
  const dataset = createDataset({ seed: 5, mix: { high: 90, low: 80, boundary: 70, noisy: 60, abnormal: 95 } }, lexicon);
  const figures = collectFigures(dataset, (text) => text.length);
  for (const pair of dataset.pairs()) figures.add(pair);
  for (const language of languages) pages.set(language, await datasetPage(figures.finish(), hostile, '1.2.3', language));
  browser = await openBrowser();
});

after(async () => {
  if (withoutBrowser === false) await browser.close();
});

for (const language of languages) {
  for (const width of [1280, 390]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      test(`dataset page, ${language}, ${String(width)} px, ${colorScheme}: no complaint, no overflow`, options, async () => {
        const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
        const page = await context.newPage();
        const complaints: string[] = [];
        page.on('console', (message) => complaints.push(message.text()));
        page.on('pageerror', (error) => complaints.push(error.message));
        page.on('request', (request) => complaints.push(`request: ${request.url()}`));
        await page.setContent(pages.get(language) ?? '');
        assert.deepEqual(complaints, []);
        const [page_, view, pwned, charts] = await page.evaluate<[number, number, unknown, number]>('[document.documentElement.scrollWidth, document.documentElement.clientWidth, window.pwned, document.querySelectorAll("figure svg").length]');
        assert.deepEqual([page_, pwned, charts], [view, undefined, 6]);
        assert.equal(await page.locator('h1').innerText(), hostile);
        // No label of a chart is cut off by its edge.
        const cut = await page.evaluate<string[]>(`[...document.querySelectorAll('figure svg text')].filter((t) => {
          const [a, b] = [t.getBoundingClientRect(), t.closest('svg').getBoundingClientRect()];
          return a.width > 0 && (a.left < b.left - 1 || a.right > b.right + 1);
        }).map((t) => t.textContent)`);
        assert.deepEqual(cut, []);
        await context.close();
      });
    }
  }
  test(`axe finds nothing serious in the dataset page, ${language}`, options, async () => {
    const axe = readFileSync(path.join(packageRoot(), 'node_modules/axe-core/axe.min.js'), 'utf8');
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ colorScheme, bypassCSP: true });
      const page = await context.newPage();
      await page.setContent(pages.get(language) ?? '');
      await page.addScriptTag({ content: axe });
      const violations = await page.evaluate<{ id: string; impact: string }[]>('axe.run().then((r) => r.violations.map(({ id, impact }) => ({ id, impact })))');
      assert.deepEqual(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical'), []);
      await context.close();
    }
  });
}
