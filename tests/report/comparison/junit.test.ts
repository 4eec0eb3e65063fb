import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeComparison } from '../../../harness/gate/index.js';
import type { ComparisonRecord } from '../../../harness/model/comparison.js';
import { comparisonReports } from '../../../harness/report/index.js';
import { sameAsFile } from '../golden.js';
import { all, parseXml, type Element } from '../xml.js';
import { gatedComparison, sampleComparison } from './sample.js';

async function junit(record: ComparisonRecord): Promise<{ text: string; root: Element }> {
  const [file] = await comparisonReports(record, judgeComparison(record, false), [], ['en'], ['junit']);
  return { text: file!.content, root: parseXml(file!.content) };
}

/** Name of each case to what became of it. */
const outcomes = (root: Element): Record<string, string> => Object.fromEntries(all(root, 'testcase').map(({ attributes, children }) => [attributes['name']!, children[0]?.name ?? 'passed']));

test('a gate that failed over the pairs is a failure, an open one is skipped, a warning passes with its text', async () => {
  const { text, root } = await junit(gatedComparison());
  sameAsFile('tests/golden/comparison/junit-gates.xml', text);
  assert.deepEqual(outcomes(root), {
    'completed': 'system-out', 'none': 'system-out', 'greedy': 'system-out',
    'greedy: rps rate>=baseline*0.97 @ 8 users': 'failure', 'greedy: errors rate<=baseline+0.1% @ 8 users': 'skipped', 'greedy: vram max<=baseline*1.05 @ whole run': 'skipped', 'greedy: rss max<=baseline*1.1 @ whole run': 'system-out',
    'greedy: answers baselineFlips==0 @ whole run': 'failure', 'greedy: latency p(50)<=baseline*1.03 @ 8 users': 'system-out',
  });
  assert.equal(root.attributes['failures'], '2');
});

test('the verdict and the file agree: gates of an arm in most runs, nothing valid, one that ended early, one that differs from itself', async () => {
  const failing = sampleComparison();
  for (const round of failing.rounds) if (round.arm === 'greedy' && round.pair !== 0) round.verdict = 'fail';
  assert.equal(outcomes((await junit(failing)).root)['greedy'], 'failure');
  const nothing = sampleComparison();
  nothing.comparisons = nothing.comparisons.map((comparison) => ({ ...comparison, rows: [], deciding: null }));
  for (const round of nothing.rounds) round.verdict = 'invalid';
  assert.deepEqual(outcomes((await junit(nothing)).root), { 'completed': 'error', 'none': 'error', 'greedy': 'error', 'greedy against none': 'error' });
  assert.equal(outcomes((await junit({ ...sampleComparison(), outcome: 'aborted' })).root)['completed'], 'error');
  assert.equal(outcomes((await junit(sampleComparison({ aa: true }))).root)['greedy against none'], 'failure');
  assert.equal(outcomes((await junit(sampleComparison({ second: [90, 131, 80, 127, 100] }))).root)['greedy against none'], 'skipped');
});

test('names hold no measured value: more pairs with other figures have the same names', async () => {
  const [one, other] = await Promise.all([junit(sampleComparison()), junit(sampleComparison({ second: [70, 71, 69] }))]);
  assert.deepEqual(Object.keys(outcomes(one.root)), Object.keys(outcomes(other.root)));
});
