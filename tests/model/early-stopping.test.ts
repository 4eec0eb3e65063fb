import assert from 'node:assert/strict';
import { test } from 'node:test';
import { binomialCdf } from '../../harness/analysis/distribution.js';
import { decideShare, requestsToDecide, requestsToPass } from '../../harness/model/early-stopping.js';
import { createRandom } from '../../harness/model/random.js';

test('the table of MLPerf LoadGen at 99 %', () => {
  const table: [allowed: number, needed: readonly number[]][] = [[0.1, [44, 64, 81, 127, 197, 325, 681]], [0.05, [90, 130, 165, 259, 398, 656, 1372]], [0.01, [459, 662, 838, 1307, 2010, 3304, 6898]], [0.001, [4603, 6636, 8403, 13_105, 20_140]]];
  for (const [allowed, needed] of table) {
    assert.deepEqual([0, 1, 2, 5, 10, 20, 50].slice(0, needed.length).map((bad) => requestsToPass(bad, allowed)), needed, String(allowed));
  }
  assert.equal(requestsToPass(100, 0.05), 2504);
  assert.equal(requestsToPass(100, 0.01), 12_571);
});

test('at 95 %, and at the edge of each number', () => {
  assert.deepEqual([0, 1, 2, 5, 10, 20, 50].map((bad) => requestsToPass(bad, 0.05, 0.95)), [59, 93, 124, 208, 336, 577, 1260]);
  for (const bad of [0, 3, 40]) {
    const needed = requestsToPass(bad, 0.05);
    assert.deepEqual([decideShare(bad, needed, 0.05), decideShare(bad, needed - 1, 0.05)], ['pass', 'undecided']);
  }
});

test('pass and fail are the two tails of the binomial, also where the first term underflows', () => {
  for (const [bad, n, allowed] of [[3, 400, 0.05], [31, 400, 0.05], [4800, 100_000, 0.05], [5000, 100_000, 0.05], [5300, 100_000, 0.05], [60_000, 100_000, 0.5], [50_100, 100_000, 0.5]] as const) {
    const below = binomialCdf(bad, n, allowed) <= 0.01;
    const above = 1 - binomialCdf(bad - 1, n, allowed) <= 0.01;
    assert.equal(decideShare(bad, n, allowed), below ? 'pass' : above ? 'fail' : 'undecided', String(bad));
  }
});

test('wrong no more often than one time in a hundred, at a share on the limit', () => {
  const random = createRandom(5);
  const runs = 4000;
  const said = { pass: 0, fail: 0, undecided: 0 };
  for (let run = 0; run < runs; run += 1) {
    let bad = 0;
    for (let i = 0; i < 400; i += 1) if (random.chance(0.05)) bad += 1;
    said[decideShare(bad, 400, 0.05)] += 1;
  }
  // 1 % of 4,000 is 40; three standard deviations above lie 59.
  assert.ok(said.pass > 0 && said.pass < 59 && said.fail > 0 && said.fail < 59, JSON.stringify(said));
});

test('how many requests would decide, were the share as it was', () => {
  assert.equal(requestsToDecide(0, 0, 0.05), 90);
  const needed = requestsToDecide(16, 400, 0.05);
  assert.ok(needed !== null && needed > 400);
  assert.equal(decideShare(Math.round(0.04 * needed), needed, 0.05), 'pass');
  const slow = requestsToDecide(24, 400, 0.05);
  assert.equal(decideShare(Math.round(0.06 * (slow ?? 0)), slow ?? 0, 0.05), 'fail');
  assert.equal(requestsToDecide(20, 400, 0.05, 0.99, 1_000_000), null, 'a share on the limit is never decided');
});

test('no request decides nothing; what is no count is refused', () => {
  assert.equal(decideShare(0, 0, 0.05), 'undecided');
  for (const [bad, n, allowed, confidence] of [[-1, 10, 0.05, 0.99], [11, 10, 0.05, 0.99], [0.5, 10, 0.05, 0.99], [0, 10, 0, 0.99], [0, 10, 1, 0.99], [0, 10, 0.05, 1]] as const) {
    assert.throws(() => decideShare(bad, n, allowed, confidence), RangeError);
  }
});
