import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { numberOf } from '../../../harness/telemetry/nvidia-smi-parser/index.js';
import { fixture, parsed } from './fixture.js';

const whole = [
  fixture('three-gpus-one-vanishes.csv'),
  '\r\n\r\nuuid, name, memory.used [MiB]\r\nGPU-a, 显卡, 第二, 17\r\n',
  fixture('errors.txt'),
  fixture('rtx2080s-idle-units.csv'),
  'GPU-a, cut of',
].join('');

test('the same rows and messages come out wherever the output is cut, inside characters too', () => {
  const bytes = new TextEncoder().encode(whole);
  const expected = parsed([whole]);
  assert.equal(expected.rows.length, 17);
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: bytes.length }), { maxLength: 60 }), (cuts) => {
    const at = [0, ...cuts.sort((a, b) => a - b), bytes.length];
    assert.deepEqual(parsed(at.slice(1).map((to, index) => bytes.subarray(at[index], to))), expected);
  }), { numRuns: 200, seed: 7 });
});

test('byte by byte', () => {
  const bytes = new TextEncoder().encode(whole);
  assert.deepEqual(parsed([...bytes].map((byte) => Uint8Array.of(byte))), parsed([whole]));
});

test('random text never throws, and gives no row that has not as many values as the header', () => {
  const piece = fc.oneof(fc.string(), fc.constantFrom('\n', ', ', 'GPU-a', 'uuid, memory.used [MiB]\n', '[N/A]', '17 MiB', 'GPU-a, 17\n'));
  fc.assert(fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
    for (const row of parsed(pieces).rows) assert.ok(row.cells.size > 0);
  }), { numRuns: 500, seed: 11 });
});

test('a second header re-maps the columns', () => {
  const { rows, headers } = parsed(['uuid, memory.used [MiB], memory.total [MiB]\nGPU-a, 1, 10\nmemory.total [MiB], uuid, memory.used [MiB]\n10, GPU-a, 2\n']);
  assert.equal(headers.length, 2);
  assert.deepEqual(rows.map((row) => [numberOf(row, 'memory.used', 'MiB'), numberOf(row, 'memory.total', 'MiB')]), [[1, 10], [2, 10]]);
});

test('rows before any header are not guessed at', () => {
  const { rows, messages } = parsed(['0, GPU-a, 12\n']);
  assert.deepEqual([rows.length, messages[0]?.code], [0, 'unknown']);
});

test('a last line without its end is never data: its last number may be cut', () => {
  const { rows, messages } = parsed(['uuid, memory.used [MiB]\nGPU-a, 1200\nGPU-a, 12']);
  assert.deepEqual(rows.map((row) => numberOf(row, 'memory.used', 'MiB')), [1200]);
  assert.equal(messages[0]?.code, 'unreadable');
});

test('a line without end is thrown away once, and reading goes on after it', () => {
  const { rows, messages } = parsed(['uuid, memory.used [MiB]\n', ...Array.from({ length: 50 }, () => 'x'.repeat(10_000)), '\nGPU-a, 5\n']);
  assert.deepEqual(rows.map((row) => numberOf(row, 'memory.used', 'MiB')), [5]);
  assert.equal(messages.length, 1);
  assert.ok(messages[0]!.text.length <= 500);
});
