import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeComparison } from '../../../harness/gate/index.js';
import type { ArmComparison, ArmSummary, ComparisonRecord } from '../../../harness/model/comparison.js';
import { comparisonReports, comparisonText } from '../../../harness/report/index.js';
import { sameAsFile } from '../golden.js';
import { sampleComparison } from './sample.js';

const work = { batchTexts: null, queueMs: null, inferMs: null, padding: null };

/** Three steps: one that changes answers, one that moves scores, one that changes nothing. */
function sampleAnswers(): ComparisonRecord {
  const record = sampleComparison();
  const [comparison] = record.comparisons as [ArmComparison];
  const [summary] = record.summaries as [ArmSummary];
  const arms = ['off', 'width', 'aliases', 'invisible', 'suffixes'];
  const answers = [{ flips: 3, maxDelta: 0.4 }, { flips: 0, maxDelta: 0.0123 }, { flips: 0, maxDelta: 0 }, { flips: 11, maxDelta: 0.9, gained: 5 }];
  return {
    ...record, name: 'normalise', design: { ...record.design, by: 'answers' },
    arms: arms.map((name) => ({ name, settings: { 'server.reference.normalize': name } })),
    comparisons: answers.map((one, i) => ({ ...comparison, first: 'off', second: arms[i + 1] ?? '', answers: { asked: 600, ...one } })),
    summaries: arms.map((arm, i) => ({ ...summary, arm, quality: { pairs: 600, auc: 0.95 + i / 1000, macroF1: 0.6 + i / 100 }, work: { ...work, normaliseMs: i === 0 ? null : 0.01 * i } })),
  };
}
const told = (record: ComparisonRecord, language: 'en' | 'zh-CN' = 'en'): string => comparisonText(record, judgeComparison(record, false), language);

test('which step changes answers, how good they then are, and what it costs: in every output and both languages', async () => {
  const record = sampleAnswers();
  for (const { name, content } of await comparisonReports(record, judgeComparison(record, false), [], ['en', 'zh-CN'])) {
    if (!name.endsWith('.html')) sameAsFile(`tests/golden/normalise/${name}`, content);
    else assert.match(content, /<section id="answers">[\s\S]*0\.952/, name);
  }
  sameAsFile('tests/golden/normalise/terminal.txt', `${told(record)}\n\n${told(record, 'zh-CN')}\n`);
});

test('the step that changes most comes first, those that change nothing are named together, and no arm is called better', () => {
  const verdict = told(sampleAnswers()).split('\n').at(-1) ?? '';
  assert.match(verdict, /✓ Passed: “suffixes” changes 11 of 600 answers \(AUC 0\.950 → 0\.954, macro-F1 0\.600 → 0\.640, 0\.04 ms a request\)\. “width” changes 3 of 600 answers .*“aliases” changes none of 600 answers, though scores by up to 0\.012 .*No answer of 600, nor any score, is changed by “invisible”\. “suffixes” answers 5 that “off” does not\.$/);
  assert.doesNotMatch(verdict, /better|wins/);
});

test('an arm that was not asked the same leaves it open, whatever its throughput', () => {
  const record = sampleAnswers();
  delete record.comparisons[0]?.answers;
  assert.match(told(record), /\? Inconclusive: .*Not asked the same, so not told: “width”\./);
  assert.equal(judgeComparison(record, true).exitCode, 4);
});

test('answers are told even where no load was measured as it should be', () => {
  const record = sampleAnswers();
  for (const comparison of record.comparisons) Object.assign(comparison, { rows: [], deciding: null });
  assert.match(told(record), /✓ Passed: “suffixes” changes 11 of 600 answers/);
});
