/** The report in a real browser: both languages, wide and narrow, light and dark, without scripts, on paper, with hostile text everywhere. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { renderReports, verdictSentence, type ReportInput } from '../../harness/report/index.js';
import { brokenInput } from '../report/broken-input.js';
import { openInput } from '../report/open-input.js';
import { packageRoot } from '../report/golden.js';
import { sampleInput } from '../report/sample-input.js';
import { openBrowser, withoutBrowser } from './chromium.js';

const options = { skip: withoutBrowser };
const hostile = `</script><script>window.pwned=1</script><img src=x onerror="window.pwned=1">"'><svg onload=window.pwned=1> javascript:window.pwned=1 ${'长'.repeat(60)}${'W'.repeat(120)}`;
const inputs: Record<string, ReportInput> = { plain: sampleInput({ gpus: 2 }), hostile: sampleInput({ hostile, gpus: 1 }), broken: brokenInput(), open: openInput() };
const names = { en: 'report.html', 'zh-CN': 'report.zh-CN.html' } as const;

let browser: Browser;
let server: Server;
let origin = '';
const files = new Map<string, string>();

before(async () => {
  if (withoutBrowser !== false) return;
  for (const [kind, input] of Object.entries(inputs)) for (const file of await renderReports(input, { languages: ['en', 'zh-CN'] })) files.set(`/${kind}/${file.name}`, file.content);
  server = createServer((request, response) => {
    const content = files.get(request.url ?? '');
    response.writeHead(content === undefined ? 404 : 200, { 'content-type': request.url?.endsWith('.html') === true ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8' });
    response.end(content ?? '');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  browser = await openBrowser();
});

after(async () => {
  if (withoutBrowser !== false) return;
  await browser.close();
  server.close();
});

/** Opens a page and fails on any message, violation of the security policy, or request besides the page itself. */
async function visit(url: string, context: BrowserContextOptions, look: (page: Page) => Promise<void>): Promise<void> {
  const opened = await browser.newContext(context);
  const page = await opened.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => { if (request.url() !== origin + url && !request.url().endsWith('/favicon.ico')) complaints.push(`request: ${request.url()}`); });
  await page.goto(origin + url);
  await look(page);
  assert.deepEqual(complaints.filter((text) => !text.includes('favicon')), [], url);
  await opened.close();
}

const box = (page: Page): Promise<{ page: number; view: number; wide: string[] }> => page.evaluate(`({
  page: document.documentElement.scrollWidth, view: document.documentElement.clientWidth,
  wide: [...document.body.querySelectorAll('*')].filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !e.closest('.scroll') && !e.closest('svg')).map((e) => e.tagName + ' ' + e.className).slice(0, 5),
})`);

for (const language of ['en', 'zh-CN'] as const) {
  for (const width of [1280, 390]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      // Only one of the three needs both schemes: sizes do not depend on colours.
      for (const kind of colorScheme === 'light' ? ['plain', 'hostile', 'broken'] : ['plain']) {
        test(`${kind} report, ${language}, ${String(width)} px, ${colorScheme}: no complaint, no overflow, verdict in sight`, options, async () => {
          await visit(`/${kind}/${names[language]}`, { viewport: { width, height: 900 }, colorScheme }, async (page) => {
            const sizes = await box(page);
            assert.deepEqual([sizes.page, sizes.wide], [sizes.view, []]);
            const input = inputs[kind]!;
            const sentence = page.locator('.verdict .sentence');
            assert.equal((await sentence.innerText()).replaceAll('\u00a0', ' '), verdictSentence(input.verdict, input.record, language).replace(/\s+/g, ' ').trim());
            if (kind !== 'hostile') assert.ok((await sentence.boundingBox())!.y < 600, 'the verdict is on the first screen');
            assert.ok((await page.title()).startsWith('ramp'));
            assert.equal(await page.evaluate('window.pwned'), undefined);
            assert.equal(await page.evaluate('document.documentElement.lang'), language);
          });
        });
      }
    }
  }
}

