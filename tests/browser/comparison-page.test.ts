/** The page of a comparison in a real browser: both languages, wide and narrow, light and dark, with hostile and long names. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { judgeComparison } from '../../harness/gate/index.js';
import { comparisonReports } from '../../harness/report/index.js';
import { sampleComparison } from '../report/comparison/sample.js';
import { packageRoot } from '../report/golden.js';
import { openBrowser, withoutBrowser } from './chromium.js';

const options = { skip: withoutBrowser };
const hostile = `<img src=x onerror="window.pwned=1">${'长'.repeat(40)}${'W'.repeat(60)}`;
const pages = new Map<string, string>();
let browser: Browser;

before(async () => {
  if (withoutBrowser !== false) return;
  for (const [kind, word] of [['plain', ''], ['hostile', hostile]] as const) {
    const record = sampleComparison({ word });
    for (const { name, content } of await comparisonReports(record, judgeComparison(record, false), [], ['en', 'zh-CN'])) pages.set(`${kind}/${name}`, content);
  }
  browser = await openBrowser();
});

after(async () => {
  if (withoutBrowser === false) await browser.close();
});

const axe = (): string => readFileSync(path.join(packageRoot(), 'node_modules/axe-core/axe.min.js'), 'utf8');

for (const [name, width, colorScheme] of [['plain/report.html', 1280, 'light'], ['plain/report.zh-CN.html', 390, 'dark'], ['hostile/report.html', 390, 'light'], ['hostile/report.zh-CN.html', 1280, 'dark']] as const) {
  test(`${name}, ${String(width)} px, ${colorScheme}: no complaint, no overflow, seven pictures, nothing serious for axe`, options, async () => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => complaints.push(`request: ${request.url()}`));
    await page.setContent(pages.get(name) ?? '');
    assert.deepEqual(complaints, []);
    const [whole, view, pwned, charts] = await page.evaluate<[number, number, unknown, number]>('[document.documentElement.scrollWidth, document.documentElement.clientWidth, window.pwned, document.querySelectorAll("figure svg").length]');
    assert.deepEqual([whole, pwned, charts], [view, undefined, 7]);
    // The signs of code are wider in some fonts than text is measured: of hostile names a few pixels may be cut, no picture may break.
    const cut = await page.evaluate<string[]>(`const room = ${name.startsWith('hostile') ? '30' : '1'}; [...document.querySelectorAll('figure svg text')].filter((t) => {
      const [a, b] = [t.getBoundingClientRect(), t.closest('svg').getBoundingClientRect()];
      return a.width > 0 && (a.left < b.left - room || a.right > b.right + room);
    }).map((t) => t.closest('figure').id + ': ' + t.textContent)`);
    assert.deepEqual(cut, []);
    // On a phone a label is never smaller than 8.5 px.
    const small = await page.evaluate<string[]>(`[...document.querySelectorAll('figure svg')].filter((svg) => 12.5 * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width < 8.5).map((svg) => svg.closest('figure').id)`);
    assert.deepEqual(small, []);
    const serious = await page.evaluate<string[]>(`(async () => { ${axe()}; const found = await axe.run(); return found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => id + ': ' + nodes[0].html.slice(0, 200)); })()`);
    assert.deepEqual(serious, []);
    await context.close();
  });
}
