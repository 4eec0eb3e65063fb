import type { ChartSpec } from './draw.js';
import { colour, logY, seriesColour } from './theme.js';

/** One probe of a search. */
export interface ProbePoint {
  number: number;
  rateRps: number;
  /** Its state as it is read: one of `states`. */
  state: string;
  tip: string;
}

/** Rates by probe: colour and shape tell the state, dashed lines the highest rate that passes and the lowest that fails. */
export function searchLogSpec(points: readonly ProbePoint[], states: { pass: string; fail: string; undecided: string }, marks: readonly { rateRps: number; state: string }[], titles: { x: string; y: string }): ChartSpec {
  const rates = [...points, ...marks].map(({ rateRps }) => rateRps);
  const domain = [states.pass, states.fail, states.undecided];
  const shown = domain.filter((state) => points.some((point) => point.state === state));
  const paints = [seriesColour(2), seriesColour(1), seriesColour(0)];
  const pick = <T>(values: readonly T[]): T[] => shown.map((state) => values[domain.indexOf(state)] as T);
  const x = { field: 'number', type: 'quantitative', title: titles.x, scale: { domain: [0.5, points.length + 0.5], nice: false }, axis: { grid: false, tickMinStep: 1, format: 'd' } };
  const y = { field: 'rateRps', type: 'quantitative', title: titles.y, ...logY([Math.min(...rates) * 0.85, Math.max(...rates) * 1.18]) };
  // Painted directly: a legend of their own would hide that of the points.
  const painted = marks.map(({ rateRps, state }) => ({ rateRps, paint: paints[domain.indexOf(state)] }));
  const color = { field: 'state', type: 'nominal', scale: { domain: shown, range: pick(paints) }, legend: {} };
  const shape = { field: 'state', type: 'nominal', scale: { domain: shown, range: pick(['circle', 'cross', 'diamond']) }, legend: {} };
  return {
    layer: [
      { data: { values: painted }, mark: { type: 'rule', strokeDash: [5, 4], strokeWidth: 1.2, aria: false }, encoding: { y, stroke: { field: 'paint', type: 'nominal', scale: null } } },
      { data: { values: [...points] }, mark: { type: 'line', strokeWidth: 1, opacity: 0.6, stroke: colour('muted'), aria: false }, encoding: { x, y, order: { field: 'number' } } },
      { data: { values: [...points] }, mark: { type: 'point', filled: true, size: 90, opacity: 1, stroke: colour('ink'), strokeWidth: 0.5 }, encoding: { x, y, color, shape, description: { field: 'tip' } } },
    ],
  };
}
