import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tradeSpec, type TradePoint } from '../../../../harness/report/html/chart/trade.js';

const point = (y: number, low: number | null, high: number | null): TradePoint => ({ x: 60, y, low, high, tip: '' });

test('an interval that two runs leave wide open does not press the points into a line', () => {
  const spec = tradeSpec([{ name: 'off', points: [point(4, 1.7e-62, 9e62)] }, { name: 'on', points: [point(5, 4.5, 5.5), point(6, null, null)] }], { xTitle: 'x', yTitle: 'y' });
  const { values } = spec['data'] as { values: { y: number; lo: number; hi: number }[] };
  assert.deepEqual(values.map(({ lo, hi }) => [lo, hi]), [[1, 24], [4.5, 5.5], [6, 6]]);
});
