/**
 * How much one figure differs from its baseline, with the uncertainty of both.
 *
 *   ratio        exp(mean ln c − mean ln b)     where the limit is a multiple of the baseline and every value is positive
 *   difference   mean c − f · mean b            else
 *
 * Half-width on either side, in logarithms or in the unit of the metric:
 *
 *   between   q · √(s²/n_c + f²·s²/n_b)         the noise from run to run: a single run may land anywhere in it
 *   sampling  √(h_c² + f²·h_b²)                 h: distances from the means to the ends of the intervals within the runs (MOVER, Zou & Donner 2008)
 *
 * Runs enough (n_c + n_b − 2 ≥ minRuns − 1): s is the pooled standard deviation of the runs, q Student's with as many degrees of freedom, and the wider of
 * between and sampling counts, for s has the sampling in it. Fewer: s is taken as at least `assumedNoise` of the value, q normal where that is what counts, and
 * both add up as squares, for an interval within one run says nothing of another run (docs/measurement.md).
 *
 * Assumes runs that are independent and as noisy on either side. A side on which an interval within a run is open stays open.
 */
import type { BaselineFigure, Change } from '../../model/baseline.js';
import type { GatePlan } from '../../model/metric.js';
import { normalQuantile, studentQuantile } from '../distribution.js';
import { isLogarithmic, squaresOf } from './pool.js';

/** Runs on one machine differ by 2 to 10 %; by more on machines that are shared. */
export const assumedNoise = 0.1;

export interface ChangeOptions {
  /** Of the interval of the change. */
  confidence: number;
  /** Of the intervals within the figures. */
  figureConfidence: number;
  minRuns: number;
}

type Side = Pick<BaselineFigure, 'value' | 'within' | 'values'>;

/** The run's figure against the baseline's, for a limit of `factor` · baseline + `offset`. */
export function changeOf(base: BaselineFigure, run: BaselineFigure, { factor, offset }: NonNullable<GatePlan['baseline']>, { confidence, figureConfidence, minRuns }: ChangeOptions): Change {
  const ratio = offset === 0 && isLogarithmic([...base.values, ...run.values], base.unit);
  const weight = ratio ? 1 : factor;
  const [nb, nc] = [base.values.length, run.values.length];
  const scaled = ({ values }: Side): number[] => (ratio ? values.map(Math.log) : [...values]);
  const df = nb + nc - 2;
  const z = normalQuantile((1 + confidence) / 2);
  const spread = df > 0 ? Math.sqrt((squaresOf(scaled(base)) + squaresOf(scaled(run))) / df) : 0;
  const enough = df >= minRuns - 1;
  const assumedOf = ({ value }: Side): number => (enough ? 0 : ratio ? assumedNoise : assumedNoise * Math.abs(value));
  const student = df > 0 ? studentQuantile((1 + confidence) / 2, df) : 0;
  const betweenOf = (side: Side): number => Math.max(z * assumedOf(side), student * spread) / Math.sqrt(side.values.length);
  const between = Math.hypot(betweenOf(run), weight * betweenOf(base));
  const scale = z / normalQuantile((1 + figureConfidence) / 2);
  const half = (down: boolean): number | null => {
    const [c, b] = [samplingOf(run, down, ratio), samplingOf(base, !down, ratio)];
    if (c === null || b === null) return null;
    const sampling = scale * Math.hypot(c, weight * b);
    return enough ? Math.max(between, sampling) : Math.hypot(between, sampling);
  };
  const estimate = ratio ? Math.log(run.value / base.value) : run.value - factor * base.value;
  const back = (x: number): number => (ratio ? Math.exp(x) : x);
  const [below, above] = [half(true), half(false)];
  return {
    baseline: { value: base.value, low: base.low, high: base.high, runs: nb }, runs: nc, of: ratio ? 'ratio' : 'difference',
    value: back(estimate), low: below === null ? null : back(estimate - below), high: above === null ? null : back(estimate + above),
    none: ratio ? 1 : (1 - factor) * base.value || 0, allowed: ratio ? factor : offset, noise: enough ? 'runs' : 'assumed',
  };
}

/** From the mean down or up to the end of its interval of sampling; null where that is open, or reaches 0 on a logarithmic scale. */
function samplingOf({ value, within }: Side, down: boolean, ratio: boolean): number | null {
  const half = down ? within.below : within.above;
  if (half === null) return null;
  if (!ratio) return half;
  return down ? (half < value ? -Math.log1p(-half / value) : null) : Math.log1p(half / value);
}
