/**
 * Counts of whole microseconds in buckets of 11 significant bits (error at most 0.05 %, the rounding of model/histogram.ts):
 * flat memory for values that are kept by phase, where exactness is not worth 4 bytes each.
 */
import { saveHistogram, type SavedHistogram } from '../model/histogram.js';

const bits = 11;
const half = 2 ** (bits - 1);
/** Values up to 2^32 µs, 71 minutes. */
const slots = 2 ** bits + (32 - bits) * half;

export interface Buckets {
  /** Adds one value, µs; what is no number ≥ 0 is left out. */
  add(us: number): void;
  readonly n: number;
  /** Nearest-rank percentile, µs; null when empty. */
  percentile(p: number): number | null;
  clear(): void;
  save(): SavedHistogram;
}

/** Empty buckets: 94 kB whatever is put in. */
export function createBuckets(): Buckets {
  const counts = new Uint32Array(slots);
  let n = 0;
  let sumUs = 0;
  return {
    get n() {
      return n;
    },
    add: (us) => {
      if (!(us >= 0)) return;
      const value = Math.min(Math.round(us), 2 ** 32 - 1);
      const slot = slotOf(value);
      counts[slot] = (counts[slot] as number) + 1;
      n += 1;
      sumUs += value;
    },
    percentile: (p) => {
      if (n === 0) return null;
      let left = Math.max(1, Math.ceil((p / 100) * n));
      for (let slot = 0; slot < slots; slot += 1) {
        left -= counts[slot] as number;
        if (left <= 0) return valueOf(slot);
      }
      return null;
    },
    clear: () => {
      counts.fill(0);
      n = 0;
      sumUs = 0;
    },
    save: () => {
      const used = Array.from(counts.keys()).filter((slot) => (counts[slot] as number) > 0);
      const values = Float64Array.from(used, valueOf);
      const exact = used.every((slot) => slot < 2 ** bits);
      return saveHistogram({ exact, n, sumUs, values, counts: Float64Array.from(used, (slot) => counts[slot] as number), cumulative: new Float64Array(0) });
    },
  };
}

function slotOf(value: number): number {
  if (value < 2 ** bits) return value;
  const shift = 32 - Math.clz32(value) - bits;
  return 2 ** bits + (shift - 1) * half + ((value >>> shift) - half);
}

function valueOf(slot: number): number {
  if (slot < 2 ** bits) return slot;
  const past = slot - 2 ** bits;
  const shift = Math.floor(past / half) + 1;
  return (half + (past % half)) * 2 ** shift;
}
