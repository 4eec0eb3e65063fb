/**
 * Does what is left of a window drift? Of the seconds after an unlike start, in at most 100 blocks (blocks.ts), for each of the two series:
 *
 *   change = Theil–Sen slope · length / median       drifts ⟺ |change| > 5 % and |z| > z(1 − α/2m),  z: Mann–Kendall, m = 2 series, α = 1 %
 *
 * Slope, z, how neighbours that are alike widen it, and their references: trend.ts. The larger change is told. It sees what MSER-5 (mser.ts) sees badly, a
 * slow slope; a step in the last three sevenths of the window neither sees. The first condition asks that the change matters, as in unlike.ts.
 *
 * Assumes one straight trend. Of simulated steady minutes with a spread of a tenth from second to second 0.7 % are called drifting where seconds are
 * independent, 2 % at lag-1 correlation 0.5, 3 % at 0.8.
 * Refuses (null) fewer than 30 blocks in both series, and a median of 0.
 */
import type { SteadyDrift, SteadySeries } from '../../model/steady.js';
import { blocksOf, middleOf } from '../blocks.js';
import { normalQuantile } from '../distribution.js';
import { fitTrend } from '../trend.js';
import { leastOff } from './unlike.js';

const alpha = 0.01;
const mostBlocks = 100;

/** Two series by second; a null is a second without a value. */
export function driftOfRest(series: Readonly<Record<SteadySeries, readonly (number | null)[]>>): SteadyDrift | null {
  const names = ['throughput', 'latency'] as const;
  const least = normalQuantile(1 - alpha / 2 / names.length);
  const found = names.flatMap((of): SteadyDrift[] => {
    const values = series[of];
    const lengthMs = values.length * 1000;
    const blocks = blocksOf(values.map((_, second) => (second + 0.5) * 1000), values, 0, lengthMs, mostBlocks);
    const trend = fitTrend(blocks, 1 - alpha);
    const median = middleOf(blocks.map(({ value }) => value));
    if (trend.kind === 'absent' || !(median > 0)) return [];
    const change = (trend.value.slope.value * lengthMs) / median;
    return Math.abs(change) > leastOff && Math.abs(trend.value.z) > least ? [{ of, change }] : [];
  });
  return found.toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change))[0] ?? null;
}
