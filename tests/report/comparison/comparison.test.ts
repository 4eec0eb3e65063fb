import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeComparison } from '../../../harness/gate/index.js';
import type { ComparisonRecord } from '../../../harness/model/comparison.js';
import { comparisonReports, comparisonText } from '../../../harness/report/index.js';
import { sameAsFile } from '../golden.js';
import { sampleComparison, sampleSubject } from './sample.js';

const lastLine = (record: ComparisonRecord, language: 'en' | 'zh-CN' = 'en'): string => comparisonText(record, judgeComparison(record, false), language).split('\n').at(-1) ?? '';

test('page, Markdown and terminal of a comparison, in both languages', async () => {
  const record = sampleComparison();
  const verdict = judgeComparison(record, false);
  for (const { name, content } of await comparisonReports(record, verdict, [], ['en', 'zh-CN'])) sameAsFile(`tests/golden/comparison/${name}`, content);
  sameAsFile('tests/golden/comparison/terminal.txt', `${comparisonText(record, verdict, 'en')}\n\n${comparisonText(record, verdict, 'zh-CN')}\n`);
});

test('no line of the page parts a number of the sentence or of the facts from its unit', async () => {
  const repeated = { ...sampleComparison(), comparisons: [] };
  repeated.summaries = repeated.summaries.slice(0, 1);
  const page = (await comparisonReports(repeated, judgeComparison(repeated, false), [], ['en'])).find(({ name }) => name.endsWith('.html'))?.content ?? '';
  assert.match(page, /<p class="sentence">5 runs: throughput 100 \[[^\]]*\]\u00a0req\/s at/);
  assert.match(page, /<dd>A CPU, 2\u00a0cores, 23\.4\u00a0GiB<\/dd>/);
});

test('the sentence tells the winner with its number, in either direction and language', () => {
  assert.match(lastLine(sampleComparison()), /^✓ Passed: “greedy” is better than “none”: throughput 1\.3 × \[1\.2\d, 1\.3\d\] at “8 users”, 5 pairs\.$/);
  assert.match(lastLine(sampleComparison({ second: [70, 71, 69, 70, 70] })), /“greedy” is worse than “none”: throughput 0\.7 ×/);
  assert.match(lastLine(sampleComparison(), 'zh-CN'), /“greedy”优于“none”：吞吐量为 1\.3 倍/);
});

test('what is not decided says why: noise, one pair, other traffic', () => {
  assert.match(lastLine(sampleComparison({ second: [90, 131, 80, 127, 100] })), /^\? Inconclusive: .*nothing is decided: .*pairs like these find a difference of \d+/);
  assert.match(lastLine(sampleComparison({ second: [130] })), /one pair has no interval/);
  const other = sampleComparison();
  const [comparison] = other.comparisons;
  assert.ok(comparison);
  comparison.traffic = ['characters'];
  for (const row of comparison.rows) Object.assign(row, { word: 'inconclusive', why: 'traffic' });
  assert.match(lastLine(other), /^✓ Passed: “greedy” beside “none”: throughput 1\.3 .*; they were sent different traffic \(lengths of the addresses\), so neither is called better\. Of “greedy” the GPU memory \(peak\) is 1\.76 GiB, of “none” 1\.46 GiB\. The answers do not hold: 5 of 250 answers changed sides under load[,;] asked alone, 0 of 1 say something else than those of “none” /);
  assert.match(lastLine(other, 'zh-CN'), /因此不判优劣。“greedy”的显存（峰值）为 1\.76 GiB，“none”为 1\.46 GiB。答案不一致：/);
});

test('A/A: equivalent passes; a difference from itself fails', () => {
  const same = sampleComparison({ aa: true, second: [100.2, 101, 99.1, 100.4, 99.4] });
  assert.deepEqual([judgeComparison(same, false).status, judgeComparison(same, false).exitCode], ['pass', 0]);
  assert.match(lastLine(same), /The same scenario is equivalent to itself: throughput 1/);
  const different = sampleComparison({ aa: true });
  assert.deepEqual([judgeComparison(different, false).status, judgeComparison(different, false).exitCode], ['fail', 1]);
  assert.match(lastLine(different), /differs from itself/);
});

