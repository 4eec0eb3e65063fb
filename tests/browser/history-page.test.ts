/** The page of `history` in a real browser: both languages, wide and narrow, light and dark. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { analyseHistory } from '../../harness/analysis/index.js';
import { createHost } from '../../harness/host/index.js';
import { readRuns } from '../../harness/record/index.js';
import { historyPage } from '../../harness/report/index.js';
import { packageRoot } from '../report/golden.js';
import { plantedResults, writeRuns } from '../report/history/planted-runs.js';
import { openBrowser, withoutBrowser } from './chromium.js';

const options = { skip: withoutBrowser };
const hostile = `ramp<img src=x onerror="window.pwned=1">${'长'.repeat(30)}`;
const folder = mkdtempSync(path.join(tmpdir(), 'history-page-'));
const pages = new Map<string, string>();
let browser: Browser;

before(async () => {
  if (withoutBrowser !== false) return;
  writeRuns(folder, await plantedResults({ runs: 30, steps: [{ from: 17, factor: 1.2 }], change: (result, i) => {
    result.run.scenario = hostile;
    result.run.id = `run-${String(i)}`;
  } }));
  const { runs } = readRuns(folder, createHost().files);
  const told = analyseHistory({ runs, skipped: [{ path: `reports/${hostile}/result.json`, why: 'broken' }] });
  for (const language of ['en', 'zh-CN'] as const) pages.set(language, await historyPage(told, '1.2.3', language));
  browser = await openBrowser();
});

after(async () => {
  rmSync(folder, { recursive: true, force: true });
  if (withoutBrowser === false) await browser.close();
});

const axe = (): string => readFileSync(path.join(packageRoot(), 'node_modules/axe-core/axe.min.js'), 'utf8');

for (const [language, width, colorScheme] of [['en', 1280, 'light'], ['zh-CN', 390, 'dark']] as const) {
  test(`history page, ${language}, ${String(width)} px, ${colorScheme}: no complaint, no overflow, nothing serious for axe`, options, async () => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: false });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => complaints.push(`request: ${request.url()}`));
    await page.setContent(pages.get(language) ?? '');
    assert.deepEqual(complaints, []);
    const [whole, view, pwned, charts] = await page.evaluate<[number, number, unknown, number]>('[document.documentElement.scrollWidth, document.documentElement.clientWidth, window.pwned, document.querySelectorAll("figure svg").length]');
    assert.deepEqual([whole, pwned, charts], [view, undefined, 12]);
    const cut = await page.evaluate<string[]>(`[...document.querySelectorAll('figure svg text')].filter((t) => {
      const [a, b] = [t.getBoundingClientRect(), t.closest('svg').getBoundingClientRect()];
      return a.width > 0 && (a.left < b.left - 1 || a.right > b.right + 1);
    }).map((t) => t.textContent)`);
    assert.deepEqual(cut, []);
    const serious = await page.evaluate<string[]>(`(async () => { ${axe()}; const found = await axe.run(); return found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => id + ': ' + nodes[0].html.slice(0, 200)); })()`);
    assert.deepEqual(serious, []);
    await context.close();
  });
}
