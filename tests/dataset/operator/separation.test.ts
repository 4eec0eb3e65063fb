import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../../../harness/model/random.js';
import type { Address } from '../../../harness/model/dataset.js';
import { certifyFar } from '../../../harness/dataset/lexicon/distance.js';
import { separations } from '../../../harness/dataset/operator/separation.js';
import { lexicon } from '../world.js';

/** What the two places of each hard separation have in common, and what they have not. */
const promises: Readonly<Record<string, (a: Address, b: Address) => boolean>> = {
  'far-district': (a, b) => a.city === b.city && a.district !== b.district,
  'far-anywhere': (a, b) => a.city !== b.city,
  'same-road-far-district': (a, b) => a.city === b.city && a.road === b.road && a.district !== b.district,
  'same-road-other-city': (a, b) => a.city !== b.city && a.road === b.road && a.number === b.number,
  'same-district-other-city': (a, b) => a.city !== b.city && a.district !== undefined && a.district === b.district,
  'same-brand': (a, b) => a.city === b.city && a.district !== b.district && a.poi?.split('(')[0] === b.poi?.split('(')[0],
  'conflicting-district': (a, b) => JSON.stringify({ ...a, district: '' }) === JSON.stringify({ ...b, district: '' }) && a.district !== b.district,
};

test('every separation gives two certified areas, and places that keep what its name says, whatever the seed', () => {
  assert.deepEqual(Object.keys(promises).sort(), separations.map(([{ name }]) => name).sort());
  fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.constantFrom(...separations), (seed, [separation]) => {
    const apart = separation.draw(lexicon, createRandom(seed));
    assert.ok(apart !== undefined);
    assert.ok((certifyFar(apart.areas[0].centre, apart.areas[1].centre) ?? 0) > 5);
    const [a, b] = apart.places;
    assert.ok(promises[separation.name]?.(a, b), `${separation.name} ${JSON.stringify(apart.places)}`);
    for (const [i, place] of apart.places.entries()) assert.deepEqual([place.city, place.district], [apart.areas[i]?.city, apart.areas[i]?.district]);
  }), { seed: 4, numRuns: 3000 });
});

test('a lexicon that knows no two such areas is told so, not searched for ever', () => {
  const small = { ...lexicon, sharedRoads: [], roadsAcrossCities: [], sharedDistricts: [] };
  for (const [separation] of separations) {
    if (/same-road|same-district/.test(separation.name)) assert.equal(separation.draw(small, createRandom(1)), undefined, separation.name);
  }
});
