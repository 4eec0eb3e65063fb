import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prose } from '../../../harness/report/html/escape.js';

test('no line parts a number from its unit, backticks become code, and nothing of either is obeyed', () => {
  assert.equal(prose('p95 2,000 ms [1, 2] ms').markup, 'p95 2,000\u00a0ms [1, 2]\u00a0ms');
  assert.equal(prose('its `duration` in the scenario').markup, 'its <code>duration</code> in the scenario');
  assert.equal(prose('`<b>` and `open').markup, '<code>&lt;b&gt;</code> and `open');
});
