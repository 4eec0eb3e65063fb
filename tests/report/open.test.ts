import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderReports, resultSchema, terminalTable } from '../../harness/report/index.js';
import { sameAsFile } from './golden.js';
import { burstInput, openInput } from './open-input.js';

const both = ['en', 'zh-CN'] as const;
const suffix = { 'en': '', 'zh-CN': '.zh-CN' } as const;

/** Words of a page, its pictures left out, with plain blanks. */
const wordsOf = (html: string): string => html.replaceAll('\u00a0', ' ').replace(/<(script|style|svg)[^>]*>[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]+>/g, '\n').replace(/\s*\n\s*/g, '\n');

test('an open load as people see it: terminal and Markdown, in both languages', async () => {
  const input = openInput();
  for (const language of both) {
    sameAsFile(`tests/golden/report/open/terminal${suffix[language]}.txt`, `${terminalTable(input, language, { colour: false, columns: 120 })}\n`);
    const [markdown] = await renderReports(input, { languages: [language], formats: ['markdown'] });
    sameAsFile(`tests/golden/report/open/report${suffix[language]}.md`, markdown!.content);
  }
});

test('the page speaks of rates, never of users; it shows what was asked beside what was met', async () => {
  for (const language of both) {
    const [page] = await renderReports(openInput(), { languages: [language], formats: ['html'] });
    const html = page!.content;
    for (const id of ['throughput-rate', 'latency-rate']) assert.match(html, new RegExp(`<figure id="chart-${id}">[\\s\\S]*?<svg`), id);
    assert.doesNotMatch(html, /chart-(throughput|latency)-users/);
    const words = wordsOf(html);
    assert.doesNotMatch(words, /undefined|NaN|\[object/);
    assert.match(words, language === 'en' ? /Asked \(req\/s\)\n/ : /要求 \(req\/s\)\n/);
    // What became of each schedule: asked, scheduled, ended, answered, lag, waited, longest wait, not sent, open.
    assert.match(words, /\n200\n200\n150\n150\n0\.5 \/ 1\n90\n250 ms\n0\n180 → 780\n/);
    assert.match(words, language === 'en' ? /open: 50, 100, 200 requests\/s, constant gaps, 12 s a stage/ : /开环：每秒 50、100、200 个请求，等间隔到达，每阶段 12 s/);
    assert.match(words, language === 'en' ? /At 200 requests\/s the server fell behind: 150 req\/s were answered\./ : /每秒 200 个请求时服务没有跟上：实际响应 150 req\/s。/);
    // Headings, settings and explanations name users; no sentence counts any.
    assert.doesNotMatch(words, language === 'en' ? /\d users?\b/ : /\d 个用户/);
  }
});

test('bursts as people see them, in both languages', async () => {
  const input = burstInput();
  for (const language of both) {
    sameAsFile(`tests/golden/report/open/burst-terminal${suffix[language]}.txt`, `${terminalTable(input, language, { colour: false, columns: 120 })}\n`);
    const [page] = await renderReports(input, { languages: [language], formats: ['html'] });
    const html = page!.content;
    assert.match(html, /<figure id="chart-latency-burst">[\s\S]*?<svg/);
    assert.doesNotMatch(html, /chart-throughput-(users|rate|burst)|chart-latency-(users|rate)/);
    const words = wordsOf(html);
    assert.doesNotMatch(words, /undefined|NaN|\[object/);
    assert.match(words, language === 'en' ? /bursts: 100, 500 requests at once, every 3 s, 4 times a stage/ : /突发：100、500 个请求同时到达，每 3 s 一次，每阶段 4 次/);
    assert.match(words, language === 'en' ? /p95 goes from 285 ms at 100 requests at once to 1,425 ms at 500\./ : /p95 从 100 个请求同时到达时的 285 ms 变为 500 个请求同时到达时的 1,425 ms。/);
  }
  const [json] = await renderReports(input, { languages: ['en'], formats: ['json'] });
  assert.deepEqual(resultSchema.parse(JSON.parse(json!.content)).stages[1]!.arrival, { kind: 'burst', requests: 500, everyS: 3, repeats: 4 });
});

test('a rate that was kept up with is said so, and one rate alone draws nothing against rates', async () => {
  const kept = await renderReports(openInput([{ rateRps: 50 }, { rateRps: 100 }]), { languages: ['en'], formats: ['html'] });
  assert.match(wordsOf(kept[0]!.content), /The server answered what was asked up to 100 requests\/s: 100 req\/s\./);
  const alone = await renderReports(openInput([{ rateRps: 50 }]), { languages: ['en'], formats: ['html'] });
  assert.match(wordsOf(alone[0]!.content), /Only one rate was tried/);
});

test('result.json keeps the contract: the arrival, what was scheduled and answered, and what became of it', async () => {
  const [json] = await renderReports(openInput(), { languages: ['en'], formats: ['json'] });
  const result = resultSchema.parse(JSON.parse(json!.content));
  const last = result.stages[2]!;
  assert.deepEqual(last.arrival, { kind: 'open', rateRps: 200, process: 'constant', inFlight: 400 });
  assert.deepEqual([last.offeredRps, last.achievedRps], [200, 150]);
  assert.deepEqual(last.schedule, { lagMs: { p50: 0.5, p99: 1 }, waited: 90, longestWaitMs: 250, unsent: 0, openAtStart: 180, openAtEnd: 780, unstable: true });
  assert.deepEqual(last.validity.reasons.map(({ code }) => code), ['unstable', 'pool']);
  assert.equal(result.verdict.status, 'fail', 'a server that does not keep up fails its gate');
});
