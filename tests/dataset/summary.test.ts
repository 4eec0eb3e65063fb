import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDataset, summariseDataset } from '../../harness/dataset/index.js';
import { countRepeats } from '../../harness/dataset/repeats.js';
import { characterCount, countLengths } from '../../harness/dataset/summary.js';
import { bigramOverlap } from '../../harness/dataset/overlap.js';
import { datasetSummarySchema, type AddressPair } from '../../harness/model/dataset.js';
import { lexicon } from './world.js';

const pair = (a: string, b: string, more: Partial<AddressPair> = {}): AddressPair => ({
  id: '1-0', index: 0, class: 'high', a, b, expected: ['exact'], operators: ['x'], seed: 1, ...more,
});

test('figures of four known pairs', () => {
  const summary = summariseDataset({ seed: 1 });
  summary.add(pair('北京', '北京市'), 10);
  summary.add(pair('北京', '📍上海', { operators: ['x', 'y'] }), 30);
  summary.add(pair('天津', '广州市区', { class: 'low', certified: true, distanceKm: 9 }), 20);
  summary.add(pair('', '', { class: 'abnormal', operators: ['empty'] }), 40);
  assert.deepEqual(datasetSummarySchema.parse(summary.finish('ab')), {
    seed: 1,
    count: 4,
    byClass: { high: 2, low: 1, boundary: 0, noisy: 0, abnormal: 1 },
    bodiesSha256: 'ab',
    // 2 3 2 3 2 4: six texts, 北京 twice.
    characters: { mean: 16 / 6, p50: 2, p90: 4, max: 4 },
    bodyBytes: { mean: 25, max: 40, total: 100 },
    repeatShare: 2 / 6,
    seenShare: 1 / 6,
    operators: { x: 3, empty: 1, y: 1 },
    certifiedLowShare: 1,
  });
});

test('a summary of nothing holds no NaN', () => {
  const summary = summariseDataset({ seed: 1 }).finish('');
  assert.deepEqual(datasetSummarySchema.parse(summary).characters, { mean: 0, p50: 0, p90: 0, max: 0 });
  assert.equal(summary.certifiedLowShare, null);
});

test('repeats are counted exactly, through every growth of the table', () => {
  const repeats = countRepeats();
  // 20,000 texts once, 5,000 twice, 1,000 five times.
  for (let i = 0; i < 20_000; i += 1) repeats.add(`once ${i}`);
  for (let times = 0; times < 2; times += 1) for (let i = 0; i < 5000; i += 1) repeats.add(`twice ${i}`);
  for (let i = 0; i < 1000; i += 1) for (let times = 0; times < 5; times += 1) repeats.add(`five ${i}`);
  assert.equal(repeats.share(), 15_000 / 35_000);
});

test('lengths are in characters, percentiles by nearest rank', () => {
  assert.equal(characterCount('📍北京\ud83c'), 4);
  const lengths = countLengths();
  for (let i = 1; i <= 10; i += 1) lengths.add(i);
  assert.deepEqual(lengths.summary(), { mean: 5.5, p50: 5, p90: 9, max: 10 });
});

test('bigram overlap is the Jaccard index', () => {
  assert.equal(bigramOverlap('建国路8号', '建国路8号'), 1);
  assert.equal(bigramOverlap('建国路', '人民街'), 0);
  // 建国 国路 路8 8号 against 建国 国路 路9 9号: two of six.
  assert.equal(bigramOverlap('建国路8号', '建国路9号'), 2 / 6);
  assert.equal(bigramOverlap('', ''), 1);
  assert.equal(bigramOverlap('京', '京'), 1);
});

test('a real dataset summarises to its plan', () => {
  const mix = { high: 40, low: 30, boundary: 20, noisy: 10, abnormal: 5 };
  const summary = summariseDataset({ seed: 7 });
  for (const made of createDataset({ seed: 7, mix }, lexicon).pairs()) summary.add(made, 100);
  const figures = summary.finish('0');
  assert.deepEqual(figures.byClass, mix);
  assert.equal(figures.certifiedLowShare, 1);
  assert.equal(figures.repeatShare, 0);
});
