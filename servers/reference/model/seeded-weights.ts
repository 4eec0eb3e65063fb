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
export const constantWeights = (count: number, value: number): Uint8Array =>
  new Uint8Array(new Float32Array(count).fill(value).buffer);
