import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeComparison } from '../../../harness/gate/index.js';
import type { ComparisonRecord } from '../../../harness/model/comparison.js';
import { renderComparisonJunit } from '../../../harness/report/comparison/junit.js';
import { comparisonSentence } from '../../../harness/report/comparison/sentence.js';
import { sampleComparison } from './sample.js';

/** Two arms of which the second wins, with everything that is told of a winner. */
const won = (): ComparisonRecord => {
  const record = sampleComparison();
  const [comparison] = record.comparisons;
  const [first, second] = record.summaries;
  assert.ok(comparison && first && second);
  record.winner = { arm: 'greedy', next: 'none', ratio: { value: 1.3, low: 1.25, high: 1.35 }, word: 'better' };
  comparison.answers = { asked: 60, flips: 0, maxDelta: 0.00012 };
  comparison.rows.push({ stage: null, metric: 'simulatedMemory', unit: 'MiB', pairs: [[627, 960]], first: 627, second: 960, ratio: { value: 1.53, low: null, high: null }, detectable: null, word: 'inconclusive', why: 'one-pair', otherThroughput: false });
  Object.assign(first, { work: { batchTexts: 2, queueMs: 412, inferMs: 10.5, padding: 0.105 } });
  Object.assign(second, { work: { batchTexts: 12.5, queueMs: 5.92, inferMs: null, padding: 0.404 }, answers: { checked: 160, flips: 0 } });
  return record;
};
const sentence = (record: ComparisonRecord, language: 'en' | 'zh-CN' = 'en'): string => comparisonSentence(record, judgeComparison(record, false), language);

test('the winner: by how much, at what memory, whether the answers hold, and why', () => {
  assert.match(sentence(won()), /^“greedy” wins against “none”: throughput 1\.3 × \[1\.2\d, 1\.3\d\] at “8 users”, 5 pairs\. Of “greedy” the simulated accelerator’s memory \(peak\) is 960 MiB, of “none” 627 MiB\. The answers hold: 0 of 160 answers changed sides under load(?:, |; )asked alone, 0 of 60 say something else than those of “none” \(largest difference 0\.00012\)\. Why, against “none”: many texts share the fixed cost of a batch, while “none”, without batches, computes one request after another, in spite of more padding\. Measured: 12\.5 texts a batch instead of 2(?:, |; )5\.92 ms in the queue instead of 412 \(p50\)(?:, |; )40\.4% of the computed tokens are padding instead of 10\.5%\.$/);
  assert.match(sentence(won(), 'zh-CN'), /“greedy”胜过“none”：吞吐量为 1\.3 倍.*模拟加速器内存（峰值）为 960 MiB.*答案一致：.*原因（相对“none”）：许多文本分摊一批的固定开销，而“none”不组批，逐个计算请求，尽管填充更多。实测：每批 12\.5 条文本/);
});

test('answers that do not hold are said not to', () => {
  const record = won();
  const [comparison] = record.comparisons;
  assert.ok(comparison?.answers);
  comparison.answers.flips = 3;
  assert.match(sentence(record), /The answers do not hold: .*3 of 60 say something else/);
});

test('of three arms: whether the winner is better than the next best, too', () => {
  const record = { ...won(), winner: { arm: 'greedy', next: 'window', ratio: { value: 1.02, low: 0.97, high: 1.07 }, word: 'inconclusive' as const } };
  assert.match(sentence(record), /That it is better than the next best, “window”, is not shown: 1\.02 × \[0\.97, 1\.07\]\./);
  assert.match(sentence({ ...record, winner: { ...record.winner, ratio: { value: 1.2, low: 1.1, high: 1.3 }, word: 'better' as const } }), /It is better than the next best, “window”, too: 1\.2 × \[1\.1, 1\.3\]\./);
});

test('where the first arm is best, and where nothing is shown, that is said', () => {
  const first = sampleComparison({ second: [70, 71, 69, 70, 70] });
  first.winner = { arm: 'none', next: 'greedy', ratio: { value: 1.43, low: 1.4, high: 1.46 }, word: 'better' };
  assert.match(sentence(first), /^“none” wins: 1\.43 × \[1\.4, 1\.46\] against “greedy”, the next best\..*“greedy” is worse than “none”/);
  const open = sampleComparison({ second: [90, 131, 80, 127, 100] });
  open.winner = { arm: 'greedy', next: 'none', ratio: null, word: 'inconclusive' };
  assert.match(sentence(open), /nothing is decided.*“greedy” has the best mean, but is not shown to be better than “none”: /);
});

const limited = (failing: readonly string[], actual = 85): ComparisonRecord => {
  const record = sampleComparison();
  for (const round of record.rounds) {
    const fails = failing.includes(round.arm);
    Object.assign(round, { verdict: fails ? 'fail' : 'pass', checks: [{ gate: 'rss max<83MiB', stage: null, metric: 'rss', actual: fails ? actual : 80, limit: 83, unit: 'MiB', level: 'error', status: fails ? 'fail' : 'pass', reason: { code: fails ? 'beyond' : 'within', params: { n: 5, confidence: 0.95 } } }] });
  }
  return record;
};

