import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ComparisonRecord, Work } from '../../../harness/model/comparison.js';
import { causeOf, causeText, coresText } from '../../../harness/report/comparison/cause.js';
import { textOf } from '../../../harness/report/text/index.js';
import { sampleComparison, sampleSubject } from './sample.js';

const [en, zh] = [textOf('en'), textOf('zh-CN')];
const work = (more: Partial<Work> = {}): Work => ({ batchTexts: 8, queueMs: 20, inferMs: 10, padding: 0.1, cacheHit: 0, serverCores: 1, usedCores: 1.2, ...more });
const recordOf = (mine: Work, theirs: Work): ComparisonRecord => {
  const record = sampleComparison();
  const [first, second] = record.summaries;
  assert.ok(first && second);
  // A GPU’s memory would mean that no core computes.
  for (const summary of record.summaries) summary.rows = summary.rows.filter(({ metric }) => metric !== 'vram');
  Object.assign(first, { work: theirs });
  Object.assign(second, { work: mine });
  return record;
};

test('each reason by its rule, and none where nothing differs', () => {
  const cases: [Partial<Work>, Partial<Work>, string | null][] = [
    [{ batchTexts: 30, queueMs: 5 }, { batchTexts: 2, queueMs: 400 }, 'serial'],
    [{ batchTexts: 30, queueMs: 5 }, { batchTexts: 8, queueMs: 40 }, 'shared'],
    // A larger batch behind which the queue grew is no reason to be quicker.
    [{ batchTexts: 30, queueMs: 400 }, { batchTexts: 8, queueMs: 40 }, null],
    [{ batchTexts: 11, queueMs: 6 }, { batchTexts: 32, queueMs: 23 }, 'unfilled'],
    [{ inferMs: 5 }, { inferMs: 10 }, 'computing'],
    [{ cacheHit: 0.63, inferMs: 5 }, { inferMs: 10 }, 'cache'],
    [{ serverCores: 1.9 }, { serverCores: 1 }, 'cores'],
    [{ padding: 0.1 }, { padding: 0.4 }, 'padding'],
    [{}, {}, null],
    [{ batchTexts: null, queueMs: null, inferMs: null, padding: null, cacheHit: null, serverCores: null }, {}, null],
  ];
  for (const [mine, theirs, cause] of cases) assert.equal(causeOf([work(mine), work(theirs)]), cause, JSON.stringify([mine, theirs]));
});

test('more padding is in spite of; full cores are said of both; the figures stand behind', () => {
  const record = recordOf(work({ batchTexts: 30, queueMs: 5, padding: 0.4, serverCores: 1.6, usedCores: 1.95 }), work({ queueMs: 40, serverCores: 1.55, usedCores: 1.9 }));
  const told = causeText(record, 'greedy', 'none', true, en) ?? '';
  assert.match(told, /^Why, against “none”: more texts share the fixed cost of a batch, so the queue is worked off sooner, in spite of more padding\. The machine’s cores are full with both \(1\.95 and 1\.9 of 2, load generator included\)\. Measured: 30 texts a batch instead of 8, 5 ms in the queue instead of 40 \(p50\), .*1\.6 cores in use by the server instead of 1\.55\.$/);
  assert.match(causeText(record, 'greedy', 'none', true, zh) ?? '', /尽管填充更多。两者都占满了机器的 CPU 核（2 核中 1\.95 与 1\.9/);
  // Cores say nothing of a device that is none.
  for (const arm of record.arms) arm.subject = sampleSubject({ simulated: true });
  assert.doesNotMatch(causeText(record, 'greedy', 'none', true, en) ?? '', /cores are full/);
});

test('no reason is given where none is seen, nor where nothing is shown to be quicker; the share of the cache is among the figures', () => {
  assert.match(causeText(recordOf(work(), work()), 'greedy', 'none', true, en) ?? '', /^Why is not seen in what the servers tell, against “none”: 8 texts/);
  assert.match(causeText(recordOf(work({ cacheHit: 0.63 }), work()), 'greedy', 'none', false, en) ?? '', /^Beside “none”: 63% of the answers from the cache instead of 0%, 8 texts/);
  assert.equal(causeText(recordOf(work(), work()), 'greedy', 'nobody', true, en), null);
});

test('replicas: whether the cores are what is short', () => {
  const full = recordOf(work({ usedCores: 1.99 }), work({ usedCores: 1.95 }));
  assert.match(coresText(full, 'none', 'greedy', en) ?? '', /^The machine’s cores are full with “none” already \(1\.95 of 2, load generator included\): another one finds none free\.$/);
  assert.match(coresText(full, null, 'greedy', en) ?? '', /^With “greedy” the machine’s cores are full \(1\.99 of 2/);
  const free = recordOf(work({ usedCores: 1.2 }), work({ usedCores: 0.9 }));
  assert.match(coresText(free, 'none', 'greedy', en) ?? '', /^The cores are not what is short: with “none” 0\.9 of 2 are in use\.$/);
  assert.match(coresText(free, null, 'greedy', zh) ?? '', /^“greedy”时 CPU 核尚有空闲/);
  assert.equal(coresText(recordOf(work({ usedCores: null }), work({ usedCores: null })), 'none', 'greedy', en), null);
});
