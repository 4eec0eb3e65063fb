import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeComparison } from '../../../harness/gate/index.js';
import type { ComparisonRecord } from '../../../harness/model/comparison.js';
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
  assert.match(sentence(won()), /^“greedy” wins against “none”: throughput 1\.3 × \[1\.2\d, 1\.3\d\] at “8 users”, 5 pairs\. Its simulated accelerator’s memory \(peak\) is 960 MiB, that of “none” 627 MiB\. The answers hold: 0 of 160 answers changed sides under load(?:, |; )asked alone, 0 of 60 say something else than those of “none” \(largest difference 0\.00012\)\. Why, against “none”: 12\.5 texts a batch instead of 2(?:, |; )5\.92 ms in the queue instead of 412 \(p50\)(?:, |; )40\.4% of the computed tokens are padding instead of 10\.5%\.$/);
  assert.match(sentence(won(), 'zh-CN'), /“greedy”胜过“none”：吞吐量为 1\.3 倍.*模拟加速器内存（峰值）为 960 MiB.*答案一致：.*原因（相对“none”）：每批 12\.5 条文本/);
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