test('the tables of gates fit a phone', options, async () => {
  for (const [language, name] of Object.entries(names)) {
    await visit(`/plain/${name}`, { viewport: { width: 390, height: 900 } }, async (page) => {
      const wide = await page.evaluate('[...document.querySelectorAll("#gates .scroll")].filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.getAttribute("aria-label"))');
      assert.deepEqual(wide, [], language);
      assert.ok(await page.locator('#gates td').first().isVisible());
      assert.equal(await page.evaluate('getComputedStyle(document.querySelector("#gates td:nth-of-type(1)"), "::before").content !== "none"'), true, 'a value is beside the name of its column');
    });
  }
});

test('hostile text is shown as text, and the numbers for machines read back', options, async () => {
  await visit('/hostile/report.html', {}, async (page) => {
    assert.equal(await page.locator('h1').innerText(), `ramp${hostile}`);
    const scenario = await page.evaluate('JSON.parse(document.getElementById("result").textContent).run.scenario');
    assert.equal(scenario, `ramp${hostile}`);
    assert.equal(await page.locator('img, iframe, object, svg svg, body script:not([type]) ~ script').count(), 0);
  });
});

test('without scripts everything is there: sentence, tables, charts, data tables that open', options, async () => {
  await visit('/plain/report.html', { javaScriptEnabled: false }, async (page) => {
    assert.ok(await page.locator('.verdict .sentence').isVisible());
    assert.equal(await page.locator('figure svg').count(), 15);
    const details = page.locator('#chart-throughput details');
    await details.locator('summary').click();
    assert.ok(await details.locator('tbody tr').first().isVisible());
  });
});

test('a label of a mark becomes a tooltip, and goes away', options, async () => {
  await visit('/plain/report.html', { viewport: { width: 1280, height: 900 } }, async (page) => {
    const mark = page.locator('#chart-latency-users svg [aria-label*="p95"]').first();
    await mark.scrollIntoViewIfNeeded();
    await mark.hover();
    assert.equal(await page.locator('.tip').innerText(), await mark.getAttribute('aria-label'));
    await page.mouse.move(2, 2);
    assert.ok(await page.locator('.tip').isHidden());
  });
});

test('the calculator of replicas wakes with the script and follows what is typed', options, async () => {
  await visit('/open/report.html', { viewport: { width: 390, height: 900 } }, async (page) => {
    const sizes = await box(page);
    assert.deepEqual([sizes.page, sizes.wide], [sizes.view, []]);
    const form = page.locator('#calculator');
    const after = async (name: string, value: string): Promise<string> => { await form.locator(`[name=${name}]`).fill(value); return form.locator('output[name=replicas]').innerText(); };
    // The rates of openInput: 100 requests a second hold, 200 do not. 1000 / (100 · 0.9 · 0.7) = 15.9, and one spare.
    assert.equal(await after('target', '1000'), '17');
    // 1000 · 1.5 / (100 · 1 · 0.5) = 30.
    for (const [name, value] of [['growth', '50'], ['headroom', '50'], ['balance', '100']] as const) await after(name, value);
    assert.equal(await after('spare', '0'), '30');
    // 1000 · 1.5 · 1.2 / 50 = 36, at 250 each.
    assert.equal(await after('burst', '20'), '36');
    assert.equal(await form.locator('output[name=cost]').innerText(), '—', 'without a price there is no cost');
    await after('price', '250');
    assert.equal(await form.locator('output[name=cost]').innerText(), '9,000');
    assert.equal(await after('headroom', '100'), '—');
    assert.equal(await form.locator('output[name=cost]').innerText(), '—');
    assert.equal(await after('headroom', ''), '—');
  });
  await visit('/open/report.html', { javaScriptEnabled: false }, async (page) => { assert.ok(await page.locator('#calculator').isHidden()); });
});

