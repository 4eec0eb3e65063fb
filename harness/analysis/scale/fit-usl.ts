/**
 * Fits the Universal Scalability Law to measured points.
 *
 *   minimise Σ (ln X_i − ln X̂(N_i))²   over λ > 0, 0 ≤ σ ≤ 1, κ ≥ 0
 *
 * Logarithms, because throughput varies by a share of itself. For given σ and κ the best ln λ is a mean, so two parameters are
 * searched: Levenberg–Marquardt (Marquardt 1963) with the bounds as an active set: besides the inside, the edges σ = 0, κ = 0 and
 * σ = 1 are searched alone, and the best of all wins. Starting values: N/X = a + bN + cN² by least squares, λ = 1/(a+b+c),
 * κ = cλ, σ = bλ + κ (Gunther 2007, §5.5, without his division by X(1), which one noisy point would spoil), and a small grid.
 *
 * Assumes independent relative errors of like size. Refuses (null) fewer than four different N (three parameters), any N or X
 * that is not positive, and loads that span less than a factor of four: the curve's bend cannot be seen in them.
 */
import { stretch, type UslCurve } from './usl-curve.js';

/** One measured level: mean number in flight, and answers a second. */
export interface ScalePoint {
  inFlight: number;
  rps: number;
}

export const leastLevels = 4;
export const leastSpan = 4;

type Shape = Pick<UslCurve, 'sigma' | 'kappa'>;
interface Attempt extends Shape {
  squares: number;
}

/** The best curve, or null where the points cannot bear one. */
export function fitUsl(points: readonly ScalePoint[]): UslCurve | null {
  const loads = points.map(({ inFlight }) => inFlight);
  if (points.some(({ inFlight, rps }) => !(inFlight > 0 && rps > 0))) return null;
  if (new Set(loads).size < leastLevels || Math.max(...loads) < leastSpan * Math.min(...loads)) return null;
  return fitFrom(points, starts(points));
}

/** As `fitUsl`, from given starting values alone: for refits near a known curve. */
export function fitFrom(points: readonly ScalePoint[], from: readonly Shape[]): UslCurve {
  const free = { sigma: true, kappa: true };
  let best: Attempt = { sigma: 0, kappa: 0, squares: Infinity };
  for (const start of from) {
    for (const [shape, moves] of [
      [start, free],
      [{ ...start, kappa: 0 }, { sigma: true, kappa: false }],
      [{ ...start, sigma: 0 }, { sigma: false, kappa: true }],
      [{ ...start, sigma: 1 }, { sigma: false, kappa: true }],
    ] as const) {
      const attempt = descend(points, shape, moves);
      if (attempt.squares < best.squares) best = attempt;
    }
  }
  return { lambdaRps: Math.exp(logLambda(points, best)), sigma: best.sigma, kappa: best.kappa };
}

/** ln λ that fits best for this shape: the mean of ln X − ln(N/D). */
function logLambda(points: readonly ScalePoint[], shape: Shape): number {
  return points.reduce((sum, { inFlight, rps }) => sum + Math.log((rps * stretch(shape, inFlight)) / inFlight), 0) / points.length;
}

function squaresOf(points: readonly ScalePoint[], shape: Shape): number {
  if (points.some(({ inFlight }) => !(stretch(shape, inFlight) > 0))) return Infinity;
  const level = logLambda(points, shape);
  return points.reduce((sum, { inFlight, rps }) => sum + (Math.log((rps * stretch(shape, inFlight)) / inFlight) - level) ** 2, 0);
}

/** Levenberg–Marquardt in the parameters that may move, clamped to their bounds. */
function descend(points: readonly ScalePoint[], start: Shape, moves: Record<keyof Shape, boolean>): Attempt {
  let shape = clamp(start);
  let squares = squaresOf(points, shape);
  let damping = 1e-3;
  for (let step = 0; step < 60 && damping < 1e9; step += 1) {
    const { gradient, curvature } = slopes(points, shape);
    const [dSigma, dKappa] = solve(gradient, curvature, damping, moves);
    const next = clamp({ sigma: shape.sigma + dSigma, kappa: shape.kappa + dKappa });
    const after = squaresOf(points, next);
    if (after < squares) {
      const gain = squares - after;
      [shape, squares, damping] = [next, after, damping / 5];
      if (gain < 1e-14 * (squares + 1e-14)) break;
    } else damping *= 5;
  }
  return { ...shape, squares };
}

