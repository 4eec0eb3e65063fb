import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeSeriesSpec } from '../../../../harness/report/html/chart/time-series.js';
import { chartSize } from '../../../../harness/report/html/chart/theme.js';
import { openDrawer } from '../../../../harness/report/html/chart/draw.js';

const point = (xS: number, segment = 0): { xS: number; y: number; segment: number } => ({ xS, y: 1, segment });
const chart = (lines: Parameters<typeof timeSeriesSpec>[0]['lines']): ReturnType<typeof timeSeriesSpec> => timeSeriesSpec({ lines, bands: [], xTitle: 's', yTitle: 'y' });
const drawn = async (lines: Parameters<typeof timeSeriesSpec>[0]['lines']): Promise<string> => (await (await openDrawer())(chart(lines), { id: 'x', title: 't', description: 'd' })).markup;

test('a point that no line reaches has a dot of its own, those of a line have none', async () => {
  const dots = async (points: { xS: number; y: number; segment: number }[]): Promise<number> => ((await drawn([{ name: 'a', points }])).match(/mark-symbol[^>]*>.*?<\/g>/g) ?? []).join('').split('<path').length - 1;
  assert.deepEqual([await dots([point(1), point(2)]), await dots([point(1), point(2, 1)]), await dots([point(1)])], [0, 2, 1]);
});

test('names that do not fit beside each other stand in columns, none beyond the picture', async () => {
  const names = ['p50, interactive', 'p50, bulk', 'p95, interactive', 'p95, bulk', 'p99, interactive', 'p99, bulk'];
  const svg = await drawn(names.map((name) => ({ name, points: [point(1), point(2)] })));
  const starts = [...svg.matchAll(/class="mark-group role-scope"[\s\S]*?translate\(([\d.]+),([\d.]+)\)/g)].map(([, x]) => Number(x));
  assert.ok(starts.length > 0 && Math.max(...starts) < chartSize.width, starts.join(' '));
  for (const name of names) assert.ok(svg.includes(name), name);
  const legend = (chart(names.map((name) => ({ name, points: [point(1)] })))['layer'] as { encoding?: { color?: { legend?: { columns?: number } } } }[]).map((layer) => layer.encoding?.color?.legend?.columns).find((columns) => columns !== undefined);
  assert.equal(legend, 2);
});