test('the quickest arm does not win where it fails its gates: which, with what was measured, and who wins within them', () => {
  const record = limited(['greedy']);
  record.winner = { arm: 'none', ratio: null, word: 'inconclusive', fastest: { arm: 'greedy', ratio: { value: 1.3, low: 1.25, high: 1.35 }, word: 'better' } };
  assert.equal(judgeComparison(record, false).code, 'gates-failed');
  assert.match(sentence(record), /^By throughput alone “greedy” is best \(1\.3 × \[1\.25, 1\.35\] against “none”\), but it fails rss max<83MiB \(measured 85 MiB; failed in 5 of 5 runs\)\. Within the limits is “none” alone\./);
  assert.doesNotMatch(sentence(record), /wins|“greedy” is better/);
  assert.match(sentence(record, 'zh-CN'), /仅看吞吐量，“greedy”最好（相对“none”为 1\.3 × .*），但未通过 rss max<83MiB（实测 85 MiB；5 次运行中 5 次未通过）。在限值之内的只有“none”。/);
  record.winner = { ...record.winner, next: 'window', ratio: { value: 1.2, low: 1.1, high: 1.3 }, word: 'better' };
  assert.match(sentence(record), /Within the limits: “none” wins: 1\.2 × \[1\.1, 1\.3\] against “window”, the next best\./);
});

test('where the first arm is beyond its limits, the winner is told against the next best; where all are, that none is within', () => {
  const first = limited(['none']);
  first.winner = { arm: 'greedy', ratio: null, word: 'inconclusive' };
  assert.match(sentence(first), /^“none” is beyond its limits: it fails rss max<83MiB \(measured 85 MiB; failed in 5 of 5 runs\)\. Within the limits is “greedy” alone\./);
  assert.match(sentence(limited(['none', 'greedy'])), /^No arm is within the limits\. “none” is beyond its limits: .* “greedy” is beyond its limits: .*“greedy” is better than “none”/);
  assert.match(sentence(limited(['none', 'greedy']), 'zh-CN'), /^没有一个方案在限值之内。/);
});

test('JUnit names the gates that an arm failed', () => {
  const record = limited(['greedy']);
  assert.match(renderComparisonJunit(record, judgeComparison(record, false)), /<testcase[^>]*name="greedy"[^>]*>\s*<failure[^>]*message="5 runs: 5 fail; rss max&lt;83MiB \(measured 85 MiB; failed in 5 of 5 runs\)"/);
});

test('an arm that is as good is said to be, with what speaks for it; nothing is said not to be shown', () => {
  const record = sampleComparison({ second: [101, 101, 99, 100.4, 99.6] });
  record.winner = { arm: 'greedy', next: 'none', ratio: { value: 1.003, low: 0.999, high: 1.008 }, word: 'equivalent', equals: ['none'], alternative: { arm: 'none', metric: 'simulatedMemory', value: 627, winner: 960 } };
  assert.match(sentence(record), /^“greedy” has the best mean\. “none” is as good as “greedy”, within ±3% \(1 × \[0\.999, 1\.01\]\)\. Of those as good, “none” is the alternative: its simulated accelerator’s memory \(peak\) is 627 MiB instead of 960 MiB\./);
  assert.doesNotMatch(sentence(record), /not shown|nothing is decided/);
  assert.match(sentence({ ...record, winner: { ...record.winner, next: 'window', equals: ['window', 'none'] } }, 'zh-CN'), /“window”、“none”与“greedy”同样好（±3% 以内）。/);
});

test('scores that move by more than the tolerance do not hold, though no answer changes sides', () => {
  const record = won();
  const [comparison] = record.comparisons;
  const [, second] = record.summaries;
  assert.ok(comparison?.answers && second?.answers);
  record.design.tolerance = 0.001;
  assert.match(sentence(record), /The answers hold: /);
  comparison.answers.maxDelta = 0.0012;
  assert.match(sentence(record), /No answer changes sides, but scores move by more than the tolerance of 0\.001: .*largest difference 0\.0012/);
  comparison.answers.maxDelta = 0.0001;
  second.answers.moved = 7;
  assert.match(sentence(record), /but scores move by more than the tolerance of 0\.001: .*7 of 160 scores moved/);
});

test('suspect runs are counted behind the sentence, with what most of them are suspect for', () => {
  const record = won();
  record.rounds.forEach((round, i) => Object.assign(round, { validity: i === 0 ? { status: 'valid', reasons: [] } : { status: 'suspect', reasons: i < 3 ? ['lag'] : ['neighbour', 'others', 'lag'] } }));
  assert.match(sentence(record), / 9 of 10 runs are suspect, 9 of them for “generator lag”\.$/);
  record.rounds.forEach((round, i) => Object.assign(round, { validity: i === 4 ? { status: 'suspect', reasons: ['neighbour'] } : { status: 'valid', reasons: [] } }));
  assert.match(sentence(record), / 1 of 10 runs is suspect for “other programs”\.$/);
  assert.match(sentence(record, 'zh-CN'), /10 次运行中有 1 次存疑，原因是“/);
});
