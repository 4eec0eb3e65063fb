import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom, mixSeed, shuffledIndices } from '../../harness/model/random.js';

test('mulberry32 gives its published stream', () => {
  const random = createRandom(1);
  assert.deepEqual([random.next(), random.next(), random.next()], [0.6270739405881613, 0.002735721180215478, 0.5274470399599522]);
});

test('the same seed gives the same stream; only its low 32 bits count', () => {
  const first = (seed: number): number[] => Array.from({ length: 20 }, ((random) => () => random.next())(createRandom(seed)));
  assert.deepEqual(first(7), first(7));
  assert.deepEqual(first(7 + 2 ** 32), first(7));
  assert.notDeepEqual(first(7), first(8));
});

test('numbers fill [0, 1) evenly', () => {
  const random = createRandom(42);
  const bins = Array.from({ length: 20 }, () => 0);
  for (let i = 0; i < 20_000; i += 1) bins[Math.floor(random.next() * 20)]! += 1;
  const chiSquare = bins.reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0);
  // 0.1 % and 99.9 % points of chi-square with 19 degrees of freedom
  assert.ok(chiSquare > 5.41 && chiSquare < 43.82, String(chiSquare));
});

test('chance, below and pick keep their promises', () => {
  const random = createRandom(3);
  let hits = 0;
  const seen = new Set<string>();
  for (let i = 0; i < 10_000; i += 1) {
    if (random.chance(0.3)) hits += 1;
    const n = random.below(7);
    assert.ok(Number.isInteger(n) && n >= 0 && n < 7);
    seen.add(random.pick(['a', 'b', 'c']));
  }
  assert.ok(Math.abs(hits - 3000) < 200, String(hits));
  assert.deepEqual([...seen].sort(), ['a', 'b', 'c']);
  assert.equal(random.chance(0), false);
  assert.equal(random.chance(1), true);
  assert.throws(() => random.pick([]), RangeError);
});

test('mixing a seed with neighbouring streams shares nothing: no collisions, half of the bits differ', () => {
  const seen = new Set<number>();
  let bits = 0;
  for (let seed = 0; seed < 40; seed += 1) {
    for (let stream = 0; stream < 250; stream += 1) {
      const mixed = mixSeed(seed, stream);
      seen.add(mixed);
      for (let x = mixed ^ mixSeed(seed, stream + 1); x !== 0; x &= x - 1) bits += 1;
    }
  }
  // 10,000 draws from 2^32 collide 0.01 times on average
  assert.ok(seen.size >= 9_999, String(seen.size));
  assert.ok(Math.abs(bits / 10_000 - 16) < 0.5, String(bits / 10_000));
});

test('a shuffle is a permutation, and every permutation is as likely', () => {
  fc.assert(fc.property(fc.nat(200), fc.nat(), (count, seed) => {
    assert.deepEqual([...shuffledIndices(count, seed)].sort((a, b) => a - b), Array.from({ length: count }, (_, i) => i));
  }));
  const times = new Map<string, number>();
  for (let seed = 0; seed < 6000; seed += 1) {
    const order = [...shuffledIndices(3, mixSeed(seed, 1))].join('');
    times.set(order, (times.get(order) ?? 0) + 1);
  }
  assert.equal(times.size, 6);
  for (const [order, n] of times) assert.ok(Math.abs(n - 1000) < 150, `${order} ${String(n)}`);
});
