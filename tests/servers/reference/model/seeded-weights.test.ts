import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { asHalves, asInt8, constantWeights, halfBits, int8ScaleOf, seededWeights } from '../../../../servers/reference/model/seeded-weights.js';

const bitsOf = (value: number): number => new Uint32Array(Float32Array.of(value).buffer)[0] ?? 0;
const whole = (chunks: Iterable<Uint8Array>): Buffer => Buffer.concat([...chunks]);

/** IEEE 754 binary16, written out. */
const valueOf = (half: number): number => {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 31;
  const fraction = half & 0x3ff;
  if (exponent === 31) return sign * Infinity;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
};

test('known float16 numbers have their bits', () => {
  const known: [number, number][] = [[0, 0], [-0, 0x8000], [1, 0x3c00], [-2, 0xc000], [65_504, 0x7bff], [65_520, 0x7c00], [2 ** -14, 0x0400], [2 ** -24, 0x0001], [2 ** -25, 0], [2 ** -25 * 1.5, 0x0001], [1 / 3, 0x3555], [2049, 0x6800], [2051, 0x6802], [-10_000, 0xf0e2]];
  for (const [value, half] of known) assert.equal(halfBits(bitsOf(value)), half, String(value));
});

test('property: no float16 lies nearer', () => {
  fc.assert(fc.property(fc.float({ min: -60_000, max: 60_000, noNaN: true }), (value) => {
    const half = halfBits(bitsOf(value));
    const distance = Math.abs(valueOf(half) - value);
    for (const other of [half - 1, half + 1]) if (other >= 0 && other <= 0xffff && (other & 0x7fff) <= 0x7bff) assert.ok(distance <= Math.abs(valueOf(other) - value), `${value}: ${half.toString(16)}`);
  }), { numRuns: 2000 });
});

test('a tensor in sixteen or eight bits holds the same values, within half a step', () => {
  const std = 0.05;
  const weights = seededWeights('w', 7, 300_000, std);
  const bytes = whole(weights.chunks());
  const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const step = int8ScaleOf(std);
  const small = whole(asInt8(weights, step).chunks());
  assert.equal(small.length, asInt8(weights, step).byteLength);
  assert.ok(values.every((value, at) => Math.abs(value - small.readInt8(at) * step) <= step * 0.5001));
  const halves = whole(asHalves(weights).chunks());
  assert.equal(halves.length, asHalves(weights).byteLength);
  assert.ok(values.every((value, at) => Math.abs(value - valueOf(halves.readUInt16LE(at * 2))) <= Math.abs(value) * 2 ** -11 + 2 ** -25));
  assert.deepEqual([...whole(asHalves(constantWeights(2, 1)).chunks())], [0, 0x3c, 0, 0x3c]);
});
