import assert from 'node:assert/strict';
import { test } from 'node:test';
import { restrictLexicon, splitOf, splits } from '../../../harness/dataset/training/split.js';
import { lexicon } from '../world.js';

const sides = Object.fromEntries(splits.map((split) => [split, restrictLexicon(lexicon, split)]));
const areasOf = (split: string) => [...(sides[split]?.urbanAreas ?? []), ...(sides[split]?.otherAreas ?? [])];

test('no district name and no road stands on both sides', () => {
  for (const split of splits) {
    assert.ok(areasOf(split).length > 100, `${split}: ${String(areasOf(split).length)} areas`);
    for (const area of areasOf(split)) {
      assert.equal(splitOf(area.district ?? area.city), split);
      assert.ok(area.roads.length > 0 && area.roads.every((road) => splitOf(road) === split));
    }
  }
});

test('about one district in five is held out', () => {
  const share = lexicon.areas.filter((area) => splitOf(area.district ?? area.city) === 'held-out').length / lexicon.areas.length;
  assert.ok(share > 0.15 && share < 0.25, String(share));
});

test('lists of indices point to areas of the same side, which are restricted as well', () => {
  for (const split of splits) {
    const side = sides[split] ?? lexicon;
    assert.equal(side.areas.length, lexicon.areas.length);
    const inside = new Set(areasOf(split).map((area) => area.index));
    for (const area of side.areasWithFarPeers) {
      assert.ok(area.farPeers.length > 0);
      for (const peer of area.farPeers) assert.ok(inside.has(peer));
    }
    for (const list of [side.sharedRoads, side.roadsAcrossCities, side.sharedDistricts]) {
      assert.ok(list.length > 0, split);
      for (const { first, second } of list) assert.ok(inside.has(first) && inside.has(second));
    }
    for (const { name } of [...side.sharedRoads, ...side.roadsAcrossCities]) assert.equal(splitOf(name), split);
    for (const area of areasOf(split)) assert.equal(side.areas[area.index], area, 'the same object by index and by list');
  }
});

test('the lexicon itself stays as it was', () => {
  assert.ok(lexicon.areas.some((area) => area.roads.some((road) => splitOf(road) === 'train') && area.roads.some((road) => splitOf(road) === 'held-out')));
});
