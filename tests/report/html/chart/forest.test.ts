import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDrawer } from '../../../../harness/report/html/chart/draw.js';
import { forestSpec, ratioTicks } from '../../../../harness/report/html/chart/forest.js';

test('ticks lie within the axis, near enough to each other to be read and far enough to have labels', () => {
  assert.deepEqual(ratioTicks(1.1), [0.92, 0.94, 0.96, 0.98, 1, 1.02, 1.04, 1.06, 1.08, 1.1]);
  assert.deepEqual(ratioTicks(1.36), [0.8, 0.9, 1, 1.1, 1.2, 1.3]);
  assert.deepEqual(ratioTicks(2), [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.2, 1.4, 1.6, 1.8, 2]);
  assert.deepEqual(ratioTicks(4.2), [0.25, 0.35, 0.5, 0.7, 1, 1.5, 2, 3, 4]);
  for (let reach = 1.1; reach <= 8; reach *= 1.01) {
    const ticks = ratioTicks(reach);
    assert.ok(ticks.includes(1) && ticks.length >= 5 && ticks.length <= 11, `${String(reach)}: ${ticks.join(' ')}`);
    assert.ok(ticks.every((tick) => tick >= 1 / reach - 1e-9 && tick <= reach + 1e-9));
    // 450 px wide; a label of four characters takes about 28.
    for (const [i, tick] of ticks.slice(1).entries()) assert.ok((450 * Math.log(tick / ticks[i]!)) / (2 * Math.log(reach)) > 30, `${String(reach)}: ${String(ticks[i])} and ${String(tick)}`);
  }
});

test('every tick of the drawn axis has its label, however wide the ratios are', async () => {
  const draw = await openDrawer();
  for (const ratio of [1.001, 1.05, 1.3, 1.9, 2.7, 4, 7]) {
    const { markup } = await draw(forestSpec([{ name: 'a', ratio, low: ratio * 0.99, high: ratio * 1.01, tip: '' }, { name: 'b', ratio: 1 / ratio, low: null, high: null, tip: '' }], { xTitle: 'B / A', equivalence: 0.03 }), { id: 'x', title: 't', description: 'd' });
    const texts = [...markup.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].flatMap(([, text = '']) => (/^[\d.]+$/.test(text) ? [Number(text)] : []));
    const reach = Math.min(8, Math.max(1.1, 1.03 ** 2, ratio * 1.05, Math.min(4, ratio * 1.01)));
    assert.deepEqual(texts, ratioTicks(reach), String(ratio));
  }
});
