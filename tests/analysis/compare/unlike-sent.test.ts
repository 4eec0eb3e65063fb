import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trafficDifferences, type RoundFigures } from '../../../harness/analysis/compare/index.js';
import { unlikeSent } from '../../../harness/analysis/compare/unlike-sent.js';
import { createRandom, type Random } from '../../../harness/model/random.js';
import type { Sent } from '../../../harness/model/sent.js';

const once = (tokens: Sent['tokens'], times: Sent['times'] = [[1, 500]]): Sent => ({ requests: times.reduce((sum, [n, texts]) => sum + n * texts, 0), tokens, times });
/** Lengths about a mean, as so many draws have them. */
function drawn(n: number, mean: number, dice: Random): Sent {
  const counts = new Map<number, number>();
  for (let i = 0; i < n; i += 1) {
    const length = Math.round(mean + 12 * (dice.next() + dice.next() - 1));
    counts.set(length, (counts.get(length) ?? 0) + 1);
  }
  return once([...counts].sort(([x], [y]) => x - y), [[1, n / 2]]);
}

test('lengths: the same distribution, one that is shifted, one that is only a little so', () => {
  assert.deepEqual(unlikeSent(once([[10, 600], [20, 400]]), once([[10, 1200], [20, 800]]), true), []);
  assert.deepEqual(unlikeSent(once([[10, 600], [20, 400]]), once([[10, 500], [20, 500]]), true), ['sentTokens']);
  assert.deepEqual(unlikeSent(once([[10, 6000], [20, 4000]]), once([[10, 5600], [20, 4400]]), true), [], 'four points of a hundred do not matter');
  assert.deepEqual(unlikeSent(once([[10, 6], [20, 4]]), once([[10, 4], [20, 6]]), true), [], 'ten of each say nothing');
  assert.deepEqual(unlikeSent(once([]), once([]), true), []);
  assert.deepEqual(unlikeSent(once([]), once([[10, 5]]), true), ['sentTokens']);
});

test('draws from one distribution are called unlike at most once in a hundred; a tenth longer ones always', () => {
  const dice = createRandom(11);
  const alarms = (longer: number): number => Array.from({ length: 400 }, () => unlikeSent(drawn(1000, 20, dice), drawn(1000, 20 + longer, dice), true).length).reduce((sum, n) => sum + n, 0);
  assert.ok(alarms(0) <= 4);
  assert.equal(alarms(2), 400);
});

test('repeats matter where a cache may answer', () => {
  const [one, again] = [once([[10, 10]], [[1, 1000]]), once([[10, 10]], [[1, 700], [2, 300]])];
  // 1,300 requests of 1,000 texts: 23 % came again.
  assert.deepEqual(unlikeSent(one, again, true), ['sentRepeats']);
  assert.deepEqual(unlikeSent(one, again, false), []);
  assert.deepEqual(unlikeSent(one, once([[10, 10]], [[1, 960], [2, 40]]), true), []);
});

test('stages are held against those of the same name; a record without counts is held against nothing', () => {
  const round = (sent: Sent | undefined, part: Partial<RoundFigures> = {}): RoundFigures => ({ stages: [{ name: 'a', figures: {}, sent: once([[1, 1000]]) }, { name: 'b', figures: {}, sent }], run: {}, traffic: { requests: '10' }, ...part });
  const long = once([[30, 1000]]);
  assert.deepEqual(trafficDifferences(round(once([[10, 1000]])), round(long)), ['sentTokens']);
  assert.deepEqual(trafficDifferences(round(once([[10, 1000]])), round(undefined)), []);
  assert.deepEqual(trafficDifferences(round(long), { ...round(long), stages: [{ name: 'c', figures: {}, sent: once([[1, 1000]]) }] }), []);
  const [one, again] = [once([[10, 10]], [[1, 1000]]), once([[10, 10]], [[5, 200]])];
  assert.deepEqual(trafficDifferences(round(one, { cached: false }), round(again, { cached: false })), []);
  assert.deepEqual(trafficDifferences(round(one, { cached: false }), round(again, { cached: true })), ['sentRepeats']);
});
