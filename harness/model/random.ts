/**
 * Seeded randomness: the same numbers on every machine, in every run.
 *
 * `mulberry32` (Tommy Ettinger, public domain formula): 32-bit state, period 2^32, passes gjrand; integer operations only,
 * so no platform can round differently. Not for secrets.
 */

/** A stream of numbers in [0, 1). */
export interface Random {
  /** Next number in [0, 1), 32 bits of resolution. */
  next(): number;
  /** Integer in [0, bound). `bound` must be a positive integer. */
  below(bound: number): number;
  /** One item; throws RangeError on an empty list. */
  pick<T>(items: readonly T[]): T;
  /** True with probability `share`. */
  chance(share: number): boolean;
}

/** A stream that can begin again: who needs a new one millions of times makes one and restarts it. */
export interface RestartableRandom extends Random {
  /** From here on the numbers are those of `createRandom(seed)`. */
  restart(seed: number): void;
}

/** A stream that starts at `seed` (only its low 32 bits count). */
export function createRandom(seed: number): RestartableRandom {
  // Signed, so that the engine holds it as a small integer and needs no memory for each number.
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (bound: number): number => Math.floor(next() * bound);
  return {
    restart: (from) => {
      state = from | 0;
    },
    next,
    below,
    chance: (share) => next() < share,
    pick: (items) => {
      const item = items[below(items.length)];
      if (items.length === 0 || item === undefined) throw new RangeError('pick from an empty list');
      return item;
    },
  };
}

/**
 * Mixes a seed with a stream number, so that pair 1 of seed 7 and pair 7 of seed 1 share nothing
 * (xor alone would make them neighbours). Finalizer of MurmurHash3 (Austin Appleby, public domain).
 */
export function mixSeed(seed: number, stream: number): number {
  let h = (seed ^ Math.imul(stream + 0x9e3779b9, 0x85ebca6b)) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Fisher–Yates order of 0..count-1 (Durstenfeld 1964). */
export function shuffledIndices(count: number, seed: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  const random = createRandom(seed);
  for (let i = count - 1; i > 0; i -= 1) {
    const j = random.below(i + 1);
    const swap = order[i] as number;
    order[i] = order[j] as number;
    order[j] = swap;
  }
  return order;
}
