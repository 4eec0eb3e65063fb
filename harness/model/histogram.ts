/**
 * Latencies as an exact, mergeable multiset of whole microseconds.
 *
 * Why not a bucketed histogram: a saved run must give exact nearest-rank percentiles again. Sorted distinct values with
 * counts, delta-coded as varints in base64, cost 1–3 bytes a request, so a million requests fit in about 1.5 MB.
 * Above `maxDistinct` distinct values, values are rounded down to 12 significant bits (error below 0.05 %), and `exact` says so.
 */
import { z } from 'zod';

export const histogramSchema = z.object({
  unit: z.literal('us'),
  exact: z.boolean(),
  n: z.number().int().min(0),
  /** Exact sum of all values, for the mean. */
  sumUs: z.number(),
  /** base64 of varint pairs (value − previous value, count). */
  bins: z.string(),
});
/** The saved form. */
export type SavedHistogram = z.infer<typeof histogramSchema>;

/** The working form: `values` ascending, distinct, in µs; `counts` beside them; `cumulative[i]` = count of values ≤ values[i]. */
export interface Histogram {
  exact: boolean;
  n: number;
  sumUs: number;
  values: Float64Array;
  counts: Float64Array;
  cumulative: Float64Array;
}

const maxDistinct = 2_000_000;

/** Builds a histogram from raw values in µs (any order; the array is not changed). Negative or non-finite values throw RangeError. */
export function histogramOf(rawUs: ArrayLike<number>): Histogram {
  // Float64Array.from would make a list of numbers on the way, many times their memory.
  const sorted = new Float64Array(rawUs.length);
  for (let i = 0; i < rawUs.length; i += 1) {
    const value = rawUs[i] as number;
    if (!Number.isFinite(value) || value < 0) throw new RangeError(`not a latency in µs: ${String(value)}`);
    sorted[i] = Math.round(value);
  }
  sorted.sort();
  return fold(sorted, undefined);
}

/** The union of several histograms, as if all values had been recorded in one. */
export function mergeHistograms(parts: readonly Histogram[]): Histogram {
  const [first = fold(new Float64Array(0), undefined), ...rest] = parts;
  return rest.reduce(mergeTwo, first);
}

function mergeTwo(a: Histogram, b: Histogram): Histogram {
  if (a.n === 0 || b.n === 0) return a.n === 0 ? { ...b, exact: a.exact && b.exact } : { ...a, exact: a.exact && b.exact };
  const values = new Float64Array(a.values.length + b.values.length);
  const counts = new Float64Array(values.length);
  let n = 0;
  for (let i = 0, j = 0; i < a.values.length || j < b.values.length; n += 1) {
    const [x, y] = [a.values[i] ?? Infinity, b.values[j] ?? Infinity];
    values[n] = Math.min(x, y);
    counts[n] = (x <= y ? (a.counts[i++] as number) : 0) + (y <= x ? (b.counts[j++] as number) : 0);
  }
  const merged = fold(values.subarray(0, n), counts.subarray(0, n));
  return { ...merged, exact: merged.exact && a.exact && b.exact, sumUs: a.sumUs + b.sumUs };
}

function fold(sorted: Float64Array, weights: Float64Array | undefined): Histogram {
  let sumUs = 0;
  let distinct = 0;
  for (let i = 0; i < sorted.length; i += 1) {
    sumUs += (sorted[i] as number) * (weights ? (weights[i] as number) : 1);
    if (i === 0 || sorted[i] !== sorted[i - 1]) distinct += 1;
  }
  const exact = distinct <= maxDistinct;
  const values = new Float64Array(distinct);
  const counts = new Float64Array(distinct);
  let last = -1;
  for (let i = 0; i < sorted.length; i += 1) {
    const value = exact ? (sorted[i] as number) : roundDown(sorted[i] as number);
    if (last < 0 || values[last] !== value) values[(last += 1)] = value;
    counts[last] = (counts[last] as number) + (weights ? (weights[i] as number) : 1);
  }
  return withCumulative(exact, sumUs, values.slice(0, last + 1), counts.slice(0, last + 1));
}

function roundDown(value: number): number {
  if (value < 4096) return value;
  const step = 2 ** (Math.floor(Math.log2(value)) - 11);
  return Math.floor(value / step) * step;
}

