import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLineSplitter } from '../../harness/host/line-splitter.js';

function linesOf(chunks: readonly (string | Uint8Array)[]): [string, boolean][] {
  const lines: [string, boolean][] = [];
  const splitter = createLineSplitter((line, more) => lines.push([line, more]));
  for (const chunk of chunks) splitter.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  splitter.end();
  splitter.end();
  return lines;
}

test('lines torn between chunks, characters too; the last one needs no end', () => {
  const bytes = Buffer.from('地址');
  assert.deepEqual(linesOf(['a', 'b\nc\r\n', '\n', bytes.subarray(0, 2), bytes.subarray(2), '\nlast']), [['ab', false], ['c', false], ['', false], ['地址', false], ['last', false]]);
  assert.deepEqual(linesOf(['whole\n']), [['whole', false]]);
  assert.deepEqual(linesOf([]), []);
});

test('a line that is too long comes in pieces, and only its last one ends it, however it arrives', () => {
  const long = 'x'.repeat(150_000);
  for (const chunks of [[`${long}\nnext\n`], [long, '\nnext\n'], [...long.match(/.{1,7000}/g) ?? [], '\nnext']]) {
    const lines = linesOf(chunks);
    assert.deepEqual(lines.map(([, more]) => more), [true, true, false, false]);
    assert.equal(lines.slice(0, 3).map(([line]) => line).join(''), long);
    assert.ok(lines.every(([line]) => line.length <= 65_536));
  }
  assert.deepEqual(linesOf(['y'.repeat(65_536), '\n']).map(([line, more]) => [line.length, more]), [[65_536, false]]);
});
