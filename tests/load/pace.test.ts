import assert from 'node:assert/strict';
import test from 'node:test';
import { backOffMs, createPace, firstSendMs } from '../../harness/load/pace.js';

test('think times are uniform between their bounds, repeat with the seed, and differ between users', () => {
  const pauses = (seed: number, user: number): number[] => {
    const pace = createPace(seed, user, [100, 500]);
    return Array.from({ length: 4000 }, () => pace.next(false));
  };
  const one = pauses(7, 0);
  assert.deepEqual(one, pauses(7, 0));
  assert.notDeepEqual(one, pauses(7, 1));
  assert.notDeepEqual(one, pauses(8, 0));
  assert.ok(one.every((ms) => ms >= 100 && ms < 500));
  const mean = one.reduce((sum, ms) => sum + ms, 0) / one.length;
  // Standard error 400/√12/√4000 = 1.8 ms.
  assert.ok(Math.abs(mean - 300) < 8, String(mean));
  assert.equal(one.filter((ms) => ms < 200).length / one.length > 0.22, true);
});

test('equal bounds are a fixed pause, and zero is none', () => {
  assert.equal(createPace(1, 0, [250, 250]).next(false), 250);
  assert.equal(createPace(1, 0, [0, 0]).next(false), 0);
});

test('a lone failure costs no pause, failures in a row ever more, an answer forgives', () => {
  const pace = createPace(1, 0, [0, 0]);
  const failing = Array.from({ length: 12 }, () => pace.next(true));
  assert.deepEqual(failing, [0, 20, 40, 80, 160, 320, 640, 1000, 1000, 1000, 1000, 1000]);
  assert.equal(pace.next(false), 0);
  assert.equal(pace.next(true), 0);
  assert.equal(backOffMs(5000), 1000);
  const thinking = createPace(1, 0, [30, 30]);
  assert.deepEqual([thinking.next(true), thinking.next(true), thinking.next(true)], [30, 30, 40], 'the longer of think time and back-off');
});

test('first sends: each user within its own part of the first second of the warm-up, by the seed', () => {
  const users = 200;
  const moments = (seed: number, warmupS: number): number[] => Array.from({ length: users }, (_, user) => firstSendMs(seed, user, users, warmupS));
  const starts = moments(7, 5);
  assert.deepEqual(starts, moments(7, 1), 'a longer warm-up spreads them no further');
  assert.notDeepEqual(starts, moments(8, 5));
  assert.ok(starts.every((ms, user) => ms >= user * 5 && ms < (user + 1) * 5));
  assert.ok(moments(7, 0.5).every((ms, user) => ms * 2 === starts[user]));
  assert.ok(moments(7, 0).every((ms) => ms === 0), 'without a warm-up all at once');
});

test('first sends beat with no latency: against a server of 50 ms users are everywhere in its period, where even steps would meet at one to five moments', () => {
  for (const users of [20, 50, 100]) {
    const phases = Array.from({ length: users }, (_, user) => firstSendMs(2, user, users, 1) % 50);
    const tenths = new Set(phases.map((ms) => Math.floor(ms / 5)));
    assert.ok(tenths.size >= 8, `${String(users)} users: ${String(tenths.size)} of ten parts`);
  }
});
