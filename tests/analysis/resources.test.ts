import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coresInUse, medianOf, rssPeakMiB } from '../../harness/analysis/resources.js';
import type { Series } from '../../harness/model/series.js';

function cpu(points: readonly [number, number | null][]): Series[] {
  return [{ source: 'server', metric: 'cpuS', unit: 's', t: points.map(([t]) => t), v: points.map(([, v]) => v) }];
}

/** `cores` in use throughout, sampled every `everyMs` from 0 to 20 s. */
function steady(cores: number, everyMs: number): [number, number | null][] {
  return Array.from({ length: Math.floor(20_000 / everyMs) + 1 }, (_, i) => [i * everyMs, (cores * i * everyMs) / 1000]);
}

test('cores are the rise of the counter, interpolated at the edges of the window', () => {
  assert.ok(Math.abs(coresInUse(cpu(steady(1.5, 200)), 'server', 5050, 15_130)! - 1.5) < 1e-9);
  // idle until 10 s, two cores after it: half of the window at two cores
  const late = cpu(steady(1, 200).map(([t]) => [t, t <= 10_000 ? 0 : (2 * (t - 10_000)) / 1000]));
  assert.ok(Math.abs(coresInUse(late, 'server', 5000, 15_000)! - 1) < 1e-9);
});

test('a gap inside costs nothing, a gap at the edge moves the edge, too large a gap refuses', () => {
  const inside = cpu(steady(1.5, 200).map(([t, v]) => [t, t > 8000 && t < 12_000 ? null : v]));
  assert.ok(Math.abs(coresInUse(inside, 'server', 5000, 15_000)! - 1.5) < 1e-9);
  const edge = (until: number): Series[] => cpu(steady(1.5, 200).filter(([t]) => t <= 1000 || t >= until));
  assert.ok(Math.abs(coresInUse(edge(5800), 'server', 5000, 15_000)! - 1.5) < 1e-9);
  assert.equal(coresInUse(edge(7000), 'server', 5000, 15_000), null);
});

test('a window of 2 s has its CPU by samples every half second', () => {
  const every = cpu(steady(1.5, 501));
  assert.ok(Math.abs(coresInUse(every, 'server', 5200, 7200)! - 1.5) < 1e-9);
  assert.equal(coresInUse(every, 'server', 5200, 5500), null, 'between two samples nothing is known');
});

test('samples that end just before the window closes are enough, half a window is not', () => {
  const until = (end: number): Series[] => cpu(steady(0.5, 200).filter(([t]) => t <= end));
  assert.ok(Math.abs(coresInUse(until(14_700), 'server', 5000, 15_000)! - 0.5) < 1e-9);
  assert.equal(coresInUse(until(10_000), 'server', 5000, 15_000), null);
});

test('a counter that falls in the window is refused; a fall before it, as of an earlier process, is not', () => {
  const restart = (at: number): Series[] => cpu(steady(1, 200).map(([t, v]) => [t, t < at ? v : (t - at) / 1000]));
  assert.equal(coresInUse(restart(10_000), 'server', 5000, 15_000), null);
  assert.ok(Math.abs(coresInUse(restart(4900), 'server', 5000, 15_000)! - 1) < 1e-9);
});

test('what was not sampled is absent, never zero', () => {
  assert.equal(coresInUse([], 'server', 0, 1000), null);
  assert.equal(coresInUse(cpu(steady(1, 200)), 'engine', 0, 1000), null);
  assert.equal(rssPeakMiB([], 'server', 0, 1000), null);
});

test('memory is the kernel\'s high-water mark where there is one, else the highest sample, up to the given moment', () => {
  const t = [0, 1000, 2000, 3000];
  const rss: Series = { source: 'server', metric: 'rssMiB', unit: 'MiB', t, v: [100, 180, null, 120] };
  const peak: Series = { source: 'server', metric: 'rssPeakMiB', unit: 'MiB', t, v: [110, 200, 260, 260] };
  assert.equal(rssPeakMiB([rss], 'server', 0, 3000), 180);
  assert.equal(rssPeakMiB([rss, peak], 'server', 0, 1500), 200);
  assert.equal(rssPeakMiB([rss, peak], 'server', 0, 3000), 260);
});

test('the median of an even list is the lower of the middle two', () => {
  assert.equal(medianOf([5, 1, 9, 3]), 3);
  assert.equal(medianOf([]), null);
});
