import assert from 'node:assert/strict';
import { test } from 'node:test';
import { childrenFor, momentsOf, mostRps, numberOf, sizeOf, type Share } from '../../../harness/load/autocannon/share.js';
import { scheduleMs } from '../../../harness/load/schedule.js';
import { burstStageOf, openStageOf, replayStageOf, spikeStageOf, stageOf } from '../stage-setup.js';

const shares = (of: number): Share[] => Array.from({ length: of }, (_, index) => ({ index, of }));

test('every request of the schedule is one child\'s, under its own number and at its own moment', () => {
  for (const process of ['poisson', 'constant'] as const) {
    const schedule = scheduleMs({ process, rateRps: 7000 }, 1000, 3);
    for (const of of [1, 2, 3, 8]) {
      const met = new Float64Array(schedule.length).fill(NaN);
      for (const share of shares(of)) {
        const moments = momentsOf(share, schedule);
        moments.forEach((ms, i) => {
          assert.ok(Number.isNaN(met[numberOf(share, i)]), 'no request is two children\'s');
          met[numberOf(share, i)] = ms;
        });
        assert.deepEqual([...moments].sort((x, y) => x - y), [...moments], 'in order');
      }
      assert.deepEqual(met, schedule, `${process}, ${String(of)} children: all of them, at their moments`);
    }
  }
});

test('users and workers are dealt out evenly, each with a number of its own', () => {
  for (const [of, users] of [[2, 5], [3, 3], [8, 100], [4, 2]] as const) {
    const numbers = shares(of).flatMap((share) => Array.from({ length: sizeOf(share, users) }, (_, i) => numberOf(share, i)));
    assert.deepEqual(numbers.sort((x, y) => x - y), Array.from({ length: users }, (_, user) => user));
    const sizes = shares(of).map((share) => sizeOf(share, users));
    assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1, String(sizes));
  }
  assert.deepEqual(momentsOf({ index: 1, of: 2 }, new Float64Array(0)), new Float64Array(0));
});

test('one child up to 5,000 requests a second, then more; never more than cores or workers', () => {
  const open = (rateRps: number, cores = 16, inFlight = 500): number => childrenFor(openStageOf(rateRps, { inFlight }).arrival, cores, undefined);
  assert.deepEqual([open(1), open(5000), open(5001), open(12_000), open(12_000, 2), open(12_000, 1), open(12_000, 16, 2), open(1e6)], [1, 1, 2, 3, 2, 1, 2, 8]);
  const closed = (users: number, thinkMs: [number, number], aloneMs?: number): number => childrenFor(stageOf(users, { thinkMs }).arrival, 16, aloneMs);
  // 100 users of 10 ms and no pause cannot do more than 10,000 a second; with a pause of 90 ms no more than 1,000.
  assert.deepEqual([closed(100, [0, 0], 10), closed(101, [0, 0], 10), closed(100, [80, 100], 10), closed(100, [0, 0]), closed(2, [0, 0], 0)], [2, 3, 1, 1, 2]);
  assert.equal(childrenFor(burstStageOf(9000, { everyS: 1 }).arrival, 16, 1), 1, 'a burst has its workers in one child');
  assert.equal(mostRps(spikeStageOf({ peakRps: 6000 }).arrival, undefined), 6000);
  assert.equal(childrenFor(replayStageOf(Float64Array.from({ length: 6000 }, (_, i) => i / 6), 1, 100).arrival, 16, undefined), 2);
});
