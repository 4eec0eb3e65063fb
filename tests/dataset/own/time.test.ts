import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTime } from '../../../harness/dataset/own/time.js';

test('moments as logs write them', () => {
  const moment = Date.UTC(2026, 10, 26, 8, 30, 5);
  for (const text of ['2026-11-26 08:30:05', '2026/11/26 8:30:05', '2026-11-26T08:30:05Z', '2026-11-26T16:30:05+08:00', '2026-11-26 16:30:05 +0800', String(moment / 1000), String(moment), `${String(moment)}000`, `${String(moment)}000000`]) {
    assert.equal(readTime(text), moment, text);
  }
  assert.equal(readTime('2026-11-26 08:30:05.250'), moment + 250);
  assert.equal(readTime('2026-11-26 08:30:05,5'), moment + 500);
  assert.equal(readTime(`${String(moment / 1000)}.25`), moment + 250);
  assert.equal(readTime('2026-11-26'), Date.UTC(2026, 10, 26));
});

test('what is no moment', () => {
  for (const text of ['', 'soon', '2026-13-01', '2026-02-30', '12:30', '88', '2026-11-26 25:00:00', '北京市']) assert.equal(readTime(text), null, text);
});
