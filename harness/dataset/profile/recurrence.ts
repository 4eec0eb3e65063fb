import type { RepeatPlan } from '../../model/profile.js';
import { createRandom, mixSeed } from '../../model/random.js';
import { expectedDistinct, rankPools } from '../../model/zipf.js';
import { spread } from '../mix.js';
import { drawRank } from './zipf.js';

/** Which pair each request carries, where pairs come again. */
export interface Recurrence {
  /** Different pairs there are room for, over all strata. */
  readonly room: number;
  /** Number of the pair, 0 to room - 1, that request `ordinal` of the stratum carries. */
  pairOf(stratum: number, ordinal: number): number;
}

/** Streams of chance that are tried where there are few requests, and the most requests that count as few. */
const streams = 64;
const few = 50_000;
/** A stream is taken when its share of repeats is so near the expected one. */
const nearEnough = 0.004;

/** Every request carries a pair of its own. */
export const createOnce = (counts: readonly number[]): Recurrence => fromStrata(counts.map((count) => ({ room: count, pairOf: (ordinal) => ordinal })));

/**
 * Repeats as planned; nothing is kept, so memory does not grow with the count.
 *
 * share: the requests that repeat are spread evenly (Bresenham's line), so that their number is exact; each takes one of the
 * pairs that came before it, the first ones most often (`zipf`).
 *
 * zipf: independent draws. With few requests chance alone would move the share of repeats by points; of 64 streams of the seed
 * the first one is taken whose share is within 0.4 points of the expected one, or the nearest.
 */
export function createRecurrence(plan: RepeatPlan, counts: readonly number[], seed: number): Recurrence {
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (plan.kind === 'share') {
    const repeats = apportion(Math.round(all * plan.share), counts.map((count) => Math.max(0, count - 1)), counts);
    return fromStrata(counts.map((count, stratum) => repeating(count, repeats[stratum] ?? 0, plan.zipf, mixSeed(seed, 0x5e7 + stratum))));
  }
  const ranks = rankPools(plan.distinct, counts);
  const expected = 1 - ranks.reduce((sum, n, stratum) => sum + (counts[stratum] === 0 ? 0 : expectedDistinct(n, plan.zipf, counts[stratum] ?? 0)), 0) / Math.max(1, all);
  const withStream = (stream: number): Recurrence =>
    fromStrata(ranks.map((n, stratum) => drawing(n, plan.zipf, mixSeed(mixSeed(seed, 0x21bf + stratum), stream))));
  if (all > few) return withStream(0);
  let best = { recurrence: withStream(0), off: Infinity };
  for (let stream = 0; stream < streams && best.off > nearEnough; stream += 1) {
    const recurrence = withStream(stream);
    const off = Math.abs(repeatShareOf(recurrence, counts) - expected);
    if (off < best.off) best = { recurrence, off };
  }
  return best.recurrence;
}

/** Share of the requests whose pair came before, counted: as much memory as a bit a pair. */
export function repeatShareOf(recurrence: Recurrence, counts: readonly number[]): number {
  const seen = new Uint8Array(Math.ceil(recurrence.room / 8));
  let requests = 0;
  let repeats = 0;
  for (const [stratum, count] of counts.entries()) {
    for (let ordinal = 0; ordinal < count; ordinal += 1) {
      const pair = recurrence.pairOf(stratum, ordinal);
      const [byte, bit] = [pair >> 3, 1 << (pair & 7)];
      requests += 1;
      if (((seen[byte] ?? 0) & bit) !== 0) repeats += 1;
      seen[byte] = (seen[byte] ?? 0) | bit;
    }
  }
  return requests === 0 ? 0 : repeats / requests;
}

interface Part {
  room: number;
  pairOf(ordinal: number): number;
}

function fromStrata(parts: readonly Part[]): Recurrence {
  let room = 0;
  const starts = parts.map((part) => (room += part.room) - part.room);
  return { room, pairOf: (stratum, ordinal) => (starts[stratum] ?? 0) + (parts[stratum]?.pairOf(ordinal) ?? 0) };
}

function repeating(count: number, repeats: number, zipf: number, seed: number): Part {
  const isRepeat = spread(count, count === 0 ? 0 : repeats / count);
  const random = createRandom(0);
  return {
    room: count - repeats,
    pairOf(ordinal) {
      const before = ordinal - Math.floor((ordinal * repeats) / count);
      if (!isRepeat(ordinal)) return before;
      random.restart(mixSeed(seed, ordinal));
      return drawRank(before, zipf, random) - 1;
    },
  };
}

function drawing(ranks: number, zipf: number, seed: number): Part {
  const random = createRandom(0);
  return {
    room: ranks,
    pairOf(ordinal) {
      random.restart(mixSeed(seed, ordinal));
      return drawRank(ranks, zipf, random) - 1;
    },
  };
}

/** `wanted` split in proportion to `weights`, none above its `most`; the roundings cancel out. */
function apportion(wanted: number, most: readonly number[], weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let weightBefore = 0;
  let given = 0;
  return weights.map((weight, i) => {
    weightBefore += weight;
    const part = Math.max(0, Math.min(most[i] ?? 0, Math.round((wanted * weightBefore) / Math.max(1, total)) - given));
    given += part;
    return part;
  });
}
