import type { LazyBytes } from './onnx.js';

/** FNV-1a over UTF-16 units: gives every tensor a stream of its own, whatever the order of writing. */
const hashName = (name: string, seed: number): number => {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let at = 0; at < name.length; at += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193) >>> 0;
  }
  return hash;
};

/** sfc32 (Chris Doty-Humphrey, PractRand): 32-bit integers only, so the same numbers on every machine. */
const sfc32 = (seed: number): (() => number) => {
  let a = seed | 0;
  let b = 0x9e3779b9 | 0;
  let c = 0x243f6a88 | 0;
  let counter = 1;
  const next = (): number => {
    const result = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return result;
  };
  for (let warm = 0; warm < 12; warm += 1) next();
  return next;
};

const chunkValues = 1 << 18;

/**
 * `count` float32 values, uniform with mean 0 and the given standard deviation.
 * Uniform rather than normal: it needs no logarithm or cosine, whose last bit differs between machines.
 */
export const seededWeights = (name: string, seed: number, count: number, std: number): LazyBytes => ({
  byteLength: count * 4,
  *chunks() {
    const next = sfc32(hashName(name, seed));
    // A uniform value on [-h, h) has standard deviation h / √3; `next` spans 2^32 steps of that interval.
    const step = (std * Math.sqrt(3)) / 2 ** 31;
    for (let from = 0; from < count; from += chunkValues) {
      const values = new Float32Array(Math.min(chunkValues, count - from));
      for (let at = 0; at < values.length; at += 1) values[at] = next() * step;
      yield new Uint8Array(values.buffer);
    }
  },
});

/** `count` times the same float32 value. */
export const constantWeights = (count: number, value: number): LazyBytes => ({
  byteLength: count * 4,
  *chunks() {
    yield new Uint8Array(new Float32Array(count).fill(value).buffer);
  },
});

const bytesOfFloat = 4;

/** The same values in another form: `convert` gets them a chunk at a time. */
const converted = (weights: LazyBytes, bytesEach: number, convert: (values: Float32Array) => Uint8Array): LazyBytes => ({
  byteLength: (weights.byteLength / bytesOfFloat) * bytesEach,
  *chunks() {
    for (const chunk of weights.chunks()) yield convert(new Float32Array(chunk.buffer, chunk.byteOffset, chunk.byteLength / bytesOfFloat));
  },
});

/** Bits of a float32 to those of the nearest float16 (IEEE 754, ties to even); what is too large becomes infinite. */
export const halfBits = (bits: number): number => {
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 0xff) - 127 + 15;
  const fraction = bits & 0x7fffff;
  if (exponent >= 31) return sign | 0x7c00;
  if (exponent < -10) return sign;
  // Below the smallest normal number the leading 1 is written out and shifted down.
  const [whole, drop] = exponent <= 0 ? [fraction | 0x800000, 14 - exponent] : [(exponent << 23) | fraction, 13];
  const kept = whole >>> drop;
  const rest = whole & ((1 << drop) - 1);
  const half = 1 << (drop - 1);
  // A carry runs into the exponent, which is what it should do.
  return sign | (kept + (rest > half || (rest === half && (kept & 1) === 1) ? 1 : 0));
};

/** Float32 values as float16. */
export const asHalves = (weights: LazyBytes): LazyBytes =>
  converted(weights, 2, (values) => {
    const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
    const halves = new Uint16Array(values.length);
    for (let at = 0; at < bits.length; at += 1) halves[at] = halfBits(bits[at] ?? 0);
    return new Uint8Array(halves.buffer);
  });

/** Float32 values as int8 of `scale` each: value ≈ scale · int8. */
export const asInt8 = (weights: LazyBytes, scale: number): LazyBytes =>
  converted(weights, 1, (values) => {
    const small = new Int8Array(values.length);
    for (let at = 0; at < values.length; at += 1) small[at] = Math.max(-127, Math.min(127, Math.round((values[at] ?? 0) / scale)));
    return new Uint8Array(small.buffer);
  });

/** The scale that lets int8 hold every value `seededWeights` gives at this standard deviation. */
export const int8ScaleOf = (std: number): number => Math.fround((std * Math.sqrt(3)) / 127);