function withCumulative(exact: boolean, sumUs: number, values: Float64Array, counts: Float64Array): Histogram {
  const cumulative = new Float64Array(counts.length);
  let n = 0;
  for (let i = 0; i < counts.length; i += 1) cumulative[i] = n += counts[i] as number;
  return { exact, n, sumUs, values, counts, cumulative };
}

/** How many values lie below a limit in µs, or at it too. */
export function countBelow({ values, cumulative }: Histogram, limitUs: number, atToo: boolean): number {
  const end = values.findIndex((value) => (atToo ? value > limitUs : value >= limitUs));
  return (end < 0 ? cumulative.at(-1) : cumulative[end - 1]) ?? 0;
}

/** The value of 1-based rank r (1 = smallest), µs. Ranks outside 1..n throw RangeError. */
export function valueAtRank(histogram: Histogram, rank: number): number {
  if (!(rank >= 1 && rank <= histogram.n)) throw new RangeError(`rank ${String(rank)} of ${String(histogram.n)}`);
  let low = 0;
  let high = histogram.cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((histogram.cumulative[middle] as number) >= rank) high = middle;
    else low = middle + 1;
  }
  return histogram.values[low] as number;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const padding = 0x3d;

/** For the record. `readHistogram(saveHistogram(h))` is `h`. */
export function saveHistogram(histogram: Histogram): SavedHistogram {
  let bytes = new Uint8Array(64 + 4 * histogram.values.length);
  let n = 0;
  const varint = (value: number): void => {
    // A number up to 2^53 takes eight bytes at most.
    if (n + 8 > bytes.length) {
      const larger = new Uint8Array(2 * bytes.length);
      larger.set(bytes);
      bytes = larger;
    }
    let rest = value;
    while (rest >= 128) {
      bytes[n++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    bytes[n++] = rest;
  };
  let previous = 0;
  histogram.values.forEach((value, i) => {
    varint(value - previous);
    varint(histogram.counts[i] as number);
    previous = value;
  });
  return { unit: 'us', exact: histogram.exact, n: histogram.n, sumUs: histogram.sumUs, bins: toBase64(bytes.subarray(0, n)) };
}

/** Reads the saved form back; throws RangeError where the counts do not add up to `n`. */
export function readHistogram(saved: SavedHistogram): Histogram {
  const bytes = fromBase64(saved.bins);
  const numbers: number[] = [];
  let value = 0;
  let factor = 1;
  for (const byte of bytes) {
    value += (byte & 127) * factor;
    factor *= 128;
    if (byte < 128) {
      numbers.push(value);
      value = 0;
      factor = 1;
    }
  }
  const distinct = numbers.length / 2;
  const values = new Float64Array(distinct);
  const counts = new Float64Array(distinct);
  let previous = 0;
  for (let i = 0; i < distinct; i += 1) {
    values[i] = previous += numbers[2 * i] as number;
    counts[i] = numbers[2 * i + 1] as number;
  }
  const histogram = withCumulative(saved.exact, saved.sumUs, values, counts);
  if (histogram.n !== saved.n) throw new RangeError(`histogram holds ${String(histogram.n)} values, its header says ${String(saved.n)}`);
  return histogram;
}

/** Letters that are made into text at a time: a string for each few would take many times their memory. */
const lettersAtOnce = 8192;

function toBase64(bytes: Uint8Array): string {
  const letters = new Uint8Array(4 * Math.ceil(bytes.length / 3));
  let n = 0;
  for (let i = 0; i < bytes.length; i += 3) {
    const [x = 0, y, z] = [bytes[i], bytes[i + 1], bytes[i + 2]];
    const word = (x << 16) | ((y ?? 0) << 8) | (z ?? 0);
    for (let shift = 18; shift >= 0; shift -= 6) letters[n++] = alphabet.charCodeAt((word >>> shift) & 63);
    if (y === undefined) letters[n - 2] = padding;
    if (z === undefined) letters[n - 1] = padding;
  }
  const parts: string[] = [];
  for (let from = 0; from < letters.length; from += lettersAtOnce) parts.push(String.fromCharCode(...letters.subarray(from, from + lettersAtOnce)));
  return parts.join('');
}

function fromBase64(text: string): Uint8Array {
  const clean = text.replace(/=+$/, '');
  const bytes = new Uint8Array(Math.floor((clean.length * 6) / 8));
  let word = 0;
  let bits = 0;
  let at = 0;
  for (const character of clean) {
    word = ((word << 6) | alphabet.indexOf(character)) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at] = (word >>> bits) & 255;
      at += 1;
    }
  }
  return bytes;
}
