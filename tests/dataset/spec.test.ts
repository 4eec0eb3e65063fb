import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDataset, datasetSpec, datasetSpecs } from '../../harness/dataset/index.js';
import { lexicon } from './world.js';

test('golden is 500 pairs of each class, seed 7', () => {
  const spec = datasetSpec('golden');
  assert.deepEqual([spec?.seed, spec?.mix], [7, { high: 500, low: 500, boundary: 500, noisy: 500, abnormal: 500 }]);
});

test('every spec can be made, and a change to one copy is none to the next', () => {
  for (const name of datasetSpecs) {
    const spec = datasetSpec(name);
    assert.ok(spec, name);
    const dataset = createDataset(spec, lexicon);
    assert.equal(dataset.pair(dataset.count - 1).index, dataset.count - 1);
    spec.mix.high = 1;
    assert.notEqual(datasetSpec(name)?.mix.high, 1);
  }
});

test('a name of another kind is no spec', () => {
  for (const name of ['quick', 'constructor', '', './golden']) assert.equal(datasetSpec(name), undefined);
});