/** Of the residuals e = ln(X·D/N) − mean: Jᵀe and JᵀJ for (σ, κ). */
function slopes(points: readonly ScalePoint[], shape: Shape): { gradient: [number, number]; curvature: [number, number, number] } {
  const level = logLambda(points, shape);
  const rows = points.map(({ inFlight, rps }) => {
    const d = stretch(shape, inFlight);
    return { e: Math.log((rps * d) / inFlight) - level, s: (inFlight - 1) / d, k: (inFlight * (inFlight - 1)) / d };
  });
  const meanS = rows.reduce((sum, { s }) => sum + s, 0) / rows.length;
  const meanK = rows.reduce((sum, { k }) => sum + k, 0) / rows.length;
  let [gs, gk, ss, sk, kk] = [0, 0, 0, 0, 0];
  for (const { e, s, k } of rows) {
    gs += e * (s - meanS);
    gk += e * (k - meanK);
    ss += (s - meanS) ** 2;
    sk += (s - meanS) * (k - meanK);
    kk += (k - meanK) ** 2;
  }
  return { gradient: [gs, gk], curvature: [ss, sk, kk] };
}

function solve([gs, gk]: [number, number], [ss, sk, kk]: [number, number, number], damping: number, moves: Record<keyof Shape, boolean>): [number, number] {
  // The damping is relative to each parameter's own curvature: σ and κ differ by orders of magnitude.
  const a = ss * (1 + damping) + Number.MIN_VALUE;
  const b = kk * (1 + damping) + Number.MIN_VALUE;
  if (!moves.kappa) return [-gs / a, 0];
  if (!moves.sigma) return [0, -gk / b];
  const determinant = a * b - sk * sk;
  return [(sk * gk - b * gs) / determinant, (sk * gs - a * gk) / determinant];
}

function clamp({ sigma, kappa }: Shape): Shape {
  return { sigma: Math.min(1, Math.max(0, Number.isFinite(sigma) ? sigma : 0)), kappa: Math.max(0, Number.isFinite(kappa) ? kappa : 0) };
}

function starts(points: readonly ScalePoint[]): Shape[] {
  const largest = Math.max(...points.map(({ inFlight }) => inFlight));
  const grid = [0.01, 0.1, 0.5].flatMap((sigma) => [0.01, 1].map((share) => ({ sigma, kappa: share / largest ** 2 })));
  const quadratic = quadraticStart(points);
  return quadratic === null ? grid : [quadratic, ...grid];
}

/** N/X = a + bN + cN² by least squares with weights (X/N)², so that relative errors count alike. */
function quadraticStart(points: readonly ScalePoint[]): Shape | null {
  // Normal equations of the weighted rows (1, N, N²)·X/N → 1.
  const m = [0, 0, 0, 0, 0];
  const v = [0, 0, 0];
  for (const { inFlight, rps } of points) {
    const w = rps / inFlight;
    for (let power = 0; power < 5; power += 1) m[power] = (m[power] as number) + w * w * inFlight ** power;
    for (let power = 0; power < 3; power += 1) v[power] = (v[power] as number) + w * inFlight ** power;
  }
  const [m0, m1, m2, m3, m4] = m as [number, number, number, number, number];
  const [v0, v1, v2] = v as [number, number, number];
  const minor = (p: number, q: number, r: number, s: number): number => p * s - q * r;
  const determinant = m0 * minor(m2, m3, m3, m4) - m1 * minor(m1, m3, m2, m4) + m2 * minor(m1, m2, m2, m3);
  if (!(Math.abs(determinant) > 0)) return null;
  const a = (v0 * minor(m2, m3, m3, m4) - m1 * minor(v1, m3, v2, m4) + m2 * minor(v1, m2, v2, m3)) / determinant;
  const b = (m0 * minor(v1, m3, v2, m4) - v0 * minor(m1, m3, m2, m4) + m2 * minor(m1, v1, m2, v2)) / determinant;
  const c = (m0 * minor(m2, v1, m3, v2) - m1 * minor(m1, v1, m2, v2) + v0 * minor(m1, m2, m2, m3)) / determinant;
  const lambda = 1 / (a + b + c);
  if (!(lambda > 0 && Number.isFinite(lambda))) return null;
  return { sigma: b * lambda + c * lambda, kappa: c * lambda };
}
