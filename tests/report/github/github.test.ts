import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeComparison } from '../../../harness/gate/index.js';
import type { ComparisonRecord } from '../../../harness/model/comparison.js';
import { comparisonReports, type Language, type ReportInput } from '../../../harness/report/index.js';
import { gatedComparison, sampleComparison } from '../comparison/sample.js';
import { fitSummary } from '../../../harness/report/github/summary.js';
import { sampleInput } from '../sample-input.js';
import { sameAsFile } from '../golden.js';
import { clean, everyInput, filesOf, hostile } from '../exchange/inputs.js';

const small = () => sampleInput({ users: [1, 8, 32], durationS: 3 });
const suffix = { 'en': '', 'zh-CN': '.zh-CN' } as const;

/** A run with `n` failed gates of a hostile name. */
function manyFailures(n: number): ReportInput {
  const input = sampleInput({ hostile });
  const [check] = input.verdict.checks.filter(({ status }) => status === 'fail');
  return { ...input, verdict: { ...input.verdict, checks: Array.from({ length: n }, (_, i) => ({ ...check!, id: `${String(i)} ${hostile}${'很长'.repeat(300)}` })) } };
}

test('a small run as GitHub shows it, in both languages; the summary is report.md', async () => {
  for (const language of ['en', 'zh-CN'] as const) {
    const files = await filesOf(small(), 'github', language);
    assert.deepEqual([...files.keys()], ['github-summary.md', 'github-annotations.txt', 'github-pull-request.md']);
    sameAsFile(`tests/golden/report/github/pull-request${suffix[language]}.md`, files.get('github-pull-request.md')!);
    assert.equal(files.get('github-summary.md'), (await filesOf(small(), 'markdown', language)).get('report.md'));
    sameAsFile('tests/golden/report/github/annotations.txt', files.get('github-annotations.txt')!);
  }
});

/** A command as the runner reads it: level, properties and message, decoded. Throws where a line is none. */
function readCommand(line: string): { level: string; title: string; message: string } {
  const match = /^::(error|warning|notice) title=([^:,\r\n]*)::([^\r\n]*)$/.exec(line);
  assert.ok(match, `not one command: ${line}`);
  const decode = (text: string): string => text.replace(/%0D/g, '\r').replace(/%0A/g, '\n').replace(/%3A/g, ':').replace(/%2C/g, ',').replace(/%25/g, '%');
  return { level: match[1]!, title: decode(match[2]!), message: decode(match[3]!) };
}

test('every line of the annotations is one command, whatever the names hold; at most nine of a kind', async () => {
  for (const [run, input] of [...everyInput(), ['many', manyFailures(40)] as const]) {
    const text = (await filesOf(input, 'github')).get('github-annotations.txt')!;
    assert.ok(text.endsWith('\n'));
    const commands = text.slice(0, -1).split('\n').map(readCommand);
    for (const level of ['error', 'warning', 'notice']) assert.ok(commands.filter((one) => one.level === level).length <= 9, `${run}: ${level}`);
    assert.ok(commands.some(({ title }) => title.startsWith('mgeo-bench: ')), run);
  }
  const commands = (await filesOf(manyFailures(40), 'github')).get('github-annotations.txt')!.trim().split('\n').map(readCommand);
  assert.ok(commands.some(({ message }) => /^3\d more of this kind/.test(message)));
});

test('a failed gate is an error, a warning-only one a warning, a passed one nothing', async () => {
  const commands = (await filesOf(sampleInput(), 'github')).get('github-annotations.txt')!.trim().split('\n').map(readCommand);
  const failed = commands.find(({ title }) => title.startsWith('fail: errors rate'))!;
  assert.equal(failed.level, 'error');
  assert.match(failed.message, /measured 0\.4% \[0\.21%, 0\.72%\], limit 0\.1%/);
  assert.ok(commands.some(({ level, title }) => level === 'error' && title.startsWith('invalid measurement: 64 users')));
  assert.ok(!commands.some(({ title }) => title.startsWith('pass')));
  const passed = (await filesOf(clean(), 'github')).get('github-annotations.txt')!.trim().split('\n').map(readCommand);
  assert.deepEqual(passed.map(({ level }) => level), ['notice']);
});

test('the comment: a mark, one sentence, a line of bars, and what failed first', async () => {
  const text = (await filesOf(sampleInput(), 'github')).get('github-pull-request.md')!;
  const parts = ['<!-- mgeo-bench ramp -->', '### ✗ ramp: Failed', 'measured 0.4%', 'Throughput by stage `▁▄█', '<details>', '✗ fail | ', '✓ pass | ', '</details>'].map((part) => text.indexOf(part));
  assert.ok(parts.every((at, i) => at >= 0 && (i === 0 || at > parts[i - 1]!)), String(parts));
  assert.match((await filesOf(sampleInput({ users: [8] }), 'github')).get('github-pull-request.md')!, /Throughput by second `[▁-█]{6}` /);
});

