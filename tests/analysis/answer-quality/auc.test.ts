import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aucFinding, aucInterval, aucVariance } from '../../../harness/analysis/answer-quality/auc.js';
import { auc } from '../../../harness/model/rank.js';
import { createRandom } from '../../../harness/model/random.js';

test('the variance is that of Hanley and McNeil: their example of 51 and 58 pairs at 0.893 has a standard error of 0.032', () => {
  assert.ok(Math.abs(Math.sqrt(aucVariance(0.893, 51, 58)) - 0.032) < 0.0015, String(Math.sqrt(aucVariance(0.893, 51, 58))));
  assert.ok(Math.abs(aucVariance(0.5, 40, 40) - ((40 + 40 + 1) / (12 * 40 * 40))) < 2e-4, 'at ½ it is that of the Mann–Whitney statistic');
});

test('the bounds solve |θ − θ̂| = z·√V(θ); a perfect AUC has a lower bound below 1', () => {
  for (const [observed, m, n] of [[0.9, 30, 50], [0.62, 100, 20], [1, 40, 40], [0, 12, 40]] as const) {
    const { low, high } = aucInterval(observed, m, n, 0.95);
    for (const bound of [low, high]) {
      if (bound === observed) continue;
      assert.ok(Math.abs(Math.abs(bound - observed) - 1.959964 * Math.sqrt(aucVariance(bound, m, n))) < 1e-6, `${String(observed)} ${String(bound)}`);
    }
    assert.ok(low <= observed && observed <= high && low >= 0 && high <= 1);
  }
  assert.ok(aucInterval(1, 40, 40, 0.95).low < 0.97);
  assert.ok(aucInterval(0.9, 400, 400, 0.95).low > aucInterval(0.9, 40, 40, 0.95).low);
});

test('it covers the truth: exponential scores, whose AUC is known in closed form', () => {
  const random = createRandom(11);
  const exponential = (rate: number): number => -Math.log(1 - random.next()) / rate;
  for (const [ratio, m, n] of [[9, 25, 25], [19, 50, 30], [2, 40, 40]] as const) {
    const truth = ratio / (1 + ratio);
    let covered = 0;
    const runs = 400;
    for (let i = 0; i < runs; i += 1) {
      const positives = Array.from({ length: m }, () => exponential(1));
      const negatives = Array.from({ length: n }, () => exponential(ratio));
      const { low, high } = aucInterval(auc(positives, negatives) ?? 0, m, n, 0.95);
      if (low <= truth && truth <= high) covered += 1;
    }
    assert.ok(covered / runs > 0.92 && covered / runs <= 1, `${String(truth)}: ${String(covered / runs)}`);
  }
});

test('below ten on a side it refuses, and says how many pairs that takes', () => {
  const scores = (n: number, from: number): number[] => Array.from({ length: n }, (_, i) => from + i / 100);
  assert.deepEqual(aucFinding(scores(9, 1), scores(200, 0), 0.95), { kind: 'absent', why: 'too-few-pairs', needed: 20 });
  const found = aucFinding(scores(10, 5), scores(10, 0), 0.95);
  assert.ok(found.kind === 'found' && found.value.value === 1 && found.value.positives === 10 && found.value.n === 20);
});