test('charts have paint in both schemes, other in the dark than in the light', options, async () => {
  const strokes: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await visit('/plain/report.html', { colorScheme }, async (page) => {
      strokes.push(await page.evaluate('getComputedStyle(document.querySelector("#chart-throughput svg path[stroke-width=\'1.8\']")).stroke'));
    });
  }
  assert.deepEqual(strokes, ['rgb(0, 114, 178)', 'rgb(86, 180, 233)']);
});

test('on paper it is light, without navigation, and becomes a PDF of some pages', options, async () => {
  await visit('/plain/report.html', { colorScheme: 'dark' }, async (page) => {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    assert.equal(await page.evaluate('getComputedStyle(document.body).backgroundColor'), 'rgb(255, 255, 255)');
    assert.ok(await page.locator('nav').isHidden());
    // A4 less the printer's margins, at 96 px an inch: no table may be cut off at the right.
    await page.setViewportSize({ width: 718, height: 1000 });
    const cut = await page.evaluate('[...document.querySelectorAll(".scroll")].filter((e) => e.offsetParent && e.scrollWidth > e.clientWidth + 1).map((e) => e.getAttribute("aria-label") + " " + e.scrollWidth)');
    assert.deepEqual(cut, []);
    const pdf = await page.pdf({ format: 'A4' });
    const pages = (pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length;
    assert.ok(pages >= 2 && pages <= 12, `${String(pages)} pages`);
  });
});

test('no labels of a chart run into each other or out of it', options, async () => {
  for (const name of Object.values(names)) {
    await visit(`/plain/${name}`, { viewport: { width: 1280, height: 900 } }, async (page) => {
      const clashes = await page.evaluate(`[...document.querySelectorAll('figure')].flatMap((figure) => {
        const svg = figure.querySelector('svg');
        if (!svg) return [];
        const frame = svg.getBoundingClientRect();
        const texts = [...svg.querySelectorAll('text')].filter((t) => t.textContent && getComputedStyle(t).opacity !== '0').map((t) => ({ t: t.textContent, r: t.getBoundingClientRect() }));
        const out = texts.filter(({ r }) => r.left < frame.left - 1 || r.right > frame.right + 1).map(({ t }) => figure.id + ' outside: ' + t);
        const over = texts.flatMap((a, i) => texts.slice(i + 1).filter((b) => Math.min(a.r.right, b.r.right) - Math.max(a.r.left, b.r.left) > 2 && Math.min(a.r.bottom, b.r.bottom) - Math.max(a.r.top, b.r.top) > 4).map((b) => figure.id + ': ' + a.t + ' × ' + b.t));
        return [...out, ...over];
      })`);
      assert.deepEqual(clashes, []);
    });
  }
});

test('axe finds nothing serious or critical, in either language or scheme', options, async () => {
  const axe = readFileSync(path.join(packageRoot(), 'node_modules/axe-core/axe.min.js'), 'utf8');
  for (const name of Object.values(names)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      // The page's policy rightly refuses a foreign script, so the checker is let in past it.
      const context = await browser.newContext({ colorScheme, bypassCSP: true });
      const page = await context.newPage();
      await page.goto(`${origin}/plain/${name}`);
      await page.addScriptTag({ content: axe });
      const violations = await page.evaluate<{ id: string; impact: string; nodes: { html: string }[] }[]>('axe.run().then((r) => r.violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.slice(0, 3).map(({ html }) => ({ html })) })))');
      assert.deepEqual(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical'), [], `${name} ${colorScheme}`);
      await context.close();
    }
  }
});

test('the JUnit file is XML to a browser as well', options, async () => {
  const page = await browser.newPage();
  for (const kind of Object.keys(inputs)) {
    const error = await page.evaluate(`new DOMParser().parseFromString(${JSON.stringify(files.get(`/${kind}/junit.xml`))}, 'application/xml').querySelector('parsererror')?.textContent ?? null`);
    assert.equal(error, null, kind);
  }
  await page.close();
});
