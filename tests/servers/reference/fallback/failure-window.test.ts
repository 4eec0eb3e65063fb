import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFailureWindow, type FailureWindow } from '../../../../servers/reference/fallback/failure-window.js';

const set = (): { window: FailureWindow; at: (ms: number, ...outcomes: boolean[]) => void } => {
  let now = 0;
  const window = createFailureWindow({ windowMs: 2000, leastSeen: 4, oldestMs: 10_000 }, () => now);
  return { window, at: (ms, ...outcomes) => {
    now = ms;
    for (const failed of outcomes) window.add(failed);
  } };
};

test('too few say nothing', () => {
  const { window, at } = set();
  at(0, true, true, true);
  assert.equal(window.share(), null);
  at(0, false);
  assert.equal(window.share(), 0.75);
});

test('what is older than the window counts only where the window holds too few', () => {
  const { window, at } = set();
  at(0, true, true, true, true);
  at(3000, false);
  assert.equal(window.share(), 4 / 5);
  at(3000, false, false, false);
  assert.equal(window.share(), 0);
});

test('what is too old counts never, and cleared is forgotten', () => {
  const { window, at } = set();
  at(0, true, true, true, true);
  at(20_000, false);
  assert.equal(window.share(), null);
  at(20_000, true, true, true);
  assert.equal(window.share(), 0.75);
  window.clear();
  assert.equal(window.share(), null);
});
