import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { createOutput } from '../../harness/cli/output.js';

/** A stream that takes so many writes, and then fails with this code. */
const failing = (taken: number, code: string, isTTY = false): Writable & { isTTY: boolean } => {
  let left = taken;
  const stream = new Writable({ write: (_chunk, _encoding, done) => {
    left -= 1;
    done(left < 0 ? Object.assign(new Error(code), { code }) : null);
  } });
  return Object.assign(stream, { isTTY });
};

test('a full disk behind stdout is a failure: pour rejects with it, and it is known at the end', async () => {
  const output = createOutput(failing(1, 'ENOSPC'));
  assert.equal(await output.pour('one'), true);
  assert.equal(output.lost(), undefined);
  const lost = { code: 'disk-full', message: 'The disk is full: stdout could not be written.', exitCode: 3 };
  await assert.rejects(output.pour('two'), lost);
  await assert.rejects(output.pour('three'), lost);
  assert.equal(output.lost()?.code, 'disk-full');
});

test('any other fault of what stands behind it is named; the first one counts', async () => {
  const stream = failing(0, 'EIO');
  const output = createOutput(stream);
  output.out('one');
  await assert.rejects(output.pour('two'), { code: 'file-unwritable' });
  stream.emit('error', Object.assign(new Error(), { code: 'ENOSPC' }));
  assert.equal(output.lost()?.code, 'file-unwritable');
});

test('a reader that goes away, or a terminal that is closed, ends the output and is no failure', async () => {
  for (const stream of [failing(1, 'EPIPE'), failing(1, 'ECONNRESET'), failing(1, 'EIO', true)]) {
    const output = createOutput(stream);
    assert.equal(await output.pour('one'), true);
    assert.equal(await output.pour('two'), false);
    assert.equal(await output.pour('three'), false);
    assert.equal(output.lost(), undefined);
  }
});

test('what cannot be taken at once is waited for', async () => {
  const free: (() => void)[] = [];
  const stream = new Writable({ highWaterMark: 1, write: (_chunk, _encoding, done) => { free.push(done); } });
  const poured = createOutput(stream).pour('one');
  let came = false;
  void poured.then(() => { came = true; });
  await new Promise(setImmediate);
  assert.equal(came, false);
  free[0]?.();
  assert.equal(await poured, true);
});
