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

test('first sends are spread over the first second of the warm-up', () => {
  assert.deepEqual([0, 1, 2, 3].map((user) => firstSendMs(user, 4, 5)), [0, 250, 500, 750]);
  assert.deepEqual([0, 1].map((user) => firstSendMs(user, 2, 0.5)), [0, 250]);
  assert.deepEqual([0, 1].map((user) => firstSendMs(user, 2, 0)), [0, 0]);
});
