/**
 * A long series made short: the window is cut into spans of equal length, each stands for the median of its values, at the mean of their moments.
 *
 * Medians of spans keep a trend as it is (a straight line stays one), hide single spikes, and are nearer to independent than neighbouring
 * samples are. However long the series, at most `most` blocks come out. A span without values is left out: a gap stays a gap.
 */

export interface Block {
  tMs: number;
  value: number;
}

/** Blocks of the values in [fromMs, toMs]; `t` and `v` side by side, nulls left out. */
export function blocksOf(t: readonly number[], v: readonly (number | null)[], fromMs: number, toMs: number, most: number): Block[] {
  const spanMs = (toMs - fromMs) / most;
  if (!(spanMs > 0)) return [];
  const spans = Array.from({ length: most }, (): { sumMs: number; values: number[] } => ({ sumMs: 0, values: [] }));
  for (let i = 0; i < t.length; i += 1) {
    const [tMs, value] = [t[i], v[i]];
    if (tMs === undefined || value === undefined || value === null || !Number.isFinite(value) || tMs < fromMs || tMs > toMs) continue;
    const span = spans[Math.min(most - 1, Math.floor((tMs - fromMs) / spanMs))];
    if (!span) continue;
    span.sumMs += tMs;
    span.values.push(value);
  }
  return spans.filter(({ values }) => values.length > 0).map(({ sumMs, values }) => ({ tMs: sumMs / values.length, value: middleOf(values) }));
}

/** The median: the mean of the two middle values of an even number; NaN of none. */
export function middleOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[half] as number) : ((sorted[half - 1] ?? NaN) + (sorted[half] ?? NaN)) / 2;
}
