import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Address, AddressPair, PairClass } from '../../../harness/model/dataset.js';
import type { ProfilePlan } from '../../../harness/model/profile.js';
import { createDataset, fitLog } from '../../../harness/dataset/index.js';
import { isHardOperator, neighbours } from '../../../harness/dataset/operator/index.js';
import { logOfShape, logShapes, type LogShape } from '../profile/log-shapes.js';
import { lexicon, noMix } from '../world.js';

/** What every class promises, for any seed, any number of the pair and any share of hard pairs. */

const fieldOf = new Map(neighbours.map(([neighbour]) => [neighbour.name, neighbour.field]));
const differing = ({ fields }: AddressPair): string[] => {
  const { a, b } = fields as { a: Address; b: Address };
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => a[key as keyof Address] !== b[key as keyof Address]);
};

const promises: Readonly<Record<Exclude<PairClass, 'abnormal'>, (pair: AddressPair) => void>> = {
  high(pair) {
    assert.deepEqual(differing(pair), []);
    assert.equal(pair.expected[0], 'exact');
    assert.equal(pair.hard === true, pair.operators.some(isHardOperator));
  },
  low(pair) {
    assert.ok((pair.distanceKm ?? 0) > 5 && pair.certified === true);
    assert.deepEqual(pair.expected, ['not']);
  },
  boundary(pair) {
    assert.deepEqual(differing(pair), [fieldOf.get(pair.operators[0] ?? '')]);
    assert.ok(!pair.expected.includes('exact'));
    assert.equal(pair.hard, undefined);
  },
  noisy(pair) {
    assert.deepEqual(differing(pair), []);
    assert.deepEqual(pair.expected, ['exact']);
    assert.ok(pair.operators.length >= 2 && pair.operators.length <= 4);
  },
};

/** After a log that names much, and of which some repeats: every setting of the habits differs from those that ship. */
const fitted = ((): ProfilePlan => {
  const fit = fitLog(lexicon);
  const log = createDataset({ seed: 5, mix: { ...noMix, high: 30, low: 80, boundary: 60 }, profile: { kind: 'long' } }, lexicon);
  for (const pair of log.pairs()) {
    fit.add(pair);
    if (pair.index % 4 === 0) fit.add(pair);
  }
  return { kind: 'fitted', file: 'log.json', fitted: fit.finish(0) };
})();

/** After a log of villages, and of names and doors that mostly say no region. */
const ofShapes = ((): ProfilePlan => {
  const fit = fitLog(lexicon);
  for (const name of ['villages', 'names alone', 'road and number alone']) for (const row of logOfShape(logShapes[name] as LogShape, 150, 4)) fit.add(row);
  return { kind: 'fitted', file: 'shapes.json', fitted: fit.finish(0) };
})();

const profiles: readonly ProfilePlan[] = [
  { kind: 'typical' }, { kind: 'long' }, { kind: 'unique' },
  { kind: 'duplicates', repeats: { kind: 'share', share: 0.4, zipf: 0.8 } }, { kind: 'duplicates', repeats: { kind: 'zipf', zipf: 1.1, distinct: 20 } },
  fitted, ofShapes,
];
const nameOf = (profile: ProfilePlan): string => (profile.kind === 'fitted' ? `fitted, ${profile.file}` : JSON.stringify(profile));

for (const name of ['high', 'low', 'boundary', 'noisy'] as const) for (const profile of profiles) {
  test(`${name}, ${nameOf(profile)}: the promise holds for any seed`, () => {
    const count = 50;
    fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: count - 1 }), fc.constantFrom(0, 0.3, 1), (seed, index, share) => {
      const dataset = createDataset({ seed, mix: { ...noMix, [name]: count }, hard: { high: share, low: share }, profile }, lexicon);
      const pair = dataset.pair(index);
      assert.deepEqual(dataset.pair(index), pair, 'made again, it is the same');
      assert.deepEqual([pair.class, pair.seed, pair.index], [name, seed, index]);
      assert.notEqual(pair.a, pair.b);
      const most = profile.kind === 'long' || profile.kind === 'fitted' ? 128 : 64;
      assert.ok([...pair.a].length <= most && [...pair.b].length <= most);
      promises[name](pair);
    }), { seed: 2, numRuns: profile.kind === 'typical' ? 800 : 200 });
  });
}
