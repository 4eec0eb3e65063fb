import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { createRowReader } from '../../harness/load/row.js';
import { rowText, type RowFields } from '../../harness/load/row-text.js';

const whole: RowFields = {
  user: 3, seq: 7, ticket: 41, startMs: 1234.567, endMs: 1300.25, latencyMs: 65.68, pauseMs: 100.5, status: 200, fault: '', score: 0.123456789012345, batch: '16', cache: 'h', degraded: 'd',
  timing: 'tokenize;dur=1.5, queue;dur=0|2',
};
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

test('a row survives being written and read, to the microsecond', () => {
  const reader = createRowReader();
  const bytes = bytesOf(`xx${rowText(whole)}`);
  assert.equal(reader.read(bytes, 2, bytes.length), true);
  const { row } = reader;
  assert.deepEqual(
    [row.user, row.seq, row.ticket, row.startMs, row.endMs, row.latencyUs, row.pauseMs, row.status, row.fault, row.score, row.batch, row.cache, row.degraded],
    [3, 7, 41, 1234.567, 1300.25, 65680, 100.5, 200, '', 0.123456789012345, 16, 'h', true],
  );
  assert.equal(new TextDecoder().decode(bytes.subarray(row.timingFrom, row.timingTo)), whole.timing, 'a bar in the last field belongs to it');
});

test('scores are read to the last bit, and none is NaN', () => {
  const reader = createRowReader();
  fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (score) => {
    const bytes = bytesOf(rowText({ ...whole, score }));
    assert.equal(reader.read(bytes, 0, bytes.length), true);
    // -0 has no sign in text, and needs none.
    assert.equal(reader.row.score, score === 0 ? 0 : score);
  }));
  const bytes = bytesOf(rowText({ ...whole, score: NaN }));
  reader.read(bytes, 0, bytes.length);
  assert.ok(Number.isNaN(reader.row.score));
});

test('a torn line is no row, wherever it is cut before its last field', () => {
  const reader = createRowReader();
  const bytes = bytesOf(rowText({ ...whole, timing: '' }));
  for (let to = 0; to < bytes.length; to += 1) assert.equal(reader.read(bytes, 0, to), false, `cut at ${String(to)}`);
  assert.equal(reader.read(bytes, 0, bytes.length), true);
  assert.equal(reader.read(bytesOf('R|1|x|3|4|5|6|7|8||9|0|||'), 0, 25), false);
});
