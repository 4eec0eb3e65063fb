/**
 * The curve of throughput over load, its knee and its peak, with intervals.
 *
 * Fit: fit-usl.ts. Intervals: residual bootstrap (Efron & Tibshirani 1993, §9.4): ln X̂_i plus a residual drawn with replacement,
 * residuals centred and widened by √(n/(n−3)) for the three fitted parameters and by t/z, the quantiles of Student (n−3 degrees) and of the normal, for
 * their spread is itself estimated from few; 200 refits from a fixed seed; percentile interval.
 *
 * Assumes that the law describes this server, and that levels err independently. Batching servers can follow it badly.
 * Refuses: fewer than four levels (`too-few-levels`) or loads within a factor of four (`too-narrow`) of closed, valid stages;
 * a curve that misses a level by more than a quarter (`does-not-fit`). A knee outside of what was tried is not claimed
 * (`beyond-loads`); a peak only where a larger load was tried and brought at least 3 % less (`not-observed`).
 */
import type { Estimate, Finding } from '../../model/estimate.js';
import { createRandom } from '../../model/random.js';
import { nearestRank } from '../../model/rank.js';
import type { ScaleAnalysis, ScaleLevel } from '../../model/scale.js';
import type { AnalysedStage } from '../analysed-stage.js';
import { normalQuantile, studentQuantile } from '../distribution.js';
import { throughputNoise, usableStages } from '../peak.js';
import { fitFrom, fitUsl, leastLevels, leastSpan } from './fit-usl.js';
import { kneeOf, peakOf, throughputAt, type UslCurve } from './usl-curve.js';

const refits = 200;
const bandPoints = 25;
/** Beyond this the curve is not a description of what was measured. */
const mostMiss = 0.25;

/** Over the measured stages of a run; `confidence` of the intervals. */
export function analyseScale(stages: readonly AnalysedStage[], confidence: number): Finding<ScaleAnalysis> {
  const usable = new Set(usableStages(stages.map(({ analysis }) => analysis).filter(({ level }) => level.of === 'users')).map(({ index }) => index));
  const levels = stages
    .filter(({ analysis, result }) => usable.has(analysis.index) && (result.inFlightMean ?? 0) > 0)
    .map(({ analysis, result }): ScaleLevel => ({ stage: analysis.index, inFlight: result.inFlightMean as number, rps: analysis.achievedRps }))
    .sort((x, y) => x.inFlight - y.inFlight);
  return scaleOf(levels, confidence);
}

/** As `analyseScale`, of levels alone. */
export function scaleOf(levels: readonly ScaleLevel[], confidence: number): Finding<ScaleAnalysis> {
  const [first, last] = [levels[0], levels.at(-1)];
  if (first === undefined || last === undefined || levels.length < leastLevels) return { kind: 'absent', why: 'too-few-levels', needed: leastLevels };
  if (last.inFlight < leastSpan * first.inFlight) return { kind: 'absent', why: 'too-narrow', needed: leastSpan };
  const curve = fitUsl(levels);
  if (curve === null) return { kind: 'absent', why: 'too-few-levels', needed: leastLevels };
  const worstMiss = Math.max(...levels.map(({ inFlight, rps }) => Math.abs(rps / throughputAt(curve, inFlight) - 1)));
  if (worstMiss > mostMiss) return { kind: 'absent', why: 'does-not-fit' };

  const curves = resample(levels, curve, confidence);
  const bounds = (read: (one: UslCurve) => number): { low: number; high: number } => {
    const sorted = Float64Array.from(curves, read).sort();
    const at = (share: number): number => sorted[nearestRank(share, sorted.length) - 1] ?? NaN;
    return { low: at((1 - confidence) / 2), high: at((1 + confidence) / 2) };
  };
  const estimate = (read: (one: UslCurve) => number): Estimate => {
    const { low, high } = bounds(read);
    const value = read(curve);
    // A bound beyond all that was tried bounds nothing.
    return { value, low: Math.min(low, value), high: Number.isFinite(high) ? Math.max(high, value) : null, confidence, method: 'residual-bootstrap', n: levels.length };
  };
  const ratio = (last.inFlight / first.inFlight) ** (1 / (bandPoints - 1));
  const peakAt = (one: UslCurve): number => peakOf(one) ?? Infinity;
  const best = levels.reduce((most, level) => (level.rps > most.rps ? level : most));
  const fell = levels.some((level) => level.inFlight > best.inFlight && level.rps <= best.rps * (1 - throughputNoise));
  return {
    kind: 'found',
    value: {
      levels: [...levels], curve, worstMiss,
      band: Array.from({ length: bandPoints }, (_, i) => {
        const inFlight = first.inFlight * ratio ** i;
        const at = (one: UslCurve): number => throughputAt(one, inFlight);
        const { low, high } = bounds(at);
        return { inFlight, rps: at(curve), low: Math.min(low, at(curve)), high: Math.max(high, at(curve)) };
      }),
      knee: kneeOf(curve) > last.inFlight ? { kind: 'absent', why: 'beyond-loads' } : { kind: 'found', value: estimate(kneeOf) },
      peak: !fell || peakAt(curve) > last.inFlight
        ? { kind: 'absent', why: 'not-observed' }
        : { kind: 'found', value: { inFlight: estimate(peakAt), rps: estimate((one) => throughputAt(one, peakAt(one))) } },
    },
  };
}

/** Curves fitted to the fitted throughputs with residuals drawn anew. */
function resample(levels: readonly ScaleLevel[], curve: UslCurve, confidence: number): UslCurve[] {
  const errors = levels.map(({ inFlight, rps }) => Math.log(rps / throughputAt(curve, inFlight)));
  const mean = errors.reduce((sum, e) => sum + e, 0) / errors.length;
  const tail = (1 + confidence) / 2;
  const widen = Math.sqrt(levels.length / (levels.length - 3)) * (studentQuantile(tail, levels.length - 3) / normalQuantile(tail));
  const dice = createRandom(7);
  return Array.from({ length: refits }, () => fitFrom(levels.map(({ inFlight }) => ({ inFlight, rps: throughputAt(curve, inFlight) * Math.exp(widen * (dice.pick(errors) - mean)) })), [curve]));
}
