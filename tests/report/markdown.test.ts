import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderReports, type Language } from '../../harness/report/index.js';
import { brokenInput } from './broken-input.js';
import { sampleInput } from './sample-input.js';

async function markdown(input = sampleInput(), language: Language = 'en'): Promise<string> {
  return (await renderReports(input, { languages: [language], formats: ['markdown'] }))[0]!.content;
}

test('the verdict comes first, then gates, stages, findings, and the details folded', async () => {
  const text = await markdown();
  const order = ['### ✗ ramp: Failed', 'measured 0.4%', '#### Gates', '#### Stages', '#### Findings', '<details>'].map((part) => text.indexOf(part));
  assert.ok(order.every((at, i) => at >= 0 && (i === 0 || at > order[i - 1]!)), String(order));
});

test('every row of a table has as many cells as its head', async () => {
  for (const input of [sampleInput(), sampleInput({ gpus: 2 }), sampleInput({ hostile: ' a | b `|` \n| c' })]) {
    let cells = 0;
    for (const line of (await markdown(input)).split('\n')) {
      if (!line.startsWith('|')) { cells = 0; continue; }
      const here = line.replaceAll('\\\\', '').replaceAll('\\|', '').split('|').length;
      if (cells === 0) cells = here;
      assert.equal(here, cells, line);
    }
  }
});

test('the sparkline rises and falls with the throughput of the stages', async () => {
  assert.match(await markdown(), /Throughput by stage: ▁▄█[▇█] \(20 → 136 → 289 → 27\d req\/s\)/);
});

test('text from outside stays text: no tag, no mention, no heading, no link', async () => {
  const text = await markdown(sampleInput({ hostile: '<img src=x onerror=alert(1)> @everyone\n# big\n[x](http://evil)' }));
  const outsideCode = text.replace(/(`+)[\s\S]*?\1/g, '');
  assert.doesNotMatch(outsideCode, /<img/);
  assert.doesNotMatch(outsideCode, /@everyone/);
  assert.doesNotMatch(outsideCode, /^# big/m);
  assert.doesNotMatch(outsideCode, /[^\\]\[x\]\(/);
});

test('a run that failed shows why, and what to do', async () => {
  const text = await markdown(brokenInput());
  assert.match(text, /> The run ended early\..*not ready within 60 s\. What to do: Look at logs/);
  assert.match(text, /No stage was measured/);
  assert.doesNotMatch(text, /undefined|NaN/);
});
