import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collectFigures, createDataset } from '../../../harness/dataset/index.js';
import type { DatasetPlan } from '../../../harness/model/dataset.js';
import type { DatasetFigures } from '../../../harness/model/dataset-figures.js';
import { datasetPage, datasetText } from '../../../harness/report/index.js';
import { lexicon } from '../../dataset/world.js';
import { sameAsFile } from '../golden.js';

function figuresOf(mix: DatasetPlan['mix']): DatasetFigures {
  const dataset = createDataset({ seed: 5, mix }, lexicon);
  const figures = collectFigures(dataset, (text) => text.length);
  for (const pair of dataset.pairs()) figures.add(pair);
  return figures.finish();
}
/** Written down, so that the text does not change with the generator. */
const lengths = { mean: 18.25, p50: 18, p90: 27, max: 41, counts: [0, 3, 5] };
const known: DatasetFigures = {
  seed: 7, pairs: 12_345, addresses: 24_000, characters: lengths, tokens: { ...lengths, mean: 16.5 },
  classes: [
    { name: 'high', pairs: 8000, hard: 3200, characters: lengths, tokens: lengths, overlap: { mean: 0.5, median: 0.52, bins: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1] } },
    { name: 'low', pairs: 4000, hard: 0, characters: lengths, tokens: lengths, overlap: { mean: 0.123, median: 0.1, bins: [9, 8, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] } },
    { name: 'abnormal', pairs: 345, hard: 0, characters: null, tokens: null, overlap: null },
  ],
  seenShare: 0.0123, repeatShare: 0.02, pairsSeenShare: 0, certifiedLowShare: 1,
  operators: [{ name: 'homophone', family: 'typo', pairs: 900 }, { name: 'far-district', family: 'apart', pairs: 12 }], families: [{ name: 'typo', pairs: 900 }, { name: 'apart', pairs: 12 }],
  kinds: [{ name: 'empty-left', pairs: 345 }],
};

test('the text of known figures, in both languages', () => {
  for (const language of ['en', 'zh-CN'] as const) sameAsFile(`tests/golden/report/dataset.${language}.txt`, `${datasetText(known, language)}\n`);
});

test('the page holds its charts and tables, asks for nothing and lets nothing in', async () => {
  const figures = figuresOf({ high: 90, low: 80, boundary: 70, noisy: 60, abnormal: 95 });
  for (const language of ['en', 'zh-CN'] as const) {
    const page = await datasetPage(figures, 'a<b>"c', '1.2.3', language);
    assert.equal(page.match(/<svg /g)?.length, 6);
    assert.match(page, /Content-Security-Policy" content="default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'/);
    assert.doesNotMatch(page, /https?:\/\/(?!www\.w3\.org)/);
    assert.ok(page.includes('<h1>a&lt;b&gt;&quot;c</h1>'));
    assert.match(page, new RegExp(`<html lang="${language}">`));
    for (const { name } of figures.operators) assert.ok(page.includes(`>${name}<`), name);
    for (const { name } of figures.kinds) assert.ok(page.includes(`<code>${name}</code>`), name);
    assert.doesNotMatch(page, />undefined|undefined,|NaN|\[object/);
    assert.equal(await datasetPage(figures, 'a<b>"c', '1.2.3', language), page, 'the same figures give the same bytes');
  }
});

test('a dataset of abnormal requests alone has a page, too', async () => {
  const figures = figuresOf({ high: 0, low: 0, boundary: 0, noisy: 0, abnormal: 95 });
  const page = await datasetPage(figures, 'abnormal', '1.2.3', 'en');
  assert.match(page, /There are no pairs of addresses/);
  assert.equal(page.match(/<svg /g)?.length, 1);
  assert.doesNotMatch(datasetText(figures, 'en'), /NaN|[^-]undefined/);
});
