import assert from 'node:assert/strict';
import test from 'node:test';
import type { Clock } from '../../harness/host/index.js';
import { createStepWatch } from '../../harness/load/step-watch.js';

/** Both clocks by hand; the wall clock shows whole milliseconds. */
function clockOf(now: { mono: number; wall: number }): Clock {
  return { nowMs: () => now.mono, epochMs: () => Math.floor(now.wall), sleep: () => Promise.resolve(), every: () => () => undefined };
}

test('a slewed clock is no step, a set clock is', () => {
  const now = { mono: 0, wall: 1_700_000_000_000.4 };
  const watch = createStepWatch(clockOf(now));
  const pass = (looks: number, rate = 1): void => {
    for (let i = 0; i < looks; i += 1) {
      now.mono += 100.3;
      now.wall += 100.3 * rate;
      watch.look();
    }
  };
  pass(600, 1.0005);
  assert.ok(watch.largestMs() <= 0.6, `500 ppm for a minute: ${String(watch.largestMs())}`);
  now.wall -= 25;
  pass(30);
  assert.ok(Math.abs(watch.largestMs() - 25) < 2, String(watch.largestMs()));
});

test('a core that is lost between reading both clocks is no step', () => {
  let mono = 0;
  let lostMs = 0;
  // The loss comes after the wall clock was read, as it did once in an hour of load on a crowded machine.
  const clock: Clock = { ...clockOf({ mono: 0, wall: 0 }), nowMs: () => mono, epochMs: () => { const wall = 1_700_000_000_000 + Math.floor(mono); mono += lostMs; return wall; } };
  const watch = createStepWatch(clock);
  for (let i = 0; i < 60; i += 1) {
    lostMs = i % 20 === 7 ? 47.8 : 0;
    mono += 100;
    watch.look();
  }
  assert.ok(watch.largestMs() <= 0, String(watch.largestMs()));
});
