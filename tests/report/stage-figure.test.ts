import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differenceFigure } from '../../harness/report/number.js';
import { intervalAround, ratioInterval, shownName } from '../../harness/report/stage-figure.js';
import { textOf } from '../../harness/report/text/index.js';

test('planned names of stages are read in the words of the language, other names as they are', () => {
  const names = ['1 user', '8 users', '8 users, again 1', '50/s', 'burst of 500', '3000 pairs', 'drill at 40/s', 'spike 25 to 200/s', 'night shift'];
  assert.deepEqual(names.map((name) => shownName(textOf('zh-CN'), name)), ['1 个用户', '8 个用户', '8 个用户，第 1 次重复', '每秒 50 个请求', '500 个请求同时到达', '3,000 对地址', '演练 40/s', '尖峰 25 → 200/s', 'night shift']);
  assert.deepEqual(names.map((name) => shownName(textOf('en'), name)).slice(2, 7), ['8 users, again 1', '50 requests/s', '500 requests at once', '3,000 pairs', 'drill at 40/s']);
});

test('an interval that few pairs leave wide open says so, instead of numbers with seventy digits', () => {
  assert.equal(ratioInterval({ low: 1.7e-62, high: 9.4e62 }), '[< 0.001, > 1,000]');
  assert.equal(ratioInterval({ low: 0.98, high: 1.03 }), '[0.98, 1.03]');
  assert.equal(ratioInterval(null), '');
  assert.equal(intervalAround(20, 1e-61, 3e65), '[< 0.02, > 20,000]');
  assert.equal(intervalAround(20, 18, 22), '[18, 22]');
  assert.equal(intervalAround(20, null, null), '');
  assert.equal(intervalAround(0, -1, 1), '[−1, 1]');
  assert.deepEqual([null, 0.158, 10, 1.6e63].map(differenceFigure), ['—', '15.8%', '1,000%', '> 1,000%']);
});
