import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../harness/model/random.js';
import { textOf } from '../../../harness/dataset/address/writing.js';
import type { Lexicon } from '../../../harness/dataset/lexicon/lexicon.js';
import { dropCharacter, homophone, lookAlike, stemLength, stutter } from '../../../harness/dataset/operator/typo.js';
import { lexicon, wholeOf } from '../world.js';

const slips = [homophone, lookAlike, dropCharacter, stutter];
const place = { city: '天津市', district: '河东区', road: '津塘路', number: '8', estate: '锦绣江南花园' };
const tries = Array.from({ length: 400 }, (_, seed) => seed);

test('a slip changes one name by one character, and never its kind, a number, a numeral or a direction', () => {
  for (const slip of slips) {
    let acted = 0;
    for (const seed of tries) {
      const before = wholeOf(place);
      const after = slip.apply(before, createRandom(seed), lexicon);
      if (after === undefined) continue;
      acted += 1;
      const changed = after.parts.filter((part, i) => part.text !== before.parts[i]?.text);
      assert.equal(changed.length, 1);
      const [part] = changed;
      const old = before.parts.find((candidate) => candidate.kind === part?.kind)?.text ?? '';
      assert.ok(['district', 'road', 'estate'].includes(part?.kind ?? ''));
      assert.equal(part?.text.slice(-1), old.slice(-1));
      for (const kept of old.match(/[东南]/g) ?? []) assert.ok(part?.text.includes(kept));
      assert.ok(Math.abs((part?.text.length ?? 0) - old.length) <= 1);
    }
    assert.ok(acted > 50, `${slip.name} acted ${acted} times`);
  }
});

test('a slip that would be the name of another place is refused', () => {
  // 河东 may become 何东, but a lexicon that knows 何东区 (or 柯东区) must forbid exactly that.
  const results = (known: Lexicon): Set<string> => new Set(tries.flatMap((seed) => {
    const after = homophone.apply(wholeOf(place), createRandom(seed), known);
    const text = after?.parts.find((part) => part.kind === 'district')?.text;
    return text === undefined || text === place.district ? [] : [text];
  }));
  const free = results(lexicon);
  const [victim] = free;
  assert.ok(victim !== undefined);
  const narrower = results({ ...lexicon, names: new Set([...lexicon.names, victim]) });
  assert.equal(narrower.has(victim), false);
  for (const text of free) assert.ok(!lexicon.names.has(text));
});

test('河东, 河西 and 河北 never turn into each other', () => {
  for (const district of ['河东区', '河西区', '河北区', '桥东区', '桥西区', '路南区', '路北区']) {
    for (const slip of slips) {
      for (const seed of tries.slice(0, 100)) {
        const after = slip.apply(wholeOf({ ...place, district }), createRandom(seed), lexicon);
        const text = after?.parts.find((part) => part.kind === 'district')?.text ?? district;
        assert.equal(text.match(/[东西南北]/)?.[0], district.match(/[东西南北]/)?.[0]);
        assert.ok(text === district || !lexicon.names.has(text), text);
      }
    }
  }
});

test('one name has one slip at most', () => {
  for (const seed of tries) {
    const random = createRandom(seed);
    let writing = wholeOf(place);
    for (const slip of [homophone, homophone, lookAlike, homophone, homophone]) writing = slip.apply(writing, random, lexicon) ?? writing;
    const originals = wholeOf(place).parts;
    for (const [i, part] of writing.parts.entries()) {
      const differing = [...part.text].filter((character, at) => character !== originals[i]?.text[at]).length;
      assert.ok(differing <= 1, `${originals[i]?.text ?? ''} → ${part.text}`);
    }
  }
});

test('the only name of an address, or the last one still right, is not mistyped', () => {
  for (const slip of slips) {
    for (const seed of tries.slice(0, 50)) {
      const random = createRandom(seed);
      const two = { city: '天津市', road: '津塘路', number: '8', estate: '锦绣江南花园' };
      let writing = wholeOf(two);
      for (let i = 0; i < 8; i += 1) writing = slip.apply(writing, random, lexicon) ?? writing;
      assert.ok(textOf(writing).includes(two.road) || textOf(writing).includes(two.estate), textOf(writing));
    }
    for (const seed of tries.slice(0, 50)) assert.equal(slip.apply(wholeOf({ city: '天津市', road: '津塘路', number: '8' }), createRandom(seed), lexicon), undefined);
  }
});

test('a name of two characters is not shortened', () => {
  for (const seed of tries) {
    const after = dropCharacter.apply(wholeOf({ city: '天津市', district: '静海区', road: '津塘路' }), createRandom(seed), lexicon);
    assert.equal(after, undefined, after && textOf(after));
  }
});

test('the kind of a name is known, whatever its length', () => {
  const cases: [string, number][] = [['景山街道', 2], ['肯德基(珠江路店)', 3], ['恩施自治州', 2], ['珠江路', 2], ['锦绣花园', 2], ['鸟巢', 2]];
  for (const [name, stem] of cases) assert.equal(stemLength(name), stem, name);
});
