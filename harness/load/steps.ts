/**
 * A schedule whose rate is constant in pieces, by rescaling time: with Λ(t) = ∫₀ᵗ λ(s) ds, moments u(k) of a process of rate 1 become
 *
 *   t(k) = Λ⁻¹(u(k))
 *
 * Exponential gaps of mean 1 give a Poisson process with rate λ(t) (Çinlar 1975, §4.7); u(k) = k gives gaps that are alike within a
 * piece, and nothing is lost or doubled where pieces meet. Λ is linear in pieces, so its inverse is exact.
 */
import { createRandom } from '../model/random.js';
import type { SpikeArrival } from '../model/stage-shapes.js';

/** Requests a second for so many ms. */
export interface Piece {
  rateRps: number;
  lengthMs: number;
}

/** Ascending moments in [0, sum of the lengths), ms. */
export function piecewiseMs(pieces: readonly Piece[], process: 'poisson' | 'constant', seed: number): Float64Array {
  const random = createRandom(seed);
  const expected = pieces.reduce((sum, { rateRps, lengthMs }) => sum + (rateRps * lengthMs) / 1000, 0);
  const moments: number[] = [];
  const next = process === 'constant' ? (): number => moments.length : (before: number): number => before - Math.log(1 - random.next());
  let u = process === 'constant' ? 0 : next(0);
  let piece = 0;
  let beforeMs = 0;
  let beforeCount = 0;
  while (u < expected && piece < pieces.length) {
    const { rateRps, lengthMs } = pieces[piece] as Piece;
    const holds = (rateRps * lengthMs) / 1000;
    if (u - beforeCount >= holds) {
      beforeMs += lengthMs;
      beforeCount += holds;
      piece += 1;
      continue;
    }
    moments.push(beforeMs + ((u - beforeCount) * 1000) / rateRps);
    u = next(u);
  }
  return Float64Array.from(moments);
}

/** The schedule of a spike: warm-up and the time before at the base rate, the peak, the time after, and the load kept on behind the window. */
export function spikeMs({ baseRps, peakRps, beforeS, duringS, afterS, process }: SpikeArrival, warmupS: number, tailMs: number, seed: number): Float64Array {
  return piecewiseMs([
    { rateRps: baseRps, lengthMs: (warmupS + beforeS) * 1000 },
    { rateRps: peakRps, lengthMs: duringS * 1000 },
    { rateRps: baseRps, lengthMs: afterS * 1000 + tailMs },
  ], process, seed);
}
