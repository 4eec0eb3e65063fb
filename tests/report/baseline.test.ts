/** Gates on a baseline as they are read: every reason, in both languages, in each kind of file. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Check, Verdict } from '../../harness/model/verdict.js';
import { judgeComparison, judgePaired } from '../../harness/gate/index.js';
import type { ComparisonRecord, PairedChange, PairedCheck } from '../../harness/model/comparison.js';
import { comparisonText, languages, renderReports, terminalTable, type ReportInput } from '../../harness/report/index.js';
import { baselineText } from '../../harness/report/index.js';
import { makeBaseline } from '../../harness/baseline.js';
import { buildRecord } from '../analysis/record-builder.js';
import { sampleComparison } from './comparison/sample.js';
import { sameAsFile } from './golden.js';
import { sampleInput } from './sample-input.js';

const base = { value: 200, low: 195, high: 205, runs: 5 };
const check = (code: string, status: Check['status'], more: Partial<Check> = {}, params: Record<string, string | number> = {}): Check => ({
  id: 'latency p(95)<=baseline*1.1', expression: 'p(95)<=baseline*1.1', metric: 'latency', stage: 0, actual: 213, low: 204, high: 222, limit: 220, unit: 'ms', level: 'error', status,
  baseline: { ...base, change: { of: 'ratio', value: 1.065, low: 1.02, high: 1.11 } },
  reason: { code, params: { stage: '1 users', confidence: 0.95, runs: 1, baselineRuns: 5, ...params } }, ...more,
});
const without = { limit: null, baseline: undefined };
const share = { id: 'errors rate<=baseline+0.1%', expression: 'rate<=baseline+0.1%', metric: 'errors', stage: null, actual: 0.002, low: 0.001, high: 0.003, limit: 0.002, unit: '' } as const;

function input(): ReportInput {
  const sample = sampleInput({ users: [1, 8], durationS: 3 });
  const checks = [
    check('change-beyond', 'fail', { actual: 260, low: 250, high: 270, baseline: { ...base, change: { of: 'ratio', value: 1.3, low: 1.25, high: 1.35 } } }),
    check('change-within', 'pass'), check('change-straddles', 'inconclusive'), check('change-unbounded', 'inconclusive', { high: null, baseline: { ...base, change: { of: 'ratio', value: 1.065, low: 1.02, high: null } } }),
    check('change-few-runs', 'inconclusive', {}, { baselineRuns: 1, needed: 5 }), check('no-baseline', 'inconclusive', without), check('baseline-lacks', 'inconclusive', without),
    check('baseline-unlike', 'inconclusive', without, {
      'there:machine:cpu': 'A', 'there:machine:cores': 2, 'there:machine:memoryGiB': 8, 'here:machine:cpu': 'B', 'here:machine:cores': 4, 'here:machine:memoryGiB': 16,
      'there:model:model': 'm', 'there:model:sha256': '1234', 'here:model:model': '', 'here:model:sha256': '', 'there:engine:engine': '', 'here:engine:engine': 'k6 2.2.0',
    }),
    check('change-beyond', 'fail', { level: 'warn' }, { 'there:driver:gpus': '', 'there:driver:driver': '', 'here:driver:gpus': 'L4, 23034 MiB', 'here:driver:driver': '560', 'settings:plan': 'seed: 1 → 2', 'more:plan': 3 }),
    check('change-within', 'pass', { ...share, baseline: { value: 0.001, low: 0.0005, high: 0.0015, runs: 5, change: { of: 'difference', value: 0.001, low: -0.0002, high: 0.0022 } } }),
  ];
  const verdict: Verdict = { ...sample.verdict, status: 'fail', exitCode: 1, checks, headline: { code: 'fail', params: { check: checks[0]?.id ?? '', checks: 10, failed: 1, passed: 2, warned: 1, inconclusive: 6, invalid: 0, skipped: 0 } } };
  return { ...sample, verdict };
}

for (const language of languages) {
  test(`what a baseline does to a gate, in ${language}`, async () => {
    const given = input();
    const files = await renderReports(given, { languages: [language], formats: ['markdown', 'junit'] });
    const markdown = files.find(({ name }) => name === 'report.md')?.content ?? '';
    const gates = markdown.split('\n').filter((line) => line.startsWith('|') && /baseline|基线/.test(line));
    const terminal = terminalTable(given, language, { colour: false, columns: 120 }).split('\n').filter((line) => /baseline|基线/.test(line));
    sameAsFile(`tests/golden/report/baseline.${language}.txt`, `${[...gates, '', ...terminal].join('\n')}\n`);
    assert.doesNotMatch(gates.join('\n') + terminal.join('\n'), /undefined|NaN|there:|more:|change-|baseline-(?:lacks|unlike)/);
  });
}

const change = (more: Partial<PairedChange>): PairedChange => ({ id: 'x', expression: 'rate>=baseline*0.97', metric: 'rps', stage: '8 users', operator: '>=', level: 'error', unit: '/s', pairs: 5, first: 100, second: 94, of: 'ratio', value: 0.94, low: 0.93, high: 0.95, none: 1, allowed: 0.97, beyond: 0, ...more });
const flips = { expression: 'baselineFlips==0', metric: 'answers', stage: null, operator: '==', unit: '', first: null, second: null, of: 'difference', none: 0, allowed: 0 } as const;
const judged = (changes: readonly PairedChange[]): PairedCheck[] => changes.map((one) => judgePaired(one, 'greedy', true));

for (const language of languages) {
  test(`gates over pairs, in ${language}: failed, flipped, open, held`, () => {
    const told = [
      [change({}), change({ expression: 'rate<=baseline+0.1%', metric: 'errors', operator: '<=', unit: '', of: 'difference', value: 0.0002, low: -0.0001, high: 0.0005, none: 0, allowed: 0.001 }), change({ expression: 'max<=baseline*1.05', metric: 'vram', stage: null, pairs: 0, value: null, low: null, high: null, first: null, second: null })],
      [change({ value: 1, low: 0.99, high: 1.01 }), change({ ...flips, value: 3, low: 3, high: 3 })],
      [change({ value: 0.99, low: 0.0001, high: 4000 }), change({ ...flips, value: 0, low: 0, high: 0 })],
      [change({ value: 1, low: 0.99, high: 1.01 }), change({ ...flips, value: 0, low: 0, high: 0 })],
    ].map((changes) => {
      const record: ComparisonRecord = { ...sampleComparison(), checks: judged(changes) };
      return comparisonText(record, judgeComparison(record, false), language).split('\n').slice(6).join('\n');
    });
    sameAsFile(`tests/golden/comparison/gates.${language}.txt`, `${told.join('\n\n')}\n`);
    assert.doesNotMatch(told.join(), /undefined|NaN|\de\+/);
  });
}

test('gates over pairs decide the verdict: a failure, else what is open, else they hold; no valid pair is no verdict', () => {
  const verdictOf = (checks: PairedCheck[], strict = false): (string | number)[] => {
    const { status, exitCode, code } = judgeComparison({ ...sampleComparison(), checks }, strict);
    return [status, exitCode, code];
  };
  const [fails, open, holds] = judged([change({}), change({ low: 0.9, high: 1.02, value: 0.99 }), change({ value: 1, low: 0.99, high: 1.01 })]) as [PairedCheck, PairedCheck, PairedCheck];
  assert.deepEqual(verdictOf([holds, fails, open]), ['fail', 1, 'release-fails']);
  assert.deepEqual(verdictOf([holds, open]), ['inconclusive', 0, 'release-open']);
  assert.deepEqual(verdictOf([holds, open], true), ['inconclusive', 4, 'release-open']);
  assert.deepEqual(verdictOf([holds]), ['pass', 0, 'release-holds']);
  assert.deepEqual(verdictOf([{ ...fails, level: 'warn' }]), ['pass', 0, 'release-holds']);
  const starved = sampleComparison({ second: [] });
  const noPair = judgePaired(change({ pairs: 0, value: null, low: null, high: null }), 'greedy', true);
  const { status, exitCode, code } = judgeComparison({ ...starved, checks: [noPair] }, false);
  assert.deepEqual([status, exitCode, code], ['invalid', 4, 'nothing-valid']);
});

test('a baseline of one run says what it lacks', () => {
  const made = makeBaseline([buildRecord({ users: [2] })], { at: '2026-01-01T00:00:00.000Z', by: null, commit: null, version: '0.1.0' });
  const text = baselineText(made, 'en');
  assert.match(text, /^Baseline of synthetic, one run, accepted\n/);
  assert.match(text, /accept five together/);
  assert.match(baselineText({ ...made, accepted: { ...made.accepted, by: '张三', commit: 'abc' } }, 'zh-CN'), /^synthetic 的基线，1 次运行，已接受，接受者 张三，提交 abc\n.*核；.*\n[^]*请同时接受五次/);
});
