import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderReports, resultSchema, terminalTable } from '../../harness/report/index.js';
import type { ReportInput } from '../../harness/report/report-input.js';
import { sameAsFile } from './golden.js';
import { soakInput, spikeInput } from './shapes-input.js';

const both = ['en', 'zh-CN'] as const;
const suffix = { 'en': '', 'zh-CN': '.zh-CN' } as const;
const wordsOf = (html: string): string => html.replace(/<(script|style|svg)[^>]*>[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]+>/g, '\n').replace(/\s*\n\s*/g, '\n');
const pageOf = async (input: ReportInput, language: (typeof both)[number]): Promise<string> => (await renderReports(input, { languages: [language], formats: ['html'] }))[0]!.content;

test('a spike and a soak as people see them: terminal and Markdown, in both languages', async () => {
  for (const [name, input] of [['spike', spikeInput()], ['soak', soakInput()]] as const) {
    for (const language of both) {
      sameAsFile(`tests/golden/report/shapes/${name}-terminal${suffix[language]}.txt`, `${terminalTable(input, language, { colour: false, columns: 120 })}\n`);
      const [markdown] = await renderReports(input, { languages: [language], formats: ['markdown'] });
      sameAsFile(`tests/golden/report/shapes/${name}${suffix[language]}.md`, markdown!.content);
    }
  }
});

test('the page draws the spike with its limit and its phases, and says when the server was back', async () => {
  for (const language of both) {
    const html = await pageOf(spikeInput(), language);
    const figure = /<figure id="chart-recovery">[\s\S]*?<\/figure>/.exec(html)?.[0] ?? assert.fail('no figure');
    for (const words of language === 'en' ? ['limit 800 ms', 'before', 'peak', 'recovering', 'within', 'time since the end of the peak'] : ['限值 800 ms', '之前', '峰值', '恢复中', '限值之内', '峰值结束后的时间']) assert.ok(figure.includes(words), words);
    assert.match(wordsOf(html), language === 'en' ? /p95 was within 800 ms again, and stayed so, 6 s after the peak \[5 s, 6 s\]/ : /峰值结束 6 s 后 \[5 s, 6 s\]，p95 回到 800 ms 以内并保持下去/);
    assert.match(wordsOf(html), language === 'en' ? /Slowest window: so many failed that the percentile is infinite/ : /最慢的一段：失败太多，百分位为无穷大/);
    assert.match(html, /<a href="#recovery">/);
    assert.doesNotMatch(wordsOf(html), /undefined|NaN|\[object/);
    // One rule for the limit, and a line that is cut where the percentile is infinite.
    assert.ok((figure.match(/stroke-dasharray/g) ?? []).length >= 1);
  }
});

test('a server that did not come back is said so, with what was watched', async () => {
  const words = wordsOf(await pageOf(spikeInput(99), 'en'));
  assert.match(words, /did not recover within 20 s after the peak: p95 did not stay within 800 ms/);
  assert.match(terminalTable(spikeInput(99), 'zh-CN', { colour: false, columns: 120 }), /峰值结束后 20 s 内没有恢复/);
  assert.equal(spikeInput(99).verdict.status, 'fail');
});

test('the drift table has slope, interval and word of each quantity', async () => {
  for (const language of both) {
    const words = wordsOf(await pageOf(soakInput(), language));
    assert.match(words, language === 'en' ? /\nserver memory\n40 MiB\/h \[[\d.]+ MiB, [\d.]+ MiB\]\n/ : /\n服务内存\n40 MiB\/h \[[\d.]+ MiB, [\d.]+ MiB\]\n/);
    assert.match(words, language === 'en' ? /\ndrifts\n/ : /\n有漂移\n/);
    assert.match(words, language === 'en' ? /\nno drift shown\n/ : /\n未见漂移\n/);
    assert.doesNotMatch(words, /undefined|NaN|\[object/);
  }
});

test('result.json keeps the contract', async () => {
  const stageOf = async (input: ReportInput) => resultSchema.parse(JSON.parse((await renderReports(input, { languages: ['en'], formats: ['json'] }))[0]!.content)).stages[0]!;
  const spike = await stageOf(spikeInput());
  assert.deepEqual(spike.recovery, { recovered: true, timeS: { value: 6, low: 5, high: 6 }, percentile: 95, limitMs: 800, windowS: 1, watchedS: 20, broken: true, worstMs: null });
  assert.deepEqual([spike.arrival.kind, spike.drift], ['spike', []]);
  const soak = await stageOf(soakInput());
  assert.equal(soak.recovery, null);
  assert.deepEqual(soak.drift.map(({ of, source, word }) => [of, source, word]), [['latency-p50', '', 'steady'], ['latency-p95', '', 'steady'], ['memory', '', 'drifts'], ['vram', 'GPU-a', 'steady']]);
});
