import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeComparison } from '../../../harness/gate/index.js';
import type { ComparisonRecord, ScalingStep } from '../../../harness/model/comparison.js';
import { comparisonReports, comparisonText } from '../../../harness/report/index.js';
import { sameAsFile } from '../golden.js';
import { sampleComparison } from './sample.js';

const step = (arm: string, replicas: number, speedUp: number, added: number, word: ScalingStep['word']): ScalingStep => {
  const ratio = (value: number, half: number) => ({ value, low: value - half, high: value + half });
  return { arm, replicas, speedUp: ratio(speedUp, 0.05), efficiency: ratio(speedUp / replicas, 0.05 / replicas), added: ratio(added, 0.05), word };
};

/** 1, 2 and 4 replicas; the table of the arms stays that of the sample. */
const sampleScaling = (words: [ScalingStep['word'], ScalingStep['word']] = ['worth', 'not-worth']): ComparisonRecord => {
  const record = sampleComparison();
  return {
    ...record, name: 'replicas', design: { ...record.design, by: 'replicas', replicas: [1, 2, 4], worth: 0.5 },
    arms: ['1', '2', '4'].map((name) => ({ name, settings: { 'server.reference.workers': name } })),
    comparisons: record.comparisons.map((comparison) => ({ ...comparison, first: '1', second: '4', answers: { asked: 60, flips: 0, maxDelta: 0 } })),
    summaries: record.summaries.map((summary, i) => ({ ...summary, arm: i === 0 ? '1' : '4' })),
    scaling: [step('2', 2, 1.8, 0.8, words[0]), step('4', 4, 2.2, 0.22, words[1])],
  };
};
const told = (record: ComparisonRecord, language: 'en' | 'zh-CN' = 'en'): string => comparisonText(record, judgeComparison(record, false), language);

test('replicas: speed-up, efficiency, and whether another one is worth it, in every output and both languages', async () => {
  const record = sampleScaling();
  for (const { name, content } of await comparisonReports(record, judgeComparison(record, false), [], ['en', 'zh-CN'])) {
    if (!name.endsWith('.html')) sameAsFile(`tests/golden/replicas/${name}`, content);
    else assert.match(content, /<section id="scaling">[\s\S]*55%/, name);
  }
  sameAsFile('tests/golden/replicas/terminal.txt', `${told(record)}\n\n${told(record, 'zh-CN')}\n`);
});

test('the first step that is not shown to be worth it is the one that is told; every step decided is a pass', () => {
  assert.match(told(sampleScaling()), /✓ Passed: “2” does 1\.8 \[1\.75, 1\.85\] × of what “1” does: an efficiency of 90% .*Going from “2” to “4” is not worth it: each one that is added does 22% \[17%, 27%\] of what each one before it does, and at least 50% is asked\. .*The answers do not hold: 5 of 250 answers changed sides under load, asked alone, 0 of 60/);
  assert.match(told(sampleScaling(['worth', 'worth'])), /Every step up to “4” was worth it; more was not tried\./);
  assert.match(told(sampleScaling(['open', 'worth'])), /\? Inconclusive: .*Whether going from “1” to “2” is worth it is not decided/);
  assert.equal(judgeComparison(sampleScaling(['open', 'worth']), true).exitCode, 4);
});