test('gates that failed in most runs of an arm fail the comparison; no valid run is invalid; undecided counts under --strict', () => {
  const failing = sampleComparison();
  for (const round of failing.rounds) if (round.arm === 'greedy' && round.pair !== 0) round.verdict = 'fail';
  assert.deepEqual(judgeComparison(failing, false), { status: 'fail', exitCode: 1, code: 'gates-failed', arm: 'greedy' });
  assert.match(lastLine(failing), /The gates of “greedy” failed in more than half of its runs\./);
  const nothing = sampleComparison();
  nothing.comparisons = nothing.comparisons.map((comparison) => ({ ...comparison, rows: [], deciding: null }));
  assert.equal(judgeComparison(nothing, false).exitCode, 4);
  assert.match(lastLine(nothing), /: No run gave valid figures that could be compared\.$/);
  const late = { stage: '2 users', reason: { code: 'lag', value: 31, limit: 5, params: { p50Ms: 20 } } };
  nothing.rounds = nothing.rounds.map((round, i) => (i < 3 ? { ...round, verdict: 'invalid', invalid: late } : round));
  assert.match(lastLine(nothing), /compared; of 10 measurements 3 are invalid, the first at “2 users”: the load generator’s timers came up to 31 ms late \(p99\); the median latency is 20 ms\.$/);
  assert.match(lastLine(nothing, 'zh-CN'), /10 次测量中有 3 次无效，第一次在“2 个用户”：压测引擎的定时器最多晚了 31 ms/);
  const open = sampleComparison({ second: [90, 131, 80, 127, 100] });
  assert.deepEqual([judgeComparison(open, false).exitCode, judgeComparison(open, true).exitCode], [0, 4]);
});

test('page and Markdown tell what was asked and measured: question, server, model with its hash, load, think time, engine, seed', async () => {
  const record = sampleComparison();
  const [arm] = record.arms;
  assert.ok(arm?.subject);
  arm.subject = sampleSubject({ model: 'mgeo-shape-mini', scoresMeaningful: false });
  const reports = await comparisonReports(record, judgeComparison(record, false), [], ['en', 'zh-CN']);
  const page = (reports.find(({ name }) => name === 'report.html')?.content ?? '').replaceAll('\u00a0', ' ');
  assert.match(page, /<p class="question">Which batching wins\?<\/p>/);
  // Where arms differ, each kind once.
  assert.match(page, /<dd>reference server<\/dd>.*<dd>mgeo-shape-mini, sha256 ab12ab12ab12, its scores mean nothing \(random weights\); address-mini, sha256 ab12ab12ab12<\/dd>.*<dd>closed: 2, 8 users, think time 50 ms–150 ms, 5 s a stage<\/dd>.*<dd>k6 2\.2\.0 \(from the cache\)<\/dd>.*<dt>Seed<\/dt><dd>7<\/dd>/s);
  assert.match(reports.find(({ name }) => name === 'report.md')?.content ?? '', /\nWhich batching wins\?\n/);
  assert.match(reports.find(({ name }) => name === 'report.zh-CN.html')?.content ?? '', /哪种批处理胜出？/);
});

test('a simulated accelerator is said to be one before anything else, in every form, and of some arms which', async () => {
  const record = sampleComparison();
  for (const arm of record.arms) arm.subject = sampleSubject({ model: null, simulated: true });
  const verdict = judgeComparison(record, false);
  assert.match(lastLine(record), /^✓ Passed: On a simulated accelerator: “greedy” is better/);
  assert.match(lastLine(record, 'zh-CN'), /：在模拟加速器上：“greedy”优于/);
  for (const { name, content } of await comparisonReports(record, verdict, [], ['en'], ['html', 'markdown', 'junit', 'github'])) if (!name.endsWith('figures.md')) assert.match(content, /On a simulated accelerator: /, name);
  Object.assign(record.arms[0] ?? {}, { subject: sampleSubject() });
  assert.match(lastLine(record), /Passed: On a simulated accelerator ran “greedy”\. “greedy” is better/);
  for (const arm of record.arms) arm.subject = sampleSubject({ kind: 'simulated', model: null });
  assert.match(lastLine(record), /Passed: On a simulated queue: /);
});

