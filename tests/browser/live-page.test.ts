/** The live page in a real browser: charts appear as the run goes on, both languages, hostile names stay text, nothing breaks its policy. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { startLive, type LiveServer } from '../../harness/cli/live/index.js';
import { createHost } from '../../harness/host/index.js';
import type { RunEvent } from '../../harness/model/event.js';
import type { Stage } from '../../harness/model/stage.js';
import { openBrowser, withoutBrowser } from './chromium.js';

const options = { skip: withoutBrowser };
const host = createHost();
const hostile = `</script><script>window.pwned=1</script><img src=x onerror="window.pwned=1">${'长'.repeat(60)}${'W'.repeat(120)}`;
let browser: Browser;

before(async () => { if (withoutBrowser === false) browser = await openBrowser(); });
after(async () => { if (withoutBrowser === false) await browser.close(); });

const stageOf = (name: string): Stage => ({ index: 0, name, role: 'measure', arm: '', repeat: 0, warmupS: 0, durationS: 8, minRequests: null, arrival: { kind: 'closed', users: 10, thinkMs: [0, 0] } });

function drive(live: LiveServer, name: string, pass: (ms: number) => void): void {
  const stage = stageOf(name);
  live.onEvent({ kind: 'stage-start', stage, stages: 2 });
  live.onEvent({ kind: 'note', level: 'warn', code: 'x', text: name });
  for (let i = 1; i <= 10; i += 1) {
    pass(500);
    const event: RunEvent = { kind: 'tick', stage, elapsedS: i / 2, completed: i * 50, failed: 0, rps: 100, p95Ms: 12, recent: { p50Ms: 5, p95Ms: 12, p99Ms: 20 }, vramMiB: null, vramAbsent: 'not-found', processes: { server: { cpuCores: 0.5, rssMiB: 250 } } };
    live.onEvent(event);
  }
}

async function visit(link: string, width: number, look: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => { if (!request.url().startsWith(link)) complaints.push(`request: ${request.url()}`); });
  await page.goto(link);
  await look(page);
  assert.deepEqual(complaints, []);
  await context.close();
}

for (const [name, width] of [['10 users', 1280], [hostile, 390]] as const) {
  test(`${name.slice(0, 10)} at ${String(width)} px: the figures are drawn, nothing overflows, and nothing of a name is obeyed`, options, async (t) => {
    let now = 0;
    const live = await startLive(name, 'en', host, () => now);
    t.after(() => live.close());
    drive(live, name, (ms) => { now += ms; });
    await visit(live.link, width, async (page) => {
      await page.locator('#figure-latency path').first().waitFor({ state: 'attached' });
      const drawn = await page.evaluate(`[...document.querySelectorAll('figure')].map((f) => [f.id.slice(7), f.querySelectorAll('path').length, f.querySelector('p').hidden])`);
      assert.deepEqual(drawn, [['rps', 1, true], ['latency', 3, true], ['errors', 1, true], ['cpu', 1, true], ['memory', 1, true], ['vram', 0, false], ['gpu-use', 0, false], ['queue', 0, false], ['batch', 0, false]]);
      assert.equal(await page.locator('figure:visible').count(), 6, 'what no server tells has no figure');
      assert.equal(await page.locator('#figure-vram p').innerText(), 'VRAM: no GPU');
      assert.equal(await page.locator('#figure-latency svg').getAttribute('aria-label'), 'Latency (ms): p50 5, p95 12, p99 20');
      assert.equal(await page.locator('#state').innerText(), 'running');
      assert.deepEqual(await page.evaluate(`[window.pwned, document.images.length, document.documentElement.scrollWidth <= document.documentElement.clientWidth]`), [undefined as unknown as null, 0, true]);
      await page.getByText('中文').click();
      await page.locator('#figure-rps path').waitFor({ state: 'attached' });
      assert.deepEqual([await page.locator('html').getAttribute('lang'), await page.locator('#figure-latency h3').innerText(), await page.locator('#figure-vram p').innerText()], ['zh-CN', '延迟（毫秒）', '显存：无 GPU']);
      const closed = live.close();
      await page.getByText('运行已结束；准确数据见报告').waitFor();
      await closed;
    });
  });
}

test('two parts of a mix and two GPUs: a line each, whole, named in a legend that stays inside; queue and batches where they are told', options, async (t) => {
  let now = 0;
  const live = await startLive('mixed', 'en', host, () => now);
  t.after(() => live.close());
  const parts = ['interactive', 'bulk, and more words than fit'].map((name, index): Stage => ({ ...stageOf(name), index, mixed: true }));
  for (const stage of parts) live.onEvent({ kind: 'stage-start', stage, stages: 2 });
  for (let i = 1; i <= 10; i += 1) {
    for (const stage of parts) {
      now += 250;
      live.onEvent({
        kind: 'tick', stage, elapsedS: i / 2, completed: i * 50, failed: 0, rps: 100, p95Ms: 12, recent: { p50Ms: 5, p95Ms: 12, p99Ms: 20 }, vramMiB: 3000, queue: i, batch: 4,
        gpus: [{ index: 0, memoryMiB: 1000, utilization: 0.5 }, { index: 1, memoryMiB: 2000, utilization: null }], processes: { 'engine:interactive': { cpuCores: 0.5, rssMiB: 50 } },
      });
    }
  }
  await visit(live.link, 1280, async (page) => {
    await page.locator('#figure-latency path').first().waitFor({ state: 'attached' });
    const drawn = await page.evaluate(`[...document.querySelectorAll('figure')].filter((f) => !f.hidden).map((f) => [f.id.slice(7), ...[...f.querySelectorAll('path')].map((p) => p.getAttribute('d').split('M').length - 1)])`);
    assert.deepEqual(drawn, [['rps', 1, 1], ['latency', 1, 1, 1, 1], ['errors', 1, 1], ['cpu', 1], ['memory', 1], ['vram', 1, 1], ['gpu-use', 1], ['queue', 1], ['batch', 1]]);
    assert.equal(await page.locator('#figure-latency svg').getAttribute('aria-label'), 'Latency (ms): p50 interactive 5, p50 bulk, and more words th… 5, p95 interactive 12, p95 bulk, and more words th… 12');
    assert.equal(await page.locator('#figure-vram svg').getAttribute('aria-label'), 'GPU memory (MiB): GPU 0 1000, GPU 1 2000');
    assert.equal(await page.locator('#figure-cpu svg').getAttribute('aria-label'), 'CPU (cores): load engine interactive 0.5');
    assert.deepEqual(await page.evaluate(`[...document.querySelectorAll('figure:not([hidden]) svg')].filter((svg) => [...svg.querySelectorAll('text')].some((text) => { const box = text.getBBox(); return box.x < 0 || box.x + box.width > 420.5; })).map((svg) => svg.getAttribute('aria-label'))`), []);
    assert.deepEqual((await page.locator('#line').innerText()).split('\n').map((text) => text.split(':')[0]), ['interactive (1/2)', 'bulk, and more words than fit (2/2)']);
  });
});
