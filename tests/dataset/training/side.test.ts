import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../../../harness/model/random.js';
import type { Address } from '../../../harness/model/dataset.js';
import { fieldSet, writtenOrder, type WrittenField } from '../../../harness/dataset/address/render.js';
import { homophone } from '../../../harness/dataset/operator/index.js';
import { recordCrossing } from '../../../harness/dataset/training/record.js';
import { drawShown, fieldBit, writeSide, type SideOrder } from '../../../harness/dataset/training/side.js';
import { lexicon, plainWording } from '../world.js';

const place: Address = { province: '江苏省', city: '南京市', district: '玄武区', town: '新街口街道', road: '珠江路', number: '8', poi: '金鹰国际大厦', building: 'A', floor: '12' };
const order: SideOrder = { place, role: 'record', must: 0, hide: 0, wording: plainWording, barred: 0, operators: [] };
const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const roles = fc.constantFrom('query', 'record');

test('what must be shown is shown, what is hidden is not, and a number never stands without its road', () => {
  const fields = fc.subarray([...writtenOrder]).map((list) => fieldSet(list as WrittenField[]));
  fc.assert(fc.property(seeds, roles, fields, fields, (seed, role, must, hide) => {
    const shown = drawShown(place, role, must, hide, createRandom(seed));
    assert.equal(shown & must & ~hide & ~fieldBit('number'), must & ~hide & ~fieldBit('number'));
    if ((shown & fieldBit('number')) !== 0) assert.notEqual(shown & fieldBit('road'), 0);
  }), { seed: 1, numRuns: 2000 });
});

test('a side is never empty, and says the name where the label hangs on it', () => {
  fc.assert(fc.property(seeds, roles, (seed, role) => {
    const { text } = writeSide({ ...order, role, must: fieldSet(['poi', 'building']) }, createRandom(seed), lexicon);
    assert.match(text, /金鹰国际大厦A座/);
    assert.notEqual(writeSide({ ...order, role }, createRandom(seed), lexicon).text, '');
  }), { seed: 1, numRuns: 500 });
});

test('people write more of the prefix than maps', () => {
  const prefix = (role: 'query' | 'record'): number => {
    let levels = 0;
    for (let seed = 0; seed < 2000; seed += 1) {
      const shown = drawShown(place, role, 0, 0, createRandom(seed));
      for (const level of ['province', 'city', 'district', 'town']) if ((shown & fieldBit(level)) !== 0) levels += 1;
    }
    return levels / 2000;
  };
  assert.ok(prefix('query') > 1.5 * prefix('record'), `${String(prefix('query'))} against ${String(prefix('record'))}`);
});

test('nobody mistypes the field in which two places differ', () => {
  let slips = 0;
  for (let seed = 0; seed < 400; seed += 1) {
    const { text, names } = writeSide({ ...order, must: fieldSet(['district', 'road', 'poi']), barred: fieldSet(['road', 'poi']), operators: [homophone] }, createRandom(seed), lexicon);
    assert.ok(text.includes('珠江路') && text.includes('金鹰国际大厦'), text);
    slips += names.length;
  }
  assert.ok(slips > 50, String(slips));
});

test('a crossing does not take the place of a number that the label hangs on', () => {
  const acted = (must: SideOrder['must']): number =>
    Array.from({ length: 100 }, (_, seed) => writeSide({ ...order, must, operators: [recordCrossing] }, createRandom(seed), lexicon)).filter(({ names }) => names.length > 0).length;
  assert.ok(acted(fieldSet(['poi'])) > 30);
  assert.equal(acted(fieldSet(['road', 'number'])), 0);
});
