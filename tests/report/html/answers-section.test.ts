import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseAnswers } from '../../../harness/analysis/answer-quality/index.js';
import { renderReports, type Language, type ReportInput } from '../../../harness/report/index.js';
import type { ProbeRecord, RunRecord } from '../../../harness/model/record.js';
import { sampleInput } from '../sample-input.js';

async function section(input: ReportInput, language: Language = 'en'): Promise<string> {
  const [file] = await renderReports(input, { languages: [language], formats: ['html'] });
  const html = /<section id="answers">[\s\S]*?<\/section>/.exec(file!.content)![0];
  return html;
}
const text = (html: string): string => html.replace(/<(?:title|desc|style)[\s\S]*?<\/(?:title|desc|style)>/g, '').replace(/<[^>]+>/g, ' ').replace(/&gt;/g, '>').replace(/\s+/g, ' ');

type Done = Extract<ProbeRecord, { status: 'done' }>;
/** The sample run with another probe, analysed again. */
function withProbe(change: (probe: Done) => Partial<Done>, more: (record: RunRecord) => Partial<RunRecord> = () => ({})): ReportInput {
  const input = sampleInput({ users: [2], durationS: 2 });
  const { probe } = input.record;
  const changed: RunRecord = { ...input.record, probe: probe?.status === 'done' ? { ...probe, ...change(probe) } : probe };
  const record = { ...changed, ...more(changed) };
  return { ...input, record, analysis: { ...input.analysis, answers: analyseAnswers(record) } };
}

test('every figure stands there with its n and interval, in both languages', async () => {
  const en = text(await section(sampleInput({ users: [2], durationS: 2 })));
  for (const words of ['AUC, high against low 1 [0.933, 1], n = 30 + 30', 'Macro-F1 of 3 labels 0.896 [0.818, 0.935], n = 120', 'Right answers 90% [83.3%, 94.2%], n = 120', 'Labels are those that the server answers', '3 passed (42.9%)', 'too few pairs']) assert.ok(en.includes(words), `${words}\n${en}`);
  const zh = text(await section(sampleInput({ users: [2], durationS: 2 }), 'zh-CN'));
  for (const words of ['AUC（high 对 low） 1 [0.933, 1], n = 30 + 30', '3 类标签的宏平均 F1', '标签取自服务的响应', '答得最差的十对', '各种异常请求', '否（addr2）']) assert.ok(zh.includes(words), `${words}\n${zh}`);
});

test('the ten worst pairs show their text where it was kept, else which pair or line it is', async () => {
  const kept = await section(sampleInput({ users: [2], durationS: 2 }));
  assert.equal((kept.match(/<span class="pair">虚构市甲区/g) ?? []).length, 10);
  const own = text(await section(withProbe(({ golden = [] }) => ({ golden: golden.map((one, i) => ({ ...one, text: undefined, ...(i % 2 === 0 ? { line: i + 2 } : {}) })) }))));
  assert.match(own, /line 8\d of the file/);
  assert.match(own, /pair \d+/);
  assert.doesNotMatch(own, /虚构市甲区/);
});

test('scores that mean nothing are drawn but not judged', async () => {
  const html = await section(withProbe(() => ({ meaningful: false })));
  assert.match(html, /id="chart-scores"/);
  for (const words of ['Confusion', 'Macro-F1', 'worst answers', 'Probes:']) assert.ok(!html.includes(words), words);
  assert.match(text(html), /its scores mean nothing/);
});

test('one threshold: two labels, and what that means is said', async () => {
  const two = text(await section(withProbe(({ golden = [] }) => ({ golden: golden.map((one) => ({ ...one, label: undefined })) }))));
  assert.match(two, /a score of 0\.8 or more says “the same place”/);
  assert.match(two, /said same place said other place/);
  const three = text(await section(withProbe(({ golden = [] }) => ({ golden: golden.map((one) => ({ ...one, label: undefined })) }), ({ server }) => ({ server: server && { ...server, health: { thresholds: { partial: 0.45, exact: 0.8 } } } }))));
  assert.match(three, /partial from 0\.45, exact from 0\.8/);
});

test('few pairs: no number is claimed, and how many are needed is said', async () => {
  const few = text(await section(withProbe(({ golden = [] }) => ({ golden: golden.slice(0, 8) }))));
  assert.match(few, /AUC, high against low — \(too few pairs: 20 are needed\)/);
  assert.match(few, /Macro-F1 of 3 labels — \(too few pairs: 10 are needed\)/);
});

test('a record from before golden answers were kept shows what it has', async () => {
  const old = text(await section(withProbe(() => ({ golden: undefined, families: undefined, probes: undefined }), () => ({ abnormal: undefined }))));
  assert.match(old, /AUC, high against low 0\.99/);
  assert.doesNotMatch(old, /undefined|NaN/);
});

test('a chart of one class, of equal scores, and of scores outside the threshold is drawn', async () => {
  for (const score of [0.5, 0, 1, -0.3]) {
    const html = await section(withProbe(({ golden = [] }) => ({ golden: golden.filter((one) => one.class === 'high').map((one) => ({ ...one, score })) })));
    assert.match(html, /id="chart-scores"[\s\S]*<svg/);
    assert.doesNotMatch(html, /NaN|Infinity/);
  }
});

test('abnormal kinds that were not met stand first and are marked', async () => {
  const html = await section(sampleInput({ users: [1], durationS: 2 }));
  const kinds = [...html.matchAll(/<tr><th scope="row" class="w">(?:<span class="tag fail">✗ )?(null|length-10000|missing-field|empty-left|missing-right|cut-off|equal)/g)].map(([, kind]) => kind);
  assert.deepEqual(kinds, ['null', 'length-10000', 'missing-field', 'empty-left', 'missing-right', 'cut-off', 'equal']);
});
