import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collectFigures, createDataset } from '../../harness/dataset/index.js';
import { bigramOverlap } from '../../harness/dataset/overlap.js';
import type { AddressPair } from '../../harness/model/dataset.js';
import { createRandom } from '../../harness/model/random.js';
import { lexicon } from './world.js';

const pair = (a: string, b: string, more: Partial<AddressPair> = {}): AddressPair => ({ id: '1-0', index: 0, class: 'high', a, b, expected: ['exact'], operators: ['homophone'], seed: 1, ...more });
const length = (text: string): number => text.length * 10;

test('figures of five known pairs', () => {
  const figures = collectFigures({ seed: 1 }, length);
  figures.add(pair('建国路8号', '建国路9号'));
  figures.add(pair('建国路8号', '建国路9号', { hard: true, operators: ['homophone', 'look-alike'] }));
  figures.add(pair('甲乙', '丙丁', { class: 'low', certified: true, operators: ['far-district'] }));
  figures.add(pair('甲乙', '甲乙丙丁', { class: 'low', operators: ['far-district', 'separators'] }));
  figures.add(pair('', '', { class: 'abnormal', operators: ['empty-left'] }));
  const made = figures.finish();
  assert.deepEqual([made.pairs, made.addresses], [5, 8]);
  assert.deepEqual(made.classes.map(({ name, pairs, hard }) => [name, pairs, hard]), [['high', 2, 1], ['low', 2, 0], ['abnormal', 1, 0]]);
  const [high, low, abnormal] = made.classes;
  assert.deepEqual(high?.characters, { mean: 5, p50: 5, p90: 5, max: 5, counts: [0, 0, 0, 0, 0, 4] });
  assert.equal(high?.tokens?.mean, 50);
  // Two of six bigrams: 0.333, in the seventh twentieth.
  assert.equal(high?.overlap?.median, 0.333);
  assert.deepEqual(high?.overlap?.bins.map((n, i) => [i, n]).filter(([, n]) => n !== 0), [[6, 2]]);
  // 0 and one of three.
  assert.deepEqual([low?.overlap?.mean, low?.overlap?.median], [1 / 6, 0]);
  assert.deepEqual([abnormal?.characters, abnormal?.overlap], [null, null]);
  // 8号 9号 8号 9号 甲乙 丙丁 甲乙 甲乙丙丁: three stood before, six stand more than once.
  assert.deepEqual([made.seenShare, made.repeatShare, made.pairsSeenShare], [3 / 8, 6 / 8, 1 / 4]);
  assert.deepEqual(made.operators, [
    { name: 'far-district', family: 'apart', pairs: 2 }, { name: 'homophone', family: 'typo', pairs: 2 }, { name: 'look-alike', family: 'typo', pairs: 1 }, { name: 'separators', family: 'layout', pairs: 1 },
  ]);
  assert.deepEqual(made.families, [{ name: 'apart', pairs: 2 }, { name: 'typo', pairs: 2 }, { name: 'layout', pairs: 1 }]);
  assert.deepEqual(made.kinds, [{ name: 'empty-left', pairs: 1 }]);
  assert.equal(made.certifiedLowShare, 0.5);
});

test('figures of nothing hold no NaN', () => {
  const made = collectFigures({ seed: 1 }, length).finish();
  assert.deepEqual([made.pairs, made.characters.mean, made.seenShare, made.certifiedLowShare], [0, 0, 0, null]);
  assert.doesNotMatch(JSON.stringify(made), /null.*mean|NaN/);
});

test('every bin and every length adds up to its class', () => {
  const dataset = createDataset({ seed: 3, mix: { high: 300, low: 200, boundary: 100, noisy: 50, abnormal: 20 } }, lexicon);
  const figures = collectFigures(dataset, length);
  for (const one of dataset.pairs()) figures.add(one);
  const sum = (counts: readonly number[] | undefined): number | undefined => counts?.reduce((total, n) => total + n, 0);
  for (const { name, pairs, characters, overlap } of figures.finish().classes) {
    if (name === 'abnormal') continue;
    assert.equal(sum(overlap?.bins), pairs);
    assert.equal(sum(characters?.counts), pairs * 2);
  }
});

test('the overlap is that of two sets, for any texts and through many comparisons', () => {
  const bigrams = (text: string): Set<string> => new Set(text.length < 2 ? [text] : Array.from({ length: text.length - 1 }, (_, i) => text.slice(i, i + 2)));
  const random = createRandom(4);
  const draw = (most: number): string => Array.from({ length: random.below(most) }, () => random.pick([...'北京市朝阳区建国路12'])).join('');
  for (let i = 0; i < 5000; i += 1) {
    const most = i % 500 === 0 ? 900 : 25;
    const [a, b] = [draw(most), draw(most)];
    const [first, second] = [bigrams(a), bigrams(b)];
    const common = [...second].filter((one) => first.has(one)).length;
    assert.equal(bigramOverlap(a, b), common / (first.size + second.size - common), `${a} / ${b}`);
  }
});
