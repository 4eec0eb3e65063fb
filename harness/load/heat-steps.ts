/** The steps of the heat map's latency axis: twelve a decade (the E12 series), equal widths to the eye on a log axis; the first from zero. */
const decade = [1, 1.2, 1.5, 1.8, 2.2, 2.7, 3.3, 3.9, 4.7, 5.6, 6.8, 8.2] as const;
const [fromPower, toPower] = [-2, 7];

/** Edges, ms: step i is [edge i, edge i + 1). Up to 8.2 · 10⁷ ms, a day. */
export const heatEdgesMs: readonly number[] = [0, ...Array.from({ length: toPower - fromPower + 1 }, (_, i) => decade.map((step) => Number((step * 10 ** (fromPower + i)).toPrecision(2)))).flat()];

/** The step of a latency; the last for those beyond all. */
export function heatStepOf(ms: number): number {
  if (ms < (heatEdgesMs[1] as number)) return 0;
  let step = Math.min(heatEdgesMs.length - 2, Math.max(1, 1 + Math.floor((Math.log10(ms) - fromPower) * decade.length)));
  // The series is not quite even: a step either way at most.
  while (step < heatEdgesMs.length - 2 && ms >= (heatEdgesMs[step + 1] as number)) step += 1;
  while (ms < (heatEdgesMs[step] as number)) step -= 1;
  return step;
}
