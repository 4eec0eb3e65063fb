import assert from 'node:assert/strict';
import test from 'node:test';
import { createWindow } from '../../harness/load/window.js';
import { stageOf } from './stage-setup.js';

test('the window opens after the warm-up and lasts as planned', () => {
  const window = createWindow(stageOf(2, { warmupS: 2, durationS: 3 }), 500, 1);
  assert.deepEqual([window.fromMs, window.toMs], [2500, 5500]);
});

test('it is settled when each user was seen past the close', () => {
  const window = createWindow(stageOf(3), 0, 1);
  assert.equal(window.settled(), false);
  window.ended(0, 1010, 0);
  window.ended(1, 900, 0);
  assert.equal(window.settled(), false);
  // Thinking past the close is as good as being past it.
  window.ended(1, 950, 200);
  assert.equal(window.settled(), false);
  window.ended(2, 1500, 0);
  assert.equal(window.settled(), true);
});

test('a user who thinks past the close is not waited for, one whose pause ends on it is', () => {
  const window = createWindow(stageOf(1), 0, 1);
  window.ended(0, 600, 400);
  assert.equal(window.settled(), false, 'timers may wake a little early');
  window.ended(0, 700, 310);
  assert.equal(window.settled(), true);
});

test('closing early unsettles nobody and settles those who are past the new close', () => {
  const window = createWindow(stageOf(2, { durationS: 10 }), 0, 1);
  window.ended(0, 400, 0);
  window.ended(1, 300, 0);
  window.closeAt(350);
  assert.equal(window.toMs, 350);
  assert.equal(window.settled(), false);
  window.closeAt(900);
  assert.equal(window.toMs, 350, 'never later');
  window.ended(1, 360, 0);
  assert.equal(window.settled(), true);
});

test('requests still open are placed where their users were to begin them', () => {
  const window = createWindow(stageOf(4, { warmupS: 1, durationS: 1 }), 0, 1);
  window.ended(0, 1400, 100);
  window.ended(1, 2100, 0);
  window.ended(2, 800, 100);
  // User 3 was never seen: its first request was to begin at 750, in the warm-up.
  assert.deepEqual(window.openStartsMs(), [1500]);
});
