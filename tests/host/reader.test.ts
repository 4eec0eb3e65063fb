import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openReader } from '../../harness/host/reader.js';
import { BenchError } from '../../harness/model/error.js';

const dir = mkdtempSync(join(tmpdir(), 'reader-'));

test('pieces are the file, in order, each a piece of its own', async () => {
  const content = Buffer.from(Array.from({ length: 1_000_003 }, (_, i) => (i * 7 + (i >> 8)) & 0xff));
  const path = join(dir, 'bytes');
  writeFileSync(path, content);
  const reader = openReader(path);
  const pieces: Uint8Array[] = [];
  for await (const piece of reader.pieces()) pieces.push(piece);
  assert.equal(reader.sizeBytes, content.length);
  assert.ok(pieces.length > 1);
  assert.ok(Buffer.concat(pieces).equals(content));
  assert.ok(Buffer.from(reader.at(500_000, 4)).equals(content.subarray(500_000, 500_004)));
  assert.equal(reader.at(content.length - 2, 10).length, 2);
  reader.close();
  reader.close();
});

test('a pipe is read to its end', { skip: process.platform === 'win32' }, async () => {
  const path = join(dir, 'pipe');
  execFileSync('mkfifo', [path]);
  spawn('sh', ['-c', `seq 1 200000 > '${path}'`], { stdio: 'ignore' });
  const reader = openReader(path);
  assert.equal(reader.sizeBytes, null);
  let text = '';
  for await (const piece of reader.pieces()) text += Buffer.from(piece).toString();
  reader.close();
  assert.equal(text.split('\n').length, 200_001);
});

test('what cannot be read is said in one sentence, exit 2', () => {
  for (const [path, sentence] of [[join(dir, 'missing.csv'), /There is no file .*missing\.csv/], [dir, /is a folder/]] as const) {
    assert.throws(() => openReader(path), (error) => error instanceof BenchError && error.exitCode === 2 && sentence.test(error.message) && error.hint !== '');
  }
});