test('page and Markdown: the gates of each arm with what was measured, and whether each run may be believed', async () => {
  const record = sampleComparison();
  record.rounds.forEach((round, i) => Object.assign(round, { validity: i === 0 ? { status: 'suspect', reasons: ['neighbour', 'lag'] } : { status: 'valid', reasons: [] }, checks: [{ gate: 'errors rate<2%', stage: '8 users', metric: 'errors', actual: round.arm === 'greedy' ? 0.03 : 0.01, limit: 0.02, unit: '%', level: 'error', status: round.arm === 'greedy' ? 'fail' : 'pass', reason: { code: 'beyond', params: { n: 5, confidence: 0.95 } } }] }));
  const reports = await comparisonReports(record, judgeComparison(record, false), [], ['en', 'zh-CN']);
  const page = reports.find(({ name }) => name === 'report.html')?.content ?? '';
  assert.match(page, /<section id="limits"><h2>Gates by arm<\/h2>.*<th scope="row" class="w">greedy<\/th>.*?errors rate&lt;2%.*?3%.*?5 of 5.*?✗ fail/s);
  assert.match(page, /<td class="w">! suspect: other programs, generator lag<\/td>/);
  assert.match(reports.find(({ name }) => name === 'report.md')?.content ?? '', /#### Gates by arm\n\n.*\n.*\n\| none \| errors rate&lt;2% \| 8 users \| 1% \| 0 of 5 \| ✓ pass \|\n\| greedy .*\| 5 of 5 \| ✗ fail \|/);
});

test('repeats of one scenario tell their mean and its interval', () => {
  const repeated = { ...sampleComparison(), comparisons: [] };
  repeated.summaries = repeated.summaries.slice(0, 1);
  assert.match(lastLine(repeated), /^✓ Passed: 5 runs: throughput 100 \[9\d\.?\d*, 10\d\] req\/s at “8 users”\.$/);
});

test('names from outside stay text', async () => {
  const word = '<img src=x onerror=alert(1)>|`\u001b[31m';
  const record = sampleComparison({ word });
  const verdict = judgeComparison(record, false);
  for (const { name, content } of await comparisonReports(record, verdict, [`x${word}`], ['en', 'zh-CN'])) {
    if (name.endsWith('.html')) assert.ok(!content.includes('<img'), name);
    else assert.ok(!content.includes('<img') && !content.includes('\u001b'), name);
  }
  assert.ok(!comparisonText(record, verdict, 'en').includes('\u001b'));
});

test('picture and sentence name the same confidence: looks and arms share the error', async () => {
  const record = sampleComparison();
  record.design.looks = 3;
  record.comparisons = [...record.comparisons, ...record.comparisons];
  const [, page] = await comparisonReports(record, judgeComparison(record, false), [], ['en']);
  // 1 − 0.05 / (3 looks · 2 arms beside the first)
  assert.match(page?.content ?? '', /Each line is the 99\.2% interval/);
  assert.match(page?.content ?? '', /intervals at 99\.2% by Student/);
});

const pageOf = async (record: ComparisonRecord, language: 'en' | 'zh-CN' = 'en'): Promise<string> =>
  (await comparisonReports(record, judgeComparison(record, false), [], [language])).find(({ name }) => name.endsWith('.html'))?.content ?? '';
const picturesOf = (page: string): string[] => [...page.matchAll(/<figure id="chart-([a-z]+)"/g)].map(([, id = '']) => id);

test('each picture of a comparison has its title, its caption and its numbers behind it, in both languages', async () => {
  for (const language of ['en', 'zh-CN'] as const) {
    const page = await pageOf(sampleComparison(), language);
    assert.deepEqual(picturesOf(page), ['ratios', 'slopes', 'deciles', 'trade', 'batch', 'time', 'memory']);
    for (const [figure] of page.matchAll(/<figure id="chart-[\s\S]*?<\/figure>/g)) assert.match(figure, /<h3>[^<]+<\/h3>[\s\S]*<svg[\s\S]*<title[\s\S]*<figcaption>[^<]+[\s\S]*<details>[\s\S]*<tbody>/);
  }
});

test('a file of before there were deciles, work and answers still renders, with what it has', async () => {
  const old = sampleComparison();
  for (const comparison of old.comparisons) {
    delete comparison.deciles;
    delete comparison.answers;
  }
  for (const summary of old.summaries) {
    delete summary.work;
    delete summary.answers;
  }
  const page = await pageOf(old);
  assert.deepEqual(picturesOf(page), ['ratios', 'slopes', 'trade', 'memory']);
  assert.doesNotMatch(page, /Answers by arm|undefined|NaN/);
});

test('answers by arm, and only settings in which the arms differ', async () => {
  const record = sampleComparison();
  for (const arm of record.arms) arm.settings['server.replicas'] = '2';
  const page = await pageOf(record);
  assert.match(page, /Answers by arm[\s\S]*?greedy[\s\S]*?5 of 250[\s\S]*?0 of 1/);
  const arms = /<section id="arms">[\s\S]*?<\/section>/.exec(page)?.[0] ?? '';
  assert.match(arms, /server\.reference\.batching/);
  assert.doesNotMatch(arms, /server\.replicas/);
  assert.match(arms, /Only settings in which the arms differ/);
});

test('each pair is a line from one arm to the other, and three arms have their pictures under names of their own', async () => {
  const record = sampleComparison();
  record.comparisons = [...record.comparisons, ...record.comparisons];
  const ids = [...(await pageOf(record)).matchAll(/<figure id="([^"]+)"/g)].map(([, id]) => id);
  assert.equal(new Set(ids).size, ids.length);
  const slopes = /<figure id="chart-slopes"[\s\S]*?<\/figure>/.exec(await pageOf(sampleComparison()))?.[0] ?? '';
  assert.equal((slopes.match(/stroke-width="1\.2"/g) ?? []).length, 5);
});
