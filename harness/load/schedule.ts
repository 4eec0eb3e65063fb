/**
 * When the requests of an open load, or of bursts, are due, made before the load begins: a function of (arrival, length, seed) alone, so every
 * engine meets the same moments.
 *
 *   poisson    t(k) = t(k−1) + g,  g = −ln(1 − u)/λ,  u uniform in [0, 1): gaps are exponential with mean 1/λ, so the number in any
 *              span T is Poisson with mean and variance λT (inverse transform, Devroye 1986, §II.2; Kingman 1993, §4.1).
 *   constant   t(k) = k/λ, on an absolute grid: rounding does not add up.
 *   bursts     all of a burst at one moment.
 *   spike      a rate that steps up and down: steps.ts.
 *   replay     the moments of a file, divided by the speed.
 *
 * The realised rate of a Poisson schedule differs from λ by about √(λT): what was scheduled stands in the record beside what was
 * asked (`offered`). The uniform numbers have 32 bits, so the longest gap is 22/λ; a longer one comes once in 4 · 10⁹ requests.
 */
import { createRandom, mixSeed } from '../model/random.js';
import type { Arrival, Stage } from '../model/stage.js';
import { spikeMs } from './steps.js';

/** Sets the schedule's stream apart from those of users and service times. */
const scheduleStream = 0x5eed;

/** Ascending moments in [0, `lengthMs`), ms since the load began. */
export function scheduleMs({ process, rateRps }: Pick<Extract<Arrival, { kind: 'open' }>, 'process' | 'rateRps'>, lengthMs: number, seed: number): Float64Array {
  if (process === 'constant') {
    // The last moment is below the length whatever the rounding of the product.
    const count = Math.ceil((lengthMs * rateRps) / 1000);
    const moments = Float64Array.from({ length: count }, (_, k) => (k * 1000) / rateRps);
    return moments.subarray(0, firstAtOrAfter(moments, lengthMs));
  }
  const random = createRandom(mixSeed(seed, scheduleStream));
  const expected = (lengthMs * rateRps) / 1000;
  let moments = new Float64Array(Math.ceil(expected + 6 * Math.sqrt(expected) + 16));
  let count = 0;
  for (let atMs = gapMs(random.next(), rateRps); atMs < lengthMs; atMs += gapMs(random.next(), rateRps)) {
    if (count === moments.length) {
      const larger = new Float64Array(2 * count);
      larger.set(moments);
      moments = larger;
    }
    moments[count] = atMs;
    count += 1;
  }
  return moments.slice(0, count);
}

function gapMs(uniform: number, rateRps: number): number {
  return (-Math.log(1 - uniform) * 1000) / rateRps;
}

/** Index of the first of ascending moments that is at or after `ms`; their number where none is. */
export function firstAtOrAfter(moments: Float64Array, ms: number): number {
  let low = 0;
  let high = moments.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((moments[middle] as number) < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How long a stage's schedule goes on behind its window, ms: until a request of the window's last moment has its answer or its time-out. */
export function tailMs(timeoutS: number): number {
  return timeoutS * 1000 + 1000;
}

/** Moments of bursts, ms: one at the beginning where there is a warm-up, which opens connections and fills pools; then those of the window. */
export function burstsMs({ requests, everyS, repeats }: Pick<Extract<Arrival, { kind: 'burst' }>, 'requests' | 'everyS' | 'repeats'>, warmupS: number): Float64Array {
  const releases = [...(warmupS > 0 ? [0] : []), ...Array.from({ length: repeats }, (_, i) => (warmupS + i * everyS) * 1000)];
  return Float64Array.from({ length: releases.length * requests }, (_, k) => releases[Math.floor(k / requests)] as number);
}

/**
 * The schedule of a stage: warm-up, window, and the load that is kept on behind it (bursts and replays have none there); null for closed and offline load.
 * `momentsMs` are those of a replay's file.
 */
export function stageSchedule({ arrival, warmupS, durationS, index }: Stage, timeoutS: number, seed: number, momentsMs?: Float64Array): Float64Array | null {
  if (arrival.kind === 'closed' || arrival.kind === 'offline' || arrival.kind === 'job') return null;
  if (arrival.kind === 'burst') return burstsMs(arrival, warmupS);
  if (arrival.kind === 'replay') {
    if (momentsMs?.length !== arrival.requests) throw new RangeError('a replay is driven with the moments of its file');
    return momentsMs.map((ms) => ms / arrival.speed);
  }
  if (arrival.kind === 'spike') return spikeMs(arrival, warmupS, tailMs(timeoutS), mixSeed(seed, index));
  return scheduleMs(arrival, (warmupS + durationS) * 1000 + tailMs(timeoutS), mixSeed(seed, index));
}
