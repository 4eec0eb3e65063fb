import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barsSpec } from '../../../../harness/report/html/chart/bars.js';
import { byLoadSpec } from '../../../../harness/report/html/chart/by-load.js';
import { openDrawer } from '../../../../harness/report/html/chart/draw.js';
import { heatMapSpec } from '../../../../harness/report/html/chart/heat-map.js';
import { chartFontSize, chartSize, logTicks } from '../../../../harness/report/html/chart/theme.js';
import { timeSeriesSpec } from '../../../../harness/report/html/chart/time-series.js';
import { textWidthPx } from '../../../../harness/report/html/text-width.js';
import { all, parseXml, type Element } from '../../xml.js';

const name = { id: 'c', title: 'T <b> & "q"', description: 'D' };
const draw = async (spec: Parameters<Awaited<ReturnType<typeof openDrawer>>>[0]): Promise<{ text: string; root: Element }> => {
  const text = (await (await openDrawer())(spec, name)).markup;
  return { text, root: parseXml(text) };
};

const point = (xS: number, y: number, segment: number): { xS: number; y: number; segment: number } => ({ xS, y, segment });

test('a line breaks where its segments end', async () => {
  const spec = (segments: number[]): Parameters<typeof draw>[0] => timeSeriesSpec({
    lines: [{ name: 'a', points: segments.map((segment, i) => point(i, 5 + i, segment)) }],
    bands: [{ fromS: 0, toS: 5, label: '1 user', shortLabel: '1', tip: 'tip <&>' }], xTitle: 'x', yTitle: 'y',
  });
  const strokes = (root: Element): number => all(root, 'path').filter(({ attributes }) => attributes['stroke']?.includes('--c1') && attributes['stroke-width'] === '1.8').length;
  assert.equal(strokes((await draw(spec([0, 0, 0, 0]))).root), 1);
  assert.equal(strokes((await draw(spec([0, 0, 1, 1]))).root), 2);
});

test('a chart has a name, scales with its column, carries no style, and falls back to plain colours', async () => {
  const { text, root } = await draw(barsSpec([{ name: 'timeout <x>', value: 3, label: '3' }, { name: 'reset', value: 1, label: '1' }], { x: 'n' }));
  assert.equal(root.attributes['role'], 'img');
  assert.equal(root.attributes['width'], undefined);
  assert.equal(all(root, 'title')[0]!.text, name.title);
  assert.doesNotMatch(text, / style=/);
  assert.match(text, /fill="var\(--c2,#d55e00\)"/);
  assert.ok(all(root, 'path').some(({ attributes }) => attributes['aria-label'] === 'timeout <x>: 3'));
  assert.equal((text.match(/font-family/g) ?? []).length, 1, 'the font is named once');
  assert.doesNotMatch(text, /\d\.\d{3,}/, 'coordinates are rounded');
});

test('the number behind the longest bar stands inside the picture, however long it is', async () => {
  for (const [name, label] of [['reset', '3 (100%)'], ['HTTP status 503', '268,505,123 (100%)'], ['响应正文不是合法的 JSON 文本', '1,268,505 (99.9%)']] as const) {
    const { root } = await draw(barsSpec([{ name, value: 268_505, label }, { name: 'x', value: 1, label: '1' }], { x: 'n' }));
    const shift = (element: Element | undefined): number => Number(/translate\(([-\d.]+)/.exec(element?.attributes['transform'] ?? '')?.[1]);
    const [plot, text] = [all(root, 'g').find(({ attributes }) => attributes['transform'] !== undefined), all(root, 'text').find((each) => each.text === label)];
    const right = shift(plot) + shift(text) + textWidthPx(label, chartFontSize);
    assert.ok(shift(text) > 0 && right <= chartSize.width, `${label}: ${String(right)}`);
  }
});

test('intervals, hockey sticks and single points can be drawn; nothing becomes NaN', async () => {
  const tip = 't';
  for (const points of [[{ load: 1, y: 5, low: null, high: null, tip }], [{ load: 1, y: 5, low: 4, high: 6, tip }, { load: 8, y: 50, low: 40, high: null, tip }, { load: 4, y: 60, low: null, high: 70, tip }]]) {
    const { text } = await draw(byLoadSpec({ lines: [{ name: 'p95', points }], xTitle: 'x', yTitle: 'y', log: true }));
    assert.doesNotMatch(text, /NaN|undefined|Infinity/);
  }
  const cells = [{ fromS: 0, toS: 1, lowMs: 1, highMs: 2, count: 1, tip }, { fromS: 1, toS: 2, lowMs: 2, highMs: 4, count: 100, tip }];
  const { text, root } = await draw(heatMapSpec(cells, { x: 'x', y: 'y' }, [0, 2]));
  assert.doesNotMatch(text, /NaN|undefined|Infinity/);
  assert.deepEqual(all(root, 'path').filter(({ attributes }) => attributes['aria-label'] === tip).map(({ attributes }) => Number(attributes['fill-opacity'] ?? 1)), [0.21, 1]);
});

test('an empty line and a line of zeros on a log axis leave an empty chart, not a broken one', async () => {
  for (const points of [[], [point(0, 0, 0), point(1, 0, 0)]]) {
    const { text } = await draw(timeSeriesSpec({ lines: [{ name: 'a', points }], bands: [], xTitle: 'x', yTitle: 'y', log: true }));
    assert.doesNotMatch(text, /NaN|undefined|Infinity/);
  }
});

test('log axes name at least three values', () => {
  assert.deepEqual(logTicks([0.8, 120]), [1, 2, 5, 10, 20, 50, 100]);
  assert.deepEqual(logTicks([55, 98]), [60, 70, 80, 90]);
  assert.deepEqual(logTicks([0.25, 0.45]), [0.3, 0.4]);
});

test('text is measured without a browser: Latin by table, Chinese one em', () => {
  assert.equal(textWidthPx('延迟', 10), 20);
  assert.ok(textWidthPx('iiii', 10) < textWidthPx('MMMM', 10) / 3);
});

test('a limit is drawn with its name where it can be seen against the lines, and left out where it would press them flat', async () => {
  const points = [{ load: 1, y: 20, low: null, high: null, tip: 't' }, { load: 8, y: 900, low: null, high: null, tip: 't' }];
  const at = async (y: number): Promise<string> => (await draw(byLoadSpec({ lines: [{ name: 'p95', points }], xTitle: 'x', yTitle: 'y', log: true, levels: [{ y, label: 'p(95)<limit' }] }))).text;
  assert.match(await at(800), /stroke-dasharray="5,4"[\s\S]*p\(95\)&lt;limit/);
  assert.doesNotMatch(await at(1e6), /&lt;limit|stroke-dasharray="5,4"|NaN/);
});
