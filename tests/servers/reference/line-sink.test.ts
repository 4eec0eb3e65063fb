import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openLineSink } from '../../../servers/reference/line-sink.js';

const fileIn = (): string => join(mkdtempSync(join(tmpdir(), 'sink-')), 'deep', 'server.log');

test('every line is written, in order, however writes and flushes fall', async () => {
  const file = fileIn();
  const sink = openLineSink(file, 64);
  await sink.flush(1_000);
  let expected = '';
  for (let i = 0; i < 2_000; i += 1) {
    const line = `line ${i} ${'x'.repeat(i % 40)}\n`;
    expected += line;
    sink.write(line);
    if (i % 97 === 0) await sink.flush(1_000);
    if (i % 211 === 0) void sink.flush(1_000);
  }
  await sink.flush(5_000);
  assert.equal(readFileSync(file, 'utf8'), expected);
});

test('a flush of nothing, twice, does not stop what comes later', async () => {
  const file = fileIn();
  const sink = openLineSink(file, 1_000_000);
  await sink.flush(100);
  await sink.flush(100);
  sink.write('late\n');
  await sink.flush(1_000);
  assert.equal(readFileSync(file, 'utf8'), 'late\n');
});
