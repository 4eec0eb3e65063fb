import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../harness/model/random.js';
import { expectedDistinct } from '../../../harness/model/zipf.js';
import { drawRank } from '../../../harness/dataset/profile/zipf.js';

for (const [n, s] of [[1, 1], [2, 0.5], [10, 0], [10, 1], [50, 0.8], [1000, 1.1], [1000, 2.5]] as const) {
  test(`ranks of Zipf's law, ${String(n)} with exponent ${String(s)}`, () => {
    const draws = 60_000;
    const random = createRandom(5);
    const counts = new Array<number>(n).fill(0);
    for (let i = 0; i < draws; i += 1) {
      const rank = drawRank(n, s, random);
      assert.ok(Number.isInteger(rank) && rank >= 1 && rank <= n);
      counts[rank - 1] = (counts[rank - 1] ?? 0) + 1;
    }
    const weights = counts.map((_, i) => (i + 1) ** -s);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    for (const [i, count] of counts.entries()) {
      const expected = (draws * (weights[i] ?? 0)) / total;
      assert.ok(Math.abs(count - expected) < 5 * Math.sqrt(expected) + 5, `rank ${String(i + 1)}: ${String(count)} for ${String(expected)}`);
    }
  });
}

test('the expected number of different ranks is that of the sum, rank by rank', () => {
  for (const [n, s, draws] of [[1, 1, 5], [100, 0, 100], [20_000, 0.8, 5000], [100_000, 1.1, 200_000]] as const) {
    let total = 0;
    for (let k = 1; k <= n; k += 1) total += k ** -s;
    let exact = 0;
    for (let k = 1; k <= n; k += 1) exact += 1 - (1 - k ** -s / total) ** draws;
    assert.ok(Math.abs(expectedDistinct(n, s, draws) / exact - 1) < 1e-4, `${String(n)} ${String(s)}`);
  }
});
