import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DatasetPlan } from '../../../harness/model/dataset.js';
import type { ProfileField, ProfilePlan, RepeatPlan } from '../../../harness/model/profile.js';
import { askedRepeatShare } from '../../../harness/model/repeats.js';
import { createFieldFinder, fieldBit } from '../../../harness/dataset/address/recognise.js';
import { createDataset } from '../../../harness/dataset/index.js';
import { realPresence } from '../../../harness/dataset/profile/habit.js';
import { lexicon, noMix } from '../world.js';

const even = (count: number): DatasetPlan['mix'] => ({ high: count, low: count, boundary: count, noisy: count, abnormal: 0 });
const planOf = (mix: DatasetPlan['mix'], profile: ProfilePlan, seed = 7): DatasetPlan => ({ seed, mix, hard: { high: 0.4, low: 0.4 }, profile });

function lengthsOf(kind: 'typical' | 'long', count: number, seed: number): { mean: number; p50: number; p90: number; max: number; beyond: number } {
  const lengths = [...createDataset(planOf(even(count), { kind }, seed), lexicon).pairs()].flatMap(({ a, b }) => [[...a].length, [...b].length]).sort((x, y) => x - y);
  const at = (share: number): number => lengths[Math.ceil(share * lengths.length) - 1] ?? 0;
  return { mean: lengths.reduce((sum, n) => sum + n, 0) / lengths.length, p50: at(0.5), p90: at(0.9), max: at(1), beyond: lengths.filter((n) => n > 64).length / lengths.length };
}

test('typical is as long as real queries: mean 19, p50 18, p90 31', () => {
  for (const seed of [7, 8]) {
    const { mean, p50, p90, max } = lengthsOf('typical', 2500, seed);
    assert.ok(Math.abs(mean - 19) < 0.7 && Math.abs(p50 - 18) <= 1 && Math.abs(p90 - 31) <= 1 && max <= 64, JSON.stringify({ mean, p50, p90, max }));
  }
});

test('typical names every field about as often as real writers do', () => {
  const fieldsOf = createFieldFinder(lexicon);
  const named = fieldBit('estate') | fieldBit('poi');
  for (const seed of [7, 8]) {
    const texts = [...createDataset(planOf(even(2500), { kind: 'typical' }, seed), lexicon).pairs()].flatMap(({ a, b }) => [a, b]).map(fieldsOf);
    for (const [field, real] of Object.entries(realPresence)) {
      const bits = field === 'named' ? named : fieldBit(field as ProfileField);
      const share = 100 * texts.filter((found) => (found & bits) !== 0).length / texts.length;
      assert.ok(Math.abs(share - real) <= 9, `seed ${String(seed)}: ${field} in ${share.toFixed(1)} %, real ${String(real)} %`);
    }
  }
});

test('long has 32 characters in the mean, up to 64 and beyond', () => {
  const { mean, max, beyond } = lengthsOf('long', 2500, 7);
  assert.ok(Math.abs(mean - 32) < 1 && max > 64 && max <= 128 && beyond > 0.003 && beyond < 0.05, JSON.stringify({ mean, max, beyond }));
});

test('unique: no address of a million stands twice', () => {
  const { pairs } = createDataset(planOf(even(125_000), { kind: 'unique' }), lexicon);
  const seen = new Set<string>();
  let count = 0;
  for (const { a, b } of pairs()) {
    seen.add(a).add(b);
    count += 2;
  }
  assert.equal(count, 1_000_000);
  assert.equal(seen.size, count);
});

test('unique: abnormal requests beside the pairs change none of them', () => {
  const dataset = createDataset(planOf({ ...even(20), abnormal: 40 }, { kind: 'unique' }), lexicon);
  const forwards = [...dataset.pairs()];
  for (let i = forwards.length - 1; i >= 0; i -= 1) assert.deepEqual(dataset.pair(i), forwards[i]);
});

test('unique: more pairs than can be is an error that says how many can be', () => {
  assert.throws(() => createDataset(planOf({ ...noMix, high: 5_000_000 }, { kind: 'unique' }), lexicon), { code: 'usage', message: /can make 4,000,000 pairs .* 5,000,000 are wanted/ });
});

const repeats: readonly RepeatPlan[] = [
  ...[0, 0.05, 0.3, 0.63, 0.9].map((share): RepeatPlan => ({ kind: 'share', share, zipf: 0.8 })),
  ...[0, 0.6, 1, 1.1, 2].flatMap((zipf) => [100, 2000, 100_000].map((distinct): RepeatPlan => ({ kind: 'zipf', zipf, distinct }))),
];

for (const plan of repeats) {
  test(`duplicates ${JSON.stringify(plan)}: the share of repeats is the one asked for, within a point, and hard shares hold`, () => {
    for (const [count, seed] of [[50, 1], [500, 2], [3000, 3]] as const) {
      const asked = planOf(even(count), { kind: 'duplicates', repeats: plan }, seed);
      const pairs = [...createDataset(asked, lexicon).pairs()];
      const texts = new Set(pairs.flatMap(({ a, b }) => [a, b]));
      const achieved = 1 - texts.size / (2 * pairs.length);
      assert.equal(new Set(pairs.map(({ a, b }) => `${a}|${b}`)).size * 2, texts.size, 'an address comes again with its pair only');
      assert.ok(Math.abs(achieved - askedRepeatShare(asked)) <= 0.01, `${String(count)}: ${String(achieved)} for ${String(askedRepeatShare(asked))}`);
      if (plan.kind === 'share') assert.ok(Math.abs(askedRepeatShare(asked) - plan.share) < 1e-9);
      assert.equal(pairs.filter((pair) => pair.hard === true).length, 2 * Math.round(count * 0.4));
    }
  });
}