test('the comment stays within what GitHub takes, and what it holds stays text', async () => {
  for (const [run, input] of [...everyInput(), ['many', manyFailures(2000)] as const]) {
    for (const language of ['en', 'zh-CN'] as const) {
      const text = (await filesOf(input, 'github', language)).get('github-pull-request.md')!;
      assert.ok(text.length <= 65_536, `${run}: ${String(text.length)}`);
      assert.match(text, /^<!-- mgeo-bench [\p{L}\p{N}._-]+ -->\n/u, run);
      const outsideCode = text.slice(text.indexOf('-->') + 3).replace(/(`+)[\s\S]*?\1/g, '');
      assert.doesNotMatch(outsideCode, /<img|@everyone|^::/m, run);
      assert.equal(text.split('<details>').length, text.split('</details>').length, run);
    }
  }
  const text = (await filesOf(manyFailures(2000), 'github')).get('github-pull-request.md')!;
  assert.match(text, /[\d,]+ more are in report\.md\./);
});

test('a summary that is too long is cut, says so, and leaves nothing open', () => {
  const long = ['### ✗ ramp: Failed', '', '<details><summary>more</summary>', '', '```sh', ...Array.from({ length: 400 }, (_, i) => `${String(i)} 很长的一行`), '```', '', '</details>', ''].join('\n');
  assert.equal(fitSummary(long, 'en'), long);
  const cut = fitSummary(long, 'en', 5000);
  assert.ok(Buffer.byteLength(cut) <= 5000);
  assert.match(cut, /\n```\n\n<\/details>\n\nThe rest did not fit/);
  assert.match(fitSummary(long, 'zh-CN', 5000), /完整内容见 report\.md/);
});

/** What GitHub is told of a comparison, by the file's name. */
async function comparisonFiles(record: ComparisonRecord, language: Language): Promise<Map<string, string>> {
  return new Map((await comparisonReports(record, judgeComparison(record, false), [], [language], ['github'])).map(({ name, content }) => [name, content]));
}

test('a comparison is told by its Markdown, one annotation, and a comment', async () => {
  const files = await comparisonFiles({ ...sampleComparison(), name: `strategies${hostile}` }, 'zh-CN');
  assert.deepEqual([...files.keys()], ['github-summary.md', 'github-annotations.txt', 'github-pull-request.md']);
  assert.match(files.get('github-summary.md')!, /^### ✓ strategies/);
  assert.doesNotMatch(files.get('github-summary.md')!, /<img/);
  const { level, title, message } = readCommand(files.get('github-annotations.txt')!.trimEnd());
  assert.deepEqual([level, title.startsWith('mgeo-bench: strategies')], ['notice', true]);
  assert.match(message, /“greedy” is better than “none”/);
});

test('the comment of a comparison: baseline and candidate beside each other, the deciding figure pair by pair, in both languages', async () => {
  for (const language of ['en', 'zh-CN'] as const) {
    sameAsFile(`tests/golden/comparison/pull-request${suffix[language]}.md`, (await comparisonFiles(gatedComparison(), language)).get('github-pull-request.md')!);
    sameAsFile(`tests/golden/comparison/pull-request-figures${suffix[language]}.md`, (await comparisonFiles(sampleComparison(), language)).get('github-pull-request.md')!);
  }
});

test('the comment of a comparison stays within what GitHub takes, and what it holds stays text', async () => {
  const record = gatedComparison({ word: hostile });
  record.checks = Array.from({ length: 1000 }, (_, i) => record.checks!.map((check) => ({ ...check, id: `${String(i)} ${check.id}`, stage: `${String(i)} ${hostile}` }))).flat();
  const text = (await comparisonFiles(record, 'en')).get('github-pull-request.md')!;
  assert.ok(text.length <= 65_536, String(text.length));
  assert.match(text, /[\d,]+ more are in report\.md\./);
  const outsideCode = text.slice(text.indexOf('-->') + 3).replace(/(`+)[\s\S]*?\1/g, '');
  assert.doesNotMatch(outsideCode, /<img|@everyone|^::/m);
});

test('the comment of a run that was held against a baseline has a column for it', async () => {
  const input = sampleInput();
  const [first] = input.verdict.checks;
  first!.baseline = { value: 55, low: 52, high: 58, runs: 5, change: { of: 'ratio', value: 1.1, low: 1.05, high: 1.15 } };
  const text = (await filesOf(input, 'github')).get('github-pull-request.md')!;
  assert.match(text, /\| Limit \| Baseline; change \\\[interval\\\] \|/);
  assert.match(text, /\(5 runs\); × 1\.1 \\\[1\.05, 1\.15\\\]/);
});
